import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Changeable,
  correctedOutcome,
  Decimal,
  ExplainError,
  type Facts,
  type FactValue,
  parseModel,
  predict,
  type ScorecardModel,
  whatIf,
} from '../../src/index.ts';
import { everyValue, scorecardAndFacts } from './arbitrary.ts';
import { bytesOf, household, urbanFacts } from './household.ts';

const model = parseModel(bytesOf(household));

test('the smallest correction of one fact, exact to the centime', () => {
  const { flips, none } = whatIf(model, urbanFacts, { changeable: [{ fact: 'waterSpending' }], maxFacts: 1 });
  assert.equal(none, false);
  assert.deepEqual(flips[0]?.changes, [{ fact: 'waterSpending', from: '3120.50', to: '3021.95' }]);
  assert.equal(flips[0]?.prediction.outcome, 'granted');
  assert.equal(
    correctedOutcome(model, urbanFacts, [{ fact: 'waterSpending', to: '3021.96' }]).outcome,
    'refused',
  );
});

test('nothing is changed but what is allowed, in the allowed direction and steps', () => {
  const ask = (...changeable: Changeable[]) => whatIf(model, urbanFacts, { changeable, maxFacts: 2 });
  assert.equal(ask().none, true);
  assert.equal(ask({ fact: 'waterSpending', direction: 'up' }).none, true);
  assert.equal(ask({ fact: 'waterSpending', min: '3021.96' }).none, true);
  assert.equal(ask({ fact: 'waterSpending', min: 0, step: 500 }).flips[0]?.changes[0]?.to, '3000');
  assert.equal(ask({ fact: 'waterSpending', values: ['100.00', '3100'] }).flips[0]?.changes[0]?.to, '100');
  assert.equal(ask({ fact: 'age', direction: 'up' }).none, true);
});

test('another segment is not guessed: facts that it reads and that are unknown leave the question open', () => {
  const answer = whatIf(model, urbanFacts, { changeable: [{ fact: 'milieu' }], maxFacts: 1 });
  assert.equal(answer.none, false);
  assert.deepEqual(answer.flips, []);
  assert.deepEqual(answer.notEvaluated, [{ fact: 'milieu', value: 'rural', missing: 'children' }]);
  assert.equal(answer.searched[0]?.result, 'undecided');
});

test('a search that reaches its limit says so', () => {
  const answer = whatIf(model, urbanFacts, { changeable: [{ fact: 'age' }], maxFacts: 1, maxBoxes: 3 });
  assert.equal(answer.searched[0]?.result, 'undecided');
  assert.equal(answer.none, false);
});

const refused: [string, Changeable | Record<string, unknown>, string][] = [
  ['a fact of no model', { fact: 'income' }, 'bad-question'],
  ['a fact that this case does not have', { fact: 'children' }, 'bad-question'],
  ['a range for a choice', { fact: 'region', min: 0 }, 'bad-question'],
  ['a direction for a choice', { fact: 'region', direction: 'up' }, 'bad-question'],
  ['a step that is finer than the fact', { fact: 'members', step: '0.1' }, 'bad-question'],
  ['a cost of nothing', { fact: 'members', cost: 0 }, 'bad-question'],
  ['a value beyond the declared range', { fact: 'members', values: [31] }, 'fact-range'],
  ['a value of another type', { fact: 'members', values: [true] }, 'fact-type'],
];
for (const [name, wish, code] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => whatIf(model, urbanFacts, { changeable: [wish as Changeable], maxFacts: 1 }),
      (error) => error instanceof ExplainError && error.code === code,
    );
  });
}

test('refused: the same fact twice, the outcome it has already, an outcome of no model', () => {
  const twice = [{ fact: 'age' }, { fact: 'age' }];
  for (const question of [
    { changeable: twice },
    { changeable: [], target: 'refused' },
    { changeable: [], target: 'deferred' },
  ]) {
    assert.throws(() => whatIf(model, urbanFacts, { ...question, maxFacts: 1 }), {
      name: 'ExplainError',
      code: 'bad-question',
    });
  }
});

const wish = fc.record({
  fact: fc.constantFrom('milieu', 'region', 'members', 'rooms', 'spending', 'meter'),
  cost: fc.constantFrom('1', '2', '0.5'),
  direction: fc.constantFrom(undefined, 'up', 'down'),
  min: fc.constantFrom(undefined, 0, 1),
  step: fc.constantFrom(undefined, 1, 2),
});

test('property: single facts and pairs against trying every value', () => {
  fc.assert(
    fc.property(
      scorecardAndFacts,
      fc.uniqueArray(wish, { selector: ({ fact }) => fact, maxLength: 4 }),
      ({ file, facts }, wishes) => {
        const random = parseModel(bytesOf(file));
        const changeable = wishes.filter(({ fact }) => fact in facts).map((entry) => fitting(entry));
        const answer = whatIf(random, facts, { changeable, maxFacts: 2 });
        const singles = changeable.map((entry) => cheapest(random, facts, [entry]));
        const stuck = changeable.filter((_, place) => singles[place] === undefined);
        const pairs = stuck.flatMap((a, place) =>
          stuck.slice(place + 1).map((b) => cheapest(random, facts, [a, b])),
        );
        const costs = [singles, pairs].flatMap((found) =>
          found.filter((cost) => cost !== undefined).sort((a, b) => a - b),
        );
        assert.deepEqual(
          answer.flips.map(({ cost }) => Number(cost)),
          costs,
        );
        assert.equal(answer.none, costs.length === 0);
        for (const flip of answer.flips) {
          assert.deepEqual(correctedOutcome(random, facts, flip.changes), flip.prediction);
          assert.equal(flip.prediction.outcome, answer.target);
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** Drops from a random wish what its fact's type does not take. */
function fitting({
  fact,
  cost,
  direction,
  min,
  step,
}: typeof wish extends fc.Arbitrary<infer T> ? T : never): Changeable {
  const numeric = ['members', 'rooms', 'spending'].includes(fact);
  return {
    fact,
    cost,
    ...(numeric && direction !== undefined ? { direction: direction as 'up' | 'down' } : {}),
    ...(numeric && min !== undefined ? { min } : {}),
    ...(numeric && step !== undefined ? { step } : {}),
  };
}

function candidates(
  facts: Facts,
  { fact, direction, min, step, cost }: Changeable,
): { fact: string; to: FactValue; cost: number }[] {
  const from = facts[fact];
  const all = everyValue[fact] ?? [];
  const numeric = !['milieu', 'region', 'meter'].includes(fact);
  return all
    .filter((to) => (numeric ? Number(to) !== Number(from) : to !== from))
    .filter(
      (to) =>
        direction === undefined ||
        (direction === 'up' ? Number(to) > Number(from) : Number(to) < Number(from)),
    )
    .filter((to) => min === undefined || Number(to) >= Number(min))
    .filter((to) => {
      if (step === undefined) return true;
      const tenths = Math.round((Number(to) - Number(min ?? all[0])) * 10);
      return tenths % (10 * Number(step)) === 0;
    })
    .map((to) => ({
      fact,
      to,
      cost: numeric ? tidy(Math.abs(Number(to) - Number(from)) * Number(cost)) : Number(cost),
    }));
}

function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function cheapest(random: ScorecardModel, facts: Facts, wishes: readonly Changeable[]): number | undefined {
  const before = predict(random, facts).outcome;
  const combinations = wishes.reduce<{ fact: string; to: FactValue; cost: number }[][]>(
    (partial, entry) => partial.flatMap((head) => candidates(facts, entry).map((next) => [...head, next])),
    [[]],
  );
  const flipping = combinations
    .filter((changes) => correctedOutcome(random, facts, changes).outcome !== before)
    .map((changes) => tidy(changes.reduce((sum, { cost }) => sum + cost, 0)));
  return flipping.length === 0 ? undefined : Math.min(...flipping);
}

test('costs are exact decimals', () => {
  const [flip] = whatIf(model, urbanFacts, {
    changeable: [{ fact: 'waterSpending', cost: '0.013' }],
    maxFacts: 1,
  }).flips;
  assert.equal(flip?.cost, Decimal.parse('98.55').times(Decimal.parse('0.013')).toString());
});

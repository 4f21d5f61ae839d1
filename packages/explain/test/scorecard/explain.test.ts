import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkExplanation,
  type Explanation,
  explain,
  type Facts,
  parseModel,
  predict,
  type ScorecardModel,
} from '../../src/index.ts';
import {
  derive,
  type Exact,
  exact,
  minus,
  plain,
  plus,
  times,
  valuesOf,
} from '../../src/scorecard/reference.ts';
import { scorecardAndFacts } from './arbitrary.ts';
import { bytesOf, household, ruralFacts, urbanFacts } from './household.ts';

test('a household scorecard by hand', () => {
  const model = parseModel(bytesOf(household));
  // 9.825 + 0.285 − 0.177·2 + 0.00533·4 − 0.0104·61 + 0.0000771·3721 + 0.0466 + 0 + 0.000145·1560.25 + 0.0475
  assert.deepEqual(predict(model, urbanFacts), {
    score: '9.75014535',
    outcome: 'refused',
    segment: 'urban',
    favourable: false,
  });
  // 8.695 + 0.42 − 0.138·7 + 0.00469·49 − 0.05 + 0.0257·1 + 0
  assert.deepEqual(predict(model, ruralFacts), {
    score: '8.35451',
    outcome: 'granted',
    segment: 'rural',
    favourable: true,
  });

  const why = explain(model, urbanFacts);
  assert.equal(why.against, 'segment-mean');
  assert.equal(why.model, model.sha256);
  assert.deepEqual(why.additivity, { sum: '9.75014535', difference: '0' });
  assert.deepEqual(
    why.contributions.map(({ reason, value, effect }) => [reason, value, effect]),
    [
      ['household-size', '0.298428', 'adverse'],
      ['water', '0.19542375', 'adverse'],
      ['region', '0.1937', 'adverse'],
      ['age', '-0.040975575', 'favourable'],
      ['rooms', '0.0285', 'adverse'],
      ['electricity', '0.007922', 'adverse'],
      ['work', '-0.005642', 'favourable'],
    ],
  );
  assert.deepEqual(why.contributions[0]?.terms, [
    { id: 'members', derived: '2', mean: '4.21', coefficient: '-0.177', value: '0.39117' },
    { id: 'members-squared', derived: '4', mean: '21.4', coefficient: '0.00533', value: '-0.092742' },
  ]);
});

test('numbers far beyond 2^53 stay exact', () => {
  const file = {
    format: 'taalil-scorecard/1',
    facts: { amount: { type: 'decimal', decimals: 6, min: '0', max: '999999999999999' } },
    segments: {
      all: {
        constant: '0.000000000001',
        characteristics: [
          {
            id: 'a',
            reason: 'a',
            from: ['amount'],
            transform: { kind: 'square', of: { kind: 'square' } },
            coefficient: '999999999999.999999999999',
            mean: '3.000000000003',
          },
        ],
      },
    },
    threshold: '1',
    outcome: { atMost: 'no', above: 'yes', favourable: 'yes' },
  };
  const model = parseModel(bytesOf(file));
  const facts = { amount: '987654321098765.432101' };
  const fourth = times(
    exact(facts.amount),
    times(exact(facts.amount), times(exact(facts.amount), exact(facts.amount))),
  );
  const score = plus(exact('0.000000000001'), times(exact('999999999999.999999999999'), fourth));
  assert.equal(predict(model, facts).score, plain(score));
  assert.equal(checkExplanation(model, facts, explain(model, facts)).ok, true);
});

test('property: every explanation adds up to the last digit and survives the independent check', () => {
  fc.assert(
    fc.property(scorecardAndFacts, ({ file, facts }) => {
      const model = parseModel(bytesOf(file));
      const why = explain(model, facts);
      const sum = why.contributions.reduce((total, { value }) => plus(total, exact(value)), exact(why.base));
      assert.equal(plain(sum), why.score);
      assert.equal(predict(model, facts).score, why.score);
      for (const { value, terms } of why.contributions) {
        assert.equal(
          plain(terms.reduce<Exact>((total, term) => plus(total, exact(term.value)), [0n, 0])),
          value,
        );
      }
      const sizes = why.contributions.map(({ value }) => Math.abs(Number(value)));
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => b - a),
      );
      const check = checkExplanation(model, facts, JSON.parse(JSON.stringify(why)) as Explanation);
      assert.deepEqual(check.faults, []);
      assert.equal(check.ok, true);
      assert.equal(check.replayedOutcome, why.outcome);
    }),
    { numRuns: 300 },
  );
});

test('property: contributions equal Shapley values by all subsets', () => {
  fc.assert(
    fc.property(scorecardAndFacts, ({ file, facts }) => {
      const model = parseModel(bytesOf(file));
      const why = explain(model, facts);
      const reasons = why.contributions.map(({ reason }) => reason);
      const worth = Array.from({ length: 2 ** reasons.length }, (_, subset) =>
        scoreWith(model, facts, new Set(reasons.filter((_, place) => (subset >> place) & 1))),
      );
      const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
      const n = reasons.length;
      why.contributions.forEach(({ value }, place) => {
        let total: Exact = [0n, 0];
        for (let subset = 0; subset < worth.length; subset++) {
          if ((subset >> place) & 1) continue;
          const size = subset.toString(2).replaceAll('0', '').length;
          const weight: Exact = [factorial(size) * factorial(n - size - 1), 0];
          const gain = minus(worth[subset | (1 << place)] ?? [0n, 0], worth[subset] ?? [0n, 0]);
          total = plus(total, times(weight, gain));
        }
        assert.equal(plain(total), plain(times(exact(value), [factorial(n), 0])));
      });
    }),
    { numRuns: 150 },
  );
});

/** The score when only these reasons take the case's values and all others stay at the mean. */
function scoreWith(model: ScorecardModel, facts: Facts, present: ReadonlySet<string>): Exact {
  const segment = model.segments.get(String(facts.milieu));
  assert.ok(segment);
  return segment.terms.reduce(
    (sum, { reason, from, transform, coefficient, mean }) => {
      const value = present.has(reason) ? derive(transform, valuesOf(from, facts)) : exact(String(mean));
      return plus(sum, times(exact(String(coefficient)), value));
    },
    exact(String(segment.constant)),
  );
}

test('property: an altered explanation never passes the check', () => {
  const model = parseModel(bytesOf(household));
  const honest = explain(model, urbanFacts);
  const alter = (text: string) => (text.endsWith('7') ? `${text.slice(0, -1)}8` : `${text.slice(0, -1)}7`);
  const paths: [string, (copy: Mutable) => void][] = [
    ['base', (copy) => (copy.base = alter(copy.base))],
    ['score', (copy) => (copy.score = alter(copy.score))],
    ['outcome', (copy) => (copy.outcome = 'granted')],
    ['favourable', (copy) => (copy.favourable = true)],
    ['segment', (copy) => (copy.segment = 'rural')],
    ['threshold', (copy) => (copy.threshold = alter(copy.threshold))],
    ['model', (copy) => (copy.model = alter(copy.model))],
    ['sum', (copy) => (copy.additivity.sum = alter(copy.additivity.sum))],
    ['a dropped reason', (copy) => copy.contributions.pop()],
    ['a repeated reason', (copy) => copy.contributions.push(...copy.contributions.slice(0, 1))],
    ...honest.contributions.flatMap(({ reason }, place): [string, (copy: Mutable) => void][] => [
      [`${reason} value`, (copy) => change(copy.contributions[place], 'value')],
      [`${reason} effect`, (copy) => Object.assign(copy.contributions[place] ?? {}, { effect: 'none' })],
      [`${reason} derived`, (copy) => change(copy.contributions[place]?.terms[0], 'derived')],
      [`${reason} mean`, (copy) => change(copy.contributions[place]?.terms[0], 'mean')],
      [`${reason} term value`, (copy) => change(copy.contributions[place]?.terms[0], 'value')],
    ]),
  ];
  function change(target: Record<string, unknown> | undefined, key: string) {
    assert.ok(target);
    target[key] = alter(String(target[key]));
  }
  for (const [name, mutate] of paths) {
    const copy: Mutable = JSON.parse(JSON.stringify(honest));
    mutate(copy);
    const check = checkExplanation(model, urbanFacts, copy as unknown as Explanation);
    assert.equal(check.ok, false, name);
    assert.notEqual(check.faults.length, 0, name);
    assert.equal(check.replayedOutcome, 'refused');
  }
});

interface Mutable {
  base: string;
  score: string;
  outcome: string;
  favourable: boolean;
  segment: string;
  threshold: string;
  model: string;
  additivity: { sum: string; difference: string };
  contributions: { value: string; terms: Record<string, unknown>[]; [key: string]: unknown }[];
  [key: string]: unknown;
}

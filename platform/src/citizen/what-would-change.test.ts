import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctedOutcome, type Facts, parseModel, predict } from '@taalil/explain';
import fc from 'fast-check';
import { clearCase, inputOf, people } from '../../test/make-platform.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { type Explanation, readModel } from '../register/models/index.ts';
import { NEVER_ADVISED, type SystemRecord, systemRecord, topic } from '../register/record.ts';
import { type Decided, type WhatWouldChange, whatWouldChange } from './what-would-change.ts';

const file = modelFile({ version: 1, fault: false });
const model = parseModel(file);
const record = systemRecord.parse(RECORD);
const registered = readModel(file, record);
const FORBIDDEN: readonly string[] = NEVER_ADVISED;

function decided(facts: Facts, as: SystemRecord = record): Decided {
  const explanation = registered.explain(facts) as Explanation;
  const effect = explanation.favourable ? 'favourable' : 'adverse';
  return { record: as, model: registered, facts, explanation, effect };
}

/** Everything that I6 asks of one answer; independent of how the answer was found. */
function assertDecent(question: Decided, answer: WhatWouldChange): void {
  const { facts } = question;
  for (const { input, said, ground } of answer.checks) {
    assert.ok(input.correctable || input.actionable !== undefined, `${input.name} may not be spoken of`);
    assert.equal(ground, input.correctable ? 'correctable' : 'actionable');
    if (said.kind === 'check-only') continue;
    assert.ok(!FORBIDDEN.includes(input.topic), `advice on ${input.topic}`);
    assert.ok(!predict(model, facts).favourable);
    if (said.kind === 'stays') continue;
    for (const { to, prediction } of said.corrections) {
      const again = correctedOutcome(model, facts, [{ fact: input.name, to }]);
      assert.deepEqual(
        { score: again.score, outcome: again.outcome, favourable: again.favourable },
        prediction,
        'what is shown was re-run',
      );
      assert.ok(again.favourable);
    }
  }
  const shown = answer.checks.some((c) => c.said.kind === 'changes');
  assert.equal(answer.nothingToChange, !shown);
}

/** No nearer value of a number leads to the favourable outcome. */
function assertMinimal({ facts }: Decided, answer: WhatWouldChange): void {
  for (const { input, said } of answer.checks) {
    if (said.kind !== 'changes' || (input.type !== 'integer' && input.type !== 'decimal')) continue;
    const scale = input.type === 'decimal' ? input.decimals : 0;
    const unit = 10 ** scale;
    const from = Math.round(Number(facts[input.name]) * unit);
    const distance = Math.abs(Math.round(Number(said.corrections[0]?.to) * unit) - from);
    for (let d = 1; d <= Math.min(distance - 1, 400); d++) {
      for (const units of [from - d, from + d]) {
        if (units < input.minimum * unit || units > input.maximum * unit) continue;
        const to = (units / unit).toFixed(scale);
        assert.ok(
          !correctedOutcome(model, facts, [{ fact: input.name, to }]).favourable,
          `${input.name} ${to}`,
        );
      }
    }
  }
}

test('over a world of households, nothing indecent is ever said', async () => {
  let shown = 0;
  let adverse = 0;
  for (const person of people(400, 'i6-sweep')) {
    const question = decided(inputOf(person.household));
    const answer = await whatWouldChange(question);
    assertDecent(question, answer);
    assertMinimal(question, answer);
    if (question.effect === 'adverse') adverse++;
    if (!answer.nothingToChange) shown++;
  }
  assert.ok(
    adverse > 40 && shown > 20,
    `the sweep met ${adverse} refusals and ${shown} with an outcome to show`,
  );
});

test('whatever a record declares, forbidden topics and undeclared facts stay silent', async () => {
  const adverse = people(300, 'i6-records')
    .map((person) => inputOf(person.household))
    .filter((facts) => !predict(model, facts).favourable);
  const flags = fc.array(
    fc.record({ topic: fc.constantFrom(...topic.options), correctable: fc.boolean(), act: fc.boolean() }),
    {
      minLength: record.inputs.length,
      maxLength: record.inputs.length,
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...adverse), flags, async (facts, declared) => {
      const inputs = record.inputs.map((input, i) => ({
        ...input,
        topic: declared[i]?.topic ?? 'other',
        correctable: declared[i]?.correctable ?? false,
        // A record with this on a forbidden topic is refused when it is published; the rule holds all the same.
        ...(declared[i]?.act ? { actionable: { justification: { en: 'public justification' } } } : {}),
      }));
      const question = decided(facts, { ...record, inputs });
      assertDecent(question, await whatWouldChange(question));
    }),
    { numRuns: 150 },
  );
});

test('with every topic forbidden, there is nothing to change and the facts are still there to check', async () => {
  const facts = inputOf(clearCase('adverse').household);
  const inputs = record.inputs.map((input) => ({ ...input, topic: 'health' as const }));
  const answer = await whatWouldChange(decided(facts, { ...record, inputs }));
  assert.ok(answer.nothingToChange);
  assert.ok(answer.checks.length > 0);
  assert.ok(answer.checks.every((c) => c.said.kind === 'check-only'));
});

test('a favourable decision is never shown what would lose it', async () => {
  const answer = await whatWouldChange(decided(inputOf(clearCase('favourable').household)));
  assert.deepEqual(answer, { checks: [], nothingToChange: true });
});

test('where a person refused what the rule would grant, no sum could change it', async () => {
  const facts = inputOf(clearCase('favourable').household);
  const answer = await whatWouldChange({ ...decided(facts), effect: 'adverse' });
  assert.ok(answer.nothingToChange);
});

test('the heaviest reasons come first', async () => {
  const question = decided(inputOf(clearCase('adverse').household));
  const { checks } = await whatWouldChange(question);
  const order = question.explanation.contributions.filter((c) => c.effect === 'adverse').map((c) => c.reason);
  const places = checks.filter((c) => c.reasons.length > 0).map((c) => order.indexOf(c.reasons[0] as string));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test('a register that keeps a deceased earner: the correction that would change the outcome is named', async () => {
  const found = people(2000, 'earner')
    .map((person) => ({ ...inputOf(person.household) }))
    .find((facts) => {
      const fewer = { ...facts, earners: Math.max(0, Number(facts.earners) - 1) };
      return (
        Number(facts.earners) > 0 && !predict(model, facts).favourable && predict(model, fewer).favourable
      );
    });
  assert.ok(found);
  const { checks } = await whatWouldChange(decided(found));
  const earners = checks.find((c) => c.input.name === 'earners');
  assert.equal(earners?.said.kind, 'changes');
  assert.deepEqual(earners?.said.kind === 'changes' && earners.said.corrections.map((c) => Number(c.to)), [
    Number(found.earners) - 1,
  ]);
});

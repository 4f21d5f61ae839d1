import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../inputs.ts';
import type { Input, SystemRecord } from '../record.ts';
import type { AdditiveExplanation, RegisteredModel } from './contract.ts';
import { exact } from './plain.ts';

/** A model of some kind, its record, and cases with both outcomes among them. */
export interface Subject {
  readonly model: RegisteredModel;
  readonly record: SystemRecord;
  readonly cases: readonly Facts[];
  /** Values of a number that are tried by force beside what `correct` says: at most so many. */
  readonly tries?: number;
}

/** What every kind of model must keep; run by each with its own subjects. */
export function modelConformance(name: string, make: () => Subject | Promise<Subject>): void {
  test(`${name}: the reasons belong to the outcome and add up to it, for both outcomes`, async () => {
    const { model, record, cases } = await make();
    const met = new Set<boolean>();
    for (const facts of cases) {
      const prediction = await model.predict(facts);
      const explanation = await model.explain(facts);
      met.add(prediction.favourable);
      assert.deepEqual(await model.predict(facts), prediction, 'the same facts, the same answer');
      assert.deepEqual(
        [explanation.score, explanation.outcome, explanation.favourable, explanation.kind, explanation.model],
        [prediction.score, prediction.outcome, prediction.favourable, model.kind, model.sha256],
      );
      for (const { reason, facts: behind } of explanation.contributions) {
        assert.ok(
          record.reasons.some((r) => r.id === reason),
          `"${reason}" has no words`,
        );
        for (const fact of behind) assert.ok(model.reads.has(fact), `"${fact}" is not read`);
      }
      if (explanation.form === 'additive') assertAdditive(model, explanation);
      else assert.ok(explanation.contributions.length > 0, 'some rule led to the outcome');
    }
    assert.equal(met.size, 2, 'the cases have one outcome only: the suite saw half of the model');
  });

  test(`${name}: a replay by another computation gives the same reasons`, async () => {
    const { model, cases } = await make();
    if (!model.replayable) return;
    for (const facts of cases) {
      const [told, replayed] = [await model.explain(facts), await model.replay(facts)];
      assert.deepEqual([replayed.score, replayed.favourable], [told.score, told.favourable]);
      if (told.form === 'trace' || replayed.form === 'trace') {
        assert.deepEqual(replayed, told);
        continue;
      }
      const slack = model.slack(told);
      for (const { reason, value } of told.contributions) {
        const again: string | undefined = replayed.contributions.find((c) => c.reason === reason)?.value;
        assert.ok(Math.abs(Number(again) - Number(value)) <= slack, `${reason}: ${value}, ${again}`);
      }
    }
  });

  test(`${name}: corrections were re-run, none nearer exists, and "stays" is true`, async () => {
    const { model, record, cases, tries = 400 } = await make();
    for (const facts of cases) {
      const { favourable } = await model.predict(facts);
      for (const input of record.inputs) {
        const answer = await model.correct(facts, input);
        if (favourable || facts[input.name] === undefined) {
          assert.equal(answer.kind, 'check-only', 'nothing is advised on what is favourable or not recorded');
          continue;
        }
        if (answer.kind === 'check-only') continue;
        const outcomes = await byForce(model, facts, input, tries);
        const helped = outcomes.filter((o) => o.favourable);
        if (answer.kind === 'stays') {
          assert.deepEqual(helped, [], `${input.name} was said to change nothing`);
          continue;
        }
        for (const { to, prediction } of answer.corrections) {
          assert.ok(prediction.favourable);
          assert.deepEqual(await model.predict({ ...facts, [input.name]: to }), prediction);
        }
        if (input.type === 'choice' || input.type === 'boolean') {
          assert.equal(answer.corrections.length, helped.length, 'every value that helps is named');
        } else {
          const from = Number(facts[input.name]);
          const distance = (value: unknown) => Math.abs(Number(value) - from);
          const nearest = Math.min(...helped.map(({ to }) => distance(to)));
          const shown = distance(answer.corrections[0]?.to);
          assert.ok(shown <= nearest + 1e-9, `${input.name}: ${shown} is shown, ${nearest} is nearer`);
        }
      }
    }
  });
}

function assertAdditive(model: RegisteredModel, explanation: AdditiveExplanation): void {
  const { base, score, difference, contributions, above, threshold } = explanation;
  const sum = contributions.reduce(
    (so, { value }) => so.plus(exact(value)),
    exact(base).plus(exact(difference)),
  );
  assert.equal(sum.toString(), score);
  assert.ok(Math.abs(Number(difference)) <= model.slack(explanation), `${difference} is left over`);
  const over = exact(score).compare(exact(threshold)) > 0;
  assert.equal(
    explanation.favourable,
    over === (above === 'favourable'),
    'the side of the threshold decides',
  );
  for (const [i, { value, effect, standardError }] of contributions.entries()) {
    const sign = Math.sign(Number(value));
    const expected = sign === 0 ? 'none' : sign > 0 === (above === 'adverse') ? 'adverse' : 'favourable';
    assert.equal(effect, expected);
    assert.equal(standardError !== undefined, explanation.exactness === 'approximate');
    const before = contributions[i - 1];
    assert.ok(before === undefined || Math.abs(Number(before.value)) >= Math.abs(Number(value)));
  }
}

/** Values of one input, tried one after another: all of a choice, a spread of a number and its neighbourhood. */
async function byForce(model: RegisteredModel, facts: Facts, input: Input, tries: number) {
  const from = facts[input.name];
  return Promise.all(
    valuesOf(input, from, tries)
      .filter((to) => to !== from)
      .map(async (to) => ({
        to,
        favourable: (await model.predict({ ...facts, [input.name]: to })).favourable,
      })),
  );
}

function valuesOf(input: Input, from: Facts[string] | undefined, tries: number): Facts[string][] {
  if (input.type === 'boolean') return [true, false];
  if (input.type === 'choice') return input.values.map(({ value }) => value);
  const units = input.type === 'integer' ? 1 : 10 ** input.decimals;
  const [low, high] = [Math.ceil(input.minimum * units), Math.floor(input.maximum * units)];
  const at = Math.round(Number(from) * units);
  const step = Math.max(1, Math.floor((high - low) / (tries / 2)));
  const spread = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  const near = Array.from({ length: tries / 2 }, (_, i) => at - tries / 4 + i);
  return [...spread, ...near]
    .filter((whole) => whole >= low && whole <= high)
    .map((whole) => (input.type === 'integer' ? whole : (whole / units).toFixed(input.decimals)));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ChangeableFeature, counterfactuals } from '../../src/counterfactual/counterfactuals.ts';
import { nextUp } from '../../src/forest/split.ts';
import type { TreesModel } from '../../src/formats/trees-model.ts';
import { predictRows } from '../../src/trees.ts';
import { csvRows } from './fixtures.ts';
import { sample } from './random-forest.ts';
import { readXgboost } from './read.ts';

const FEATURES = 4;
const wish = fc.record(
  {
    feature: fc.nat(FEATURES - 1),
    cost: fc.constantFrom(1, 2, 0.5),
    direction: fc.constantFrom('up' as const, 'down' as const),
    min: fc.constantFrom(-1, 0),
    max: fc.constantFrom(1, 2),
    integer: fc.boolean(),
    values: fc.uniqueArray(fc.constantFrom(-2, -1, 0, 1, 2), { minLength: 1 }),
  },
  { requiredKeys: ['feature'] },
);

const modelOf = (forest: TreesModel['forest'], ranker: TreesModel['ranker']): TreesModel => ({
  kind: 'trees',
  format: 'sklearn-json',
  sha256: '',
  features: [],
  named: false,
  forest,
  ranker,
  link: { kind: 'identity' },
  objective: '',
});

/** Every value that could matter: thresholds, the doubles just below them, and whole numbers. */
function candidates(
  { forest }: TreesModel,
  row: Float64Array,
  { feature, cost = 1, min, max, direction, integer, values }: ChangeableFeature,
) {
  const from = row[feature] as number;
  if (Number.isNaN(from)) return [];
  const all =
    values ??
    [...(forest.edges[feature] ?? [])].flatMap((edge) => [
      edge,
      -nextUp(-edge),
      Math.ceil(edge),
      Math.ceil(edge) - 1,
    ]);
  return [
    ...all,
    ...(values === undefined && min !== undefined ? [min] : []),
    ...(values === undefined && max !== undefined ? [max] : []),
  ]
    .filter((to) => to !== from && (min === undefined || to >= min) && (max === undefined || to <= max))
    .filter((to) => direction === undefined || (direction === 'up' ? to > from : to < from))
    .filter((to) => integer !== true || Number.isInteger(to))
    .map((to) => ({ feature, to, cost: values === undefined ? Math.abs(to - from) * cost : cost }));
}

test('property: the cheapest change of one and two features against trying everything', () => {
  fc.assert(
    fc.property(
      sample(FEATURES, 4, 2),
      fc.uniqueArray(wish, { selector: ({ feature }) => feature, minLength: 1 }),
      fc.constantFrom('atLeast', 'atMost', 'largest'),
      fc.integer({ min: -8, max: 8 }),
      ({ forest, ranker, row }, changeable, kind, bound) => {
        const model = modelOf(forest, ranker);
        const met = (values: Float64Array) => {
          const { margin } = predictRows(model, { data: values, count: 1 });
          const [first, second] = [margin[0] as number, margin[1] as number];
          return kind === 'atLeast'
            ? first >= bound / 2
            : kind === 'atMost'
              ? first <= bound / 2
              : second >= first;
        };
        fc.pre(!met(row));
        const target =
          kind === 'largest'
            ? { largest: 1 }
            : kind === 'atLeast'
              ? { atLeast: bound / 2 }
              : { atMost: bound / 2 };
        const answer = counterfactuals(model, row, { changeable, maxFeatures: 2, target });
        const options = changeable.map((entry) => candidates(model, row, entry));
        const combined = [
          ...options.flat().map((one) => [one]),
          ...options.flatMap((a, index) =>
            options.slice(index + 1).flatMap((b) => a.flatMap((x) => b.map((y) => [x, y]))),
          ),
        ];
        const costs = combined
          .filter((changes) => {
            const changed = row.slice();
            for (const { feature, to } of changes) changed[feature] = to;
            return met(changed);
          })
          .map((changes) => changes.reduce((sum, { cost }) => sum + cost, 0));
        assert.equal(answer.proven, true);
        assert.ok(
          Math.abs(answer.bound - Math.min(...costs)) < 1e-12 || answer.bound === Math.min(...costs),
          `${answer.bound} for ${Math.min(...costs)}`,
        );
        assert.equal(answer.found.length, costs.length === 0 ? 0 : 1);
        for (const { changes, margin } of answer.found) {
          const changed = row.slice();
          for (const { feature, to } of changes) changed[feature] = to;
          assert.ok(met(changed));
          assert.deepEqual(margin, predictRows(model, { data: changed, count: 1 }).margin);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('property: several different changes of up to three features against trying everything', () => {
  const some = fc.record(
    {
      feature: fc.nat(2),
      cost: fc.constantFrom(1, 2),
      direction: fc.constantFrom('up' as const, 'down' as const),
    },
    { requiredKeys: ['feature'] },
  );
  fc.assert(
    fc.property(
      sample(3, 3),
      fc.uniqueArray(some, { selector: ({ feature }) => feature, minLength: 1 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: -6, max: 6 }),
      ({ forest, ranker, row }, changeable, count, maxFeatures, half) => {
        const model = modelOf(forest, ranker);
        const marginOf = (values: Float64Array) =>
          predictRows(model, { data: values, count: 1 }).margin[0] as number;
        fc.pre(marginOf(row) < half / 2);
        const answer = counterfactuals(model, row, {
          changeable,
          maxFeatures,
          count,
          target: { atLeast: half / 2 },
        });
        const cheapest = new Map<string, number>();
        const visit = (at: number, changes: { feature: number; to: number; cost: number }[]): void => {
          if (changes.length > 0) {
            const changed = row.slice();
            for (const { feature, to } of changes) changed[feature] = to;
            const key = changes
              .map(({ feature }) => feature)
              .sort()
              .join();
            const cost = changes.reduce((sum, own) => sum + own.cost, 0);
            if (marginOf(changed) >= half / 2)
              cheapest.set(key, Math.min(cost, cheapest.get(key) ?? Infinity));
          }
          if (changes.length === maxFeatures) return;
          for (let next = at; next < changeable.length; next++)
            for (const option of candidates(model, row, changeable[next] as ChangeableFeature))
              visit(next + 1, [...changes, option]);
        };
        visit(0, []);
        const kept: { set: Set<string>; cost: number }[] = [];
        for (const [key, cost] of [...cheapest].sort((a, b) => a[1] - b[1] || a[0].length - b[0].length)) {
          const set = new Set(key.split(','));
          if (!kept.some((own) => own.set.isSubsetOf(set))) kept.push({ set, cost });
        }
        assert.equal(answer.proven, true);
        assert.equal(answer.bound, kept[0]?.cost ?? Infinity);
        assert.deepEqual(
          answer.found.map(({ cost }) => cost),
          kept.slice(0, count).map(({ cost }) => cost),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('a real model: rises over the threshold in its own float32, cheapest sets first, constraints kept', () => {
  const model = readXgboost('binary-depth6');
  const rows = csvRows('xgboost/binary-depth6.csv');
  const low = rows
    .map((row) => Float64Array.from(row))
    .filter((row) => (predictRows(model, { data: row, count: 1 }).margin[0] as number) < 0);
  const changeable = Array.from(
    { length: 8 },
    (_, feature): ChangeableFeature => (feature === 0 ? { feature, direction: 'up' } : { feature }),
  );
  let found = 0;
  for (const row of low.slice(0, 12)) {
    const answer = counterfactuals(model, row, {
      changeable,
      maxFeatures: 2,
      target: { atLeast: 0 },
      count: 3,
    });
    assert.equal(answer.proven, true);
    found += answer.found.length;
    const costs = answer.found.map(({ cost }) => cost);
    assert.deepEqual(
      costs,
      costs.toSorted((a, b) => a - b),
    );
    assert.equal(
      new Set(answer.found.map(({ changes }) => changes.map(({ feature }) => feature).join())).size,
      answer.found.length,
    );
    for (const { changes, margin } of answer.found) {
      assert.ok((margin[0] as number) >= 0);
      for (const { feature, from, to } of changes) assert.ok(feature === 0 ? to > from : to !== from);
    }
  }
  assert.ok(found > 10);
});

test('an unfinished search says so and claims nothing', () => {
  const model = readXgboost('binary-depth6');
  const row = csvRows('xgboost/binary-depth6.csv')
    .map((cells) => Float64Array.from(cells))
    .find((cells) => (predictRows(model, { data: cells, count: 1 }).margin[0] as number) < -2);
  assert.ok(row);
  const changeable = Array.from({ length: 20 }, (_, feature) => ({ feature }));
  const answer = counterfactuals(model, row, {
    changeable,
    maxFeatures: 2,
    target: { atLeast: 0 },
    maxBoxes: 5,
  });
  assert.deepEqual([answer.proven, answer.bound], [false, 0]);
});

test('questions that make no sense are refused', () => {
  const model = readXgboost('multiclass-wine');
  const row = Float64Array.from(csvRows('xgboost/multiclass-wine.csv')[0] ?? []);
  const ask = { changeable: [{ feature: 0 }], maxFeatures: 1, target: { largest: 1 } };
  for (const [question, path] of [
    [{ ...ask, maxFeatures: 5 }, 'maxFeatures'],
    [{ ...ask, target: { largest: 0 } }, 'target'],
    [{ ...ask, target: { largest: 3 } }, 'target'],
    [{ ...ask, target: { atLeast: Number.NaN } }, 'target'],
    [{ ...ask, changeable: [{ feature: 13 }] }, 'feature 13'],
    [{ ...ask, changeable: [{ feature: 0, cost: 0 }] }, 'feature 0'],
    [{ ...ask, changeable: [{ feature: 0 }, { feature: 0 }] }, 'changeable'],
  ] as const) {
    assert.throws(() => counterfactuals(model, row, question), {
      name: 'ExplainError',
      code: 'bad-question',
      path,
    });
  }
  assert.throws(() => counterfactuals(model, row.subarray(1), ask), { code: 'bad-question', path: 'row' });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChangeableFeature } from '../src/counterfactual/cells.ts';
import { linearCounterfactuals } from '../src/counterfactual/linear.ts';
import type { LinearModel } from '../src/formats/linear.ts';
import { predictLinear } from '../src/linear.ts';

const FEATURES = 4;
const modelOf = (coefficients: readonly number[], outputs = 1): LinearModel => ({
  kind: 'linear',
  format: 'taalil-linear/1',
  sha256: '',
  features: ['a', 'b', 'c', 'd'],
  named: true,
  outputs,
  coefficients: Float64Array.from(coefficients),
  intercepts: new Float64Array(outputs),
  means: null,
  link: { kind: 'identity' },
  objective: '',
});
const marginOf = (model: LinearModel, data: Float64Array) =>
  predictLinear(model, { data, count: 1 }).margin[0] as number;

const wish = fc.record(
  {
    feature: fc.nat(FEATURES - 1),
    cost: fc.constantFrom(1, 2, 0.5),
    direction: fc.constantFrom('up' as const, 'down' as const),
    min: fc.integer({ min: -4, max: 0 }),
    max: fc.integer({ min: 1, max: 4 }),
    integer: fc.constant(true),
    values: fc.uniqueArray(fc.integer({ min: -3, max: 3 }), { minLength: 1 }),
  },
  { requiredKeys: ['feature'] },
);
const halves = fc.integer({ min: -6, max: 6 }).map((value) => value / 2);

/** All whole values that are allowed: with whole coefficients and rows, wholes suffice for wishes that ask for wholes. */
function candidates(
  { feature, cost = 1, min = -30, max = 30, direction, values }: ChangeableFeature,
  from: number,
) {
  const all = values ?? Array.from({ length: 61 }, (_, index) => index - 30);
  return all
    .filter(
      (to) =>
        to !== from &&
        to >= min &&
        to <= max &&
        (direction === undefined || (direction === 'up') === to > from),
    )
    .map((to) => ({ feature, to, cost: values === undefined ? Math.abs(to - from) * cost : cost }));
}

test('property: whole changes of up to two features against trying everything', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: FEATURES, maxLength: FEATURES }),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: FEATURES, maxLength: FEATURES }),
      fc.uniqueArray(wish, { selector: ({ feature }) => feature, minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      (coefficients, values, wishes, more) => {
        const model = modelOf(coefficients);
        const row = Float64Array.from(values);
        const bound = marginOf(model, row) + more;
        const changeable = wishes.map((own) => (own.values === undefined ? { ...own, integer: true } : own));
        const answer = linearCounterfactuals(model, row, {
          changeable,
          maxFeatures: 2,
          target: { atLeast: bound },
        });
        const options = changeable.map((own) => candidates(own, row[own.feature] as number));
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
            return marginOf(model, changed) >= bound;
          })
          .map((changes) => changes.reduce((sum, { cost }) => sum + cost, 0));
        assert.equal(answer.proven, true);
        assert.equal(answer.bound, Math.min(...costs));
      },
    ),
    { numRuns: 400 },
  );
});

test('property: changes of any size meet the target, keep the constraints, and nothing on a fine grid is cheaper', () => {
  fc.assert(
    fc.property(
      fc.array(halves, { minLength: FEATURES, maxLength: FEATURES }),
      fc.array(halves, { minLength: FEATURES, maxLength: FEATURES }),
      fc.uniqueArray(wish, { selector: ({ feature }) => feature, minLength: 1, maxLength: 2 }),
      fc.double({ min: 0.1, max: 9, noNaN: true }),
      fc.boolean(),
      (coefficients, values, changeable, more, rising) => {
        const model = modelOf(coefficients);
        const row = Float64Array.from(values);
        const now = marginOf(model, row);
        const target = rising ? { atLeast: now + more } : { atMost: now - more };
        const meets = (data: Float64Array) =>
          rising ? marginOf(model, data) >= now + more : marginOf(model, data) <= now - more;
        const answer = linearCounterfactuals(model, row, { changeable, maxFeatures: 2, target });
        assert.equal(answer.proven, true);
        for (const { changes } of answer.found) {
          const changed = row.slice();
          for (const { feature, from, to } of changes) {
            changed[feature] = to;
            const own = changeable.find((entry) => entry.feature === feature);
            assert.ok(own);
            assert.ok(own.values === undefined || own.values.includes(to));
            assert.ok(to >= (own.min ?? to) && to <= (own.max ?? to));
            assert.ok(own.direction === undefined || (own.direction === 'up') === to > from);
            assert.ok(own.integer !== true || Number.isInteger(to));
          }
          assert.ok(meets(changed));
        }
        const grid = (own: ChangeableFeature) => [
          { to: row[own.feature] as number, cost: 0 },
          ...(own.values ?? Array.from({ length: 121 }, (_, index) => index / 4 - 15))
            .filter((to) => to !== row[own.feature] && to >= (own.min ?? to) && to <= (own.max ?? to))
            .filter(
              (to) =>
                own.direction === undefined || (own.direction === 'up') === to > (row[own.feature] as number),
            )
            .filter((to) => own.integer !== true || Number.isInteger(to))
            .map((to) => ({
              to,
              cost:
                (own.values === undefined ? Math.abs(to - (row[own.feature] as number)) : 1) *
                (own.cost ?? 1),
            })),
        ];
        const [first, second] = changeable;
        assert.ok(first);
        for (const a of grid(first)) {
          for (const b of second === undefined ? [{ to: 0, cost: 0 }] : grid(second)) {
            if (a.cost + b.cost >= answer.bound - 1e-9) continue;
            const changed = row.slice();
            changed[first.feature] = a.to;
            if (second !== undefined) changed[second.feature] = b.to;
            assert.ok(!meets(changed), `${a.to}, ${b.to} cost ${a.cost + b.cost}, less than ${answer.bound}`);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('several different changes, none that contains a cheaper one; what is not searched is refused', () => {
  const model = modelOf([1, 2, -1, 0.5]);
  const row = new Float64Array(FEATURES);
  const changeable = [0, 1, 2, 3].map((feature) => ({ feature, max: 1, min: -1 }));
  const { found } = linearCounterfactuals(model, row, {
    changeable,
    maxFeatures: 2,
    count: 9,
    target: { atLeast: 2.5 },
  });
  assert.deepEqual(
    found.map(({ changes, cost }) => [changes.map(({ feature }) => feature).join(), cost]),
    [
      ['1,0', 1.5],
      ['1,2', 1.5],
      ['1,3', 2],
    ],
  );
  const three = modelOf(
    Array.from({ length: 12 }, (_, index) => index),
    3,
  );
  const away = Float64Array.from([-1, -1, -1, -1]);
  assert.throws(
    () => linearCounterfactuals(three, away, { changeable, maxFeatures: 1, target: { largest: 2 } }),
    { code: 'unsupported' },
  );
});

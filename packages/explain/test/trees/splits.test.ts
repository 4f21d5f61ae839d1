import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildForest } from '../../src/forest/builder.ts';
import { goesLeft } from '../../src/forest/forest.ts';
import { makeRanker } from '../../src/forest/ranks.ts';
import { atMost, below, nextUp, oneOf, type Split, stepsOf } from '../../src/forest/split.ts';

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE),
);

/** A forest of one-split trees on one feature, so that all their thresholds share one rank table. */
function stumps(splits: readonly Split[], numbers: 'float32' | 'float64' = 'float64') {
  const forest = buildForest(
    { features: 1, outputs: 1, base: new Float64Array(1), divisor: 1, inputs: numbers, sums: numbers },
    splits.map((split) => ({
      root: 0,
      output: 0,
      size: 3,
      cover: () => 1,
      node: (id) => (id === 0 ? { split, left: 1, right: 2 } : { value: id }),
    })),
  );
  const ranker = makeRanker(forest);
  return (tree: number, x: number) => goesLeft(forest, forest.roots[tree] as number, ranker.rank(0, x));
}

test('property: a rank decides as the comparison does, at, just below and just above every threshold', () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 30 }),
      fc.array(number, { minLength: 1 }),
      (thresholds, values) => {
        const left = stumps(
          thresholds.flatMap((threshold) => [below(0, threshold, false), atMost(0, threshold, false)]),
        );
        for (const x of [
          ...values,
          ...thresholds,
          ...thresholds.map(nextUp),
          ...thresholds.map((t) => -nextUp(-t)),
        ]) {
          thresholds.forEach((threshold, index) => {
            assert.equal(left(2 * index, x), x < threshold, `${x} < ${threshold}`);
            assert.equal(left(2 * index + 1, x), x <= threshold, `${x} <= ${threshold}`);
          });
        }
      },
    ),
  );
});

test('float32 models compare the value rounded to float32', () => {
  const left = stumps([below(0, Math.fround(0.1), false)], 'float32');
  assert.equal(left(0, 0.1), false);
  assert.equal(left(0, 0.0999999), true);
});

test('property: category sets hold what they list, truncated, and nothing else', () => {
  const categories = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(categories, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (sets, inLeft, x) => {
        const left = stumps(sets.map((set) => oneOf(0, set, inLeft, false)));
        sets.forEach((set, index) => {
          for (const value of [x, -1, 13, ...set]) {
            assert.equal(
              left(index, value),
              set.includes(Math.floor(value)) === inLeft,
              `${value} in ${set}`,
            );
          }
        });
      },
    ),
  );
});

test('property: any step function survives', () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 8 }),
      fc.integer(),
      fc.array(number),
      (edges, pattern, values) => {
        const sorted = [...new Set(edges.map((edge) => edge + 0))].sort((a, b) => a - b);
        const inside = (x: number) => ((pattern >> sorted.filter((edge) => edge <= x).length) & 1) === 1;
        const left = stumps([stepsOf(0, sorted, inside, true)]);
        for (const x of [...values, ...sorted]) assert.equal(left(0, x), inside(x));
      },
    ),
  );
});

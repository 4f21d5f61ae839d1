import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leafOf } from '../../src/forest/predict.ts';
import { rowsOf } from '../../src/forest/rows.ts';
import type { TreesModel } from '../../src/formats/trees-model.ts';
import { contributionsAgainst, interactions } from '../../src/trees.ts';
import { closeTo } from './close.ts';
import { answers, flat } from './fixtures.ts';
import { conditional, popcount, type Sample, sample, shapley } from './random-forest.ts';
import { readXgboost } from './read.ts';

const FEATURES = 4;

function modelOf({ forest, ranker }: Sample): TreesModel {
  return {
    kind: 'trees',
    format: 'sklearn-json',
    sha256: '',
    features: ['a', 'b', 'c', 'd'],
    named: true,
    forest,
    ranker,
    link: { kind: 'identity' },
    objective: '',
  };
}

/** The margin of ranks that are mixed of two rows. */
function marginOf({ forest }: Sample, ranks: Int32Array, output: number): number {
  let total = forest.base[output] as number;
  forest.treeOutput.forEach((own, tree) => {
    if (own === output) total += forest.value[leafOf(forest, forest.roots[tree] as number, ranks)] as number;
  });
  return total / forest.divisor;
}

test('property: contributions against background rows equal Shapley values by all subsets', () => {
  fc.assert(
    fc.property(sample(FEATURES, 5, 2), (random) => {
      const { ranker, row, background } = random;
      const found = contributionsAgainst(
        modelOf(random),
        { data: row, count: 1 },
        { data: background, count: 4 },
      );
      const [own, other] = [new Int32Array(FEATURES), new Int32Array(FEATURES)];
      ranker.row(row, 0, own);
      for (const output of [0, 1]) {
        const expected = shapley(FEATURES, (known) => {
          let sum = 0;
          for (let index = 0; index < 4; index++) {
            ranker.row(background, index * FEATURES, other);
            sum += marginOf(
              random,
              other.map((rank, feature) => ((known >> feature) & 1 ? (own[feature] as number) : rank)),
              output,
            );
          }
          return sum / 4;
        });
        closeTo(found.values.subarray(output * FEATURES, (output + 1) * FEATURES), [...expected], 1e-11);
      }
      assert.ok(found.additivity < 1e-11);
    }),
    { numRuns: 300 },
  );
});

test('property: interaction values equal the interaction index by all subsets', () => {
  fc.assert(
    fc.property(sample(FEATURES, 5), (random) => {
      const { forest, ranker, row } = random;
      const found = interactions(modelOf(random), { data: row, count: 1 });
      const ranks = new Int32Array(FEATURES);
      ranker.row(row, 0, ranks);
      const worth = Float64Array.from({ length: 16 }, (_, known) => conditional(forest, ranks, known, 0));
      const single = shapley(FEATURES, (known) => worth[known] as number);
      for (let i = 0; i < FEATURES; i++) {
        let rest = single[i] as number;
        for (let j = 0; j < FEATURES; j++) {
          if (i === j) continue;
          let index = 0;
          for (let known = 0; known < 16; known++) {
            if ((known >> i) & 1 || (known >> j) & 1) continue;
            const at = (bits: number) => worth[known | bits] as number;
            const weight = [1 / 3, 1 / 6, 1 / 3][popcount(known)] as number;
            index += weight * (at((1 << i) | (1 << j)) - at(1 << i) - at(1 << j) + at(0));
          }
          rest -= index / 2;
          closeTo([found.values[i * FEATURES + j] as number], [index / 2], 1e-11);
        }
        closeTo([found.values[i * FEATURES + i] as number], [rest], 1e-11);
      }
      assert.ok(found.additivity < 1e-11);
    }),
    { numRuns: 200 },
  );
});

for (const name of ['dart', 'categorical', 'poisson']) {
  test(`${name}: interactions as XGBoost computes them`, () => {
    const model = readXgboost(name);
    const expected = answers<{ rows: unknown[]; interactions: number[][][] }>(`xgboost/${name}.answers`);
    const found = interactions(
      model,
      rowsOf(Float64Array.from(flat(expected.rows.slice(0, 15))), model.forest.features),
    );
    const { features } = model.forest;
    expected.interactions.forEach((matrix, row) => {
      const theirs = matrix.slice(0, features).flatMap((line) => line.slice(0, features));
      closeTo(
        found.values.subarray(row * features * features, (row + 1) * features * features),
        theirs,
        1e-5,
      );
    });
  });
}

test('no background row is no background', () => {
  const model = readXgboost('poisson');
  const rows = rowsOf(new Float64Array(model.forest.features), model.forest.features);
  assert.throws(() => contributionsAgainst(model, rows, { data: new Float64Array(), count: 0 }), {
    code: 'bad-rows',
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gaussLegendre } from '../../src/forest/gauss.ts';
import { pathsOf } from '../../src/forest/paths.ts';
import { margins } from '../../src/forest/predict.ts';
import { makeRowExplainer } from '../../src/forest/quadrature.ts';
import { conditional, sample, shapley } from './random-forest.ts';

test('Gauss-Legendre points integrate polynomials of degree below 2n exactly', () => {
  for (let count = 1; count <= 40; count++) {
    const { points, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const sum = points.reduce((total, point, i) => total + (weights[i] as number) * point ** degree, 0);
      assert.ok(Math.abs(sum - 1 / (degree + 1)) < 1e-14, `${count} points, degree ${degree}: ${sum}`);
    }
  }
});

const FEATURES = 5;

test('property: contributions equal Shapley values by all subsets of the conditional expectation', () => {
  fc.assert(
    fc.property(sample(FEATURES, 5, 2), ({ forest, ranker, row }) => {
      const ranks = new Int32Array(FEATURES);
      ranker.row(row, 0, ranks);
      const phi = new Float64Array(2 * FEATURES);
      makeRowExplainer(forest).row(ranks, phi);
      for (const output of [0, 1]) {
        const expected = shapley(FEATURES, (known) => conditional(forest, ranks, known, output));
        expected.forEach((value, feature) => {
          const mine = phi[output * FEATURES + feature] as number;
          assert.ok(
            Math.abs(mine - value) < 1e-11,
            `output ${output}, feature ${feature}: ${mine} for ${value}`,
          );
        });
        assert.ok(
          Math.abs((pathsOf(forest).bias[output] as number) - conditional(forest, ranks, 0, output)) < 1e-12,
        );
      }
    }),
    { numRuns: 400 },
  );
});

test('property: bias and contributions add up to the margin', () => {
  fc.assert(
    fc.property(sample(4, 8), ({ forest, ranker, row }) => {
      const ranks = new Int32Array(4);
      ranker.row(row, 0, ranks);
      const phi = new Float64Array(4);
      makeRowExplainer(forest).row(ranks, phi);
      const total = phi.reduce((sum, value) => sum + value, pathsOf(forest).bias[0] as number);
      const margin = margins(forest, ranker, { data: row, count: 1 }).exact[0] as number;
      assert.ok(Math.abs(total - margin) < 1e-11, `${total} for ${margin}`);
    }),
    { numRuns: 300 },
  );
});

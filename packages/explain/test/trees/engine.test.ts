import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeEngine, makeSingleEngine } from '../../src/forest/engine.ts';
import type { Forest } from '../../src/forest/forest.ts';
import { planWithoutTables } from '../../src/forest/plan.ts';
import { makeRanker } from '../../src/forest/ranks.ts';
import type { Rows } from '../../src/forest/rows.ts';
import { fillTables } from '../../src/forest/tables.ts';
import { unitsOf } from '../../src/forest/units.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { parseXgboost } from '../../src/formats/xgboost.ts';
import { contributions } from '../../src/trees.ts';
import { csvRows, fixture } from './fixtures.ts';
import { sample } from './random-forest.ts';

/** Divides what can be divided at this cap; the other trees are walked. */
function planAt(forest: Forest, cap: number) {
  const divided = [...forest.treeOutput.keys()].map((tree) => unitsOf(forest, tree, cap));
  return {
    walked: [...forest.treeOutput.keys()].filter((tree) => divided[tree] === null),
    tables: fillTables(
      forest,
      divided.flatMap((units) => units ?? []),
    ),
  };
}

test('property: walking and tables, with and without SIMD, give the same contributions', () => {
  fc.assert(
    fc.property(
      sample(4, 6, 2),
      fc.constantFrom(2, 4, 8, 32, 256),
      ({ forest, ranker, row, background }, cap) => {
        const data = Float64Array.from([...row, ...background]);
        const rows: Rows = { data, count: 5 };
        const run = (plan: Parameters<typeof makeEngine>[2], kernels: boolean) => {
          const engine = makeEngine(forest, ranker, plan, kernels);
          assert.equal(engine.kind, kernels ? 'batch' : 'scalar');
          const values = new Float64Array(5 * 2 * 4);
          engine.explain(rows, values);
          return values;
        };
        const reference = run(planWithoutTables(forest), false);
        const single = new Float64Array(reference.length);
        makeSingleEngine(forest, ranker).explain(rows, single);
        reference.forEach((value, place) => {
          assert.ok(
            Math.abs((single[place] as number) - value) < 1e-12,
            `place ${place}: ${single[place]} for ${value}`,
          );
        });
        const plan = planAt(forest, cap);
        for (const values of [run(planWithoutTables(forest), true), run(plan, true), run(plan, false)]) {
          reference.forEach((value, place) => {
            assert.ok(
              Math.abs((values[place] as number) - value) < 2e-5,
              `place ${place}: ${values[place]} for ${value}`,
            );
          });
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('batches longer than a chunk, of any length, row by row as one by one', () => {
  const model = parseXgboost(fixture('xgboost/binary-depth6.model'), 'xgboost-json', MODEL_FILE_LIMITS);
  const few = csvRows('xgboost/binary-depth6.csv');
  for (const [count, options] of [
    [4_129, {}],
    [33, {}],
    [4_100, { tablesAfterRows: 0 }],
    [9, { tablesAfterRows: 0 }],
  ] as const) {
    const data = Float64Array.from(
      Array.from({ length: count }, (_, row) => few[row % few.length] ?? []).flat(),
    );
    const batch = contributions(model, { data, count }, options);
    const single = contributions(
      model,
      { data: Float64Array.from(few.flat()), count: few.length },
      { kernels: false },
    );
    assert.ok(batch.additivity < 1e-5, `additivity ${batch.additivity}`);
    assert.ok(single.additivity < 1e-12);
    batch.values.forEach((value, place) => {
      const same = single.values[place % single.values.length] as number;
      assert.ok(Math.abs(value - same) < 5e-6, `place ${place}: ${value} for ${same}`);
    });
  }
});

test('a feature with more ranks than 16 bits hold is explained in plain JavaScript', () => {
  const model = parseXgboost(fixture('xgboost/poisson.model'), 'xgboost-json', MODEL_FILE_LIMITS);
  const crowded = Float64Array.from({ length: 40_000 }, (_, i) => 1_000 + i);
  const forest: Forest = { ...model.forest, edges: [...model.forest.edges.slice(0, -1), crowded] };
  assert.equal(makeEngine(forest, makeRanker(forest), planWithoutTables(forest)).kind, 'scalar');
});

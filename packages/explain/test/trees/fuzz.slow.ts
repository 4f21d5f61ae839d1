import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExplainError } from '../../src/error.ts';
import { readModelFile } from '../../src/formats/read.ts';
import { contributionsOf, predictMany } from '../../src/rows-model.ts';
import { aid, bytesOf } from '../rules/graphs.ts';
import { household } from '../scorecard/household.ts';
import { fixture } from './fixtures.ts';

const FILES: Record<string, Uint8Array> = {
  'XGBoost JSON': fixture('xgboost/categorical.model'),
  UBJSON: fixture('xgboost/categorical.ubj'),
  DART: fixture('xgboost/dart.ubj'),
  LightGBM: fixture('lightgbm/categorical.txt'),
  'scikit-learn': fixture('sklearn/boosting-classes.model'),
  linear: fixture('sklearn/logistic-classes.model'),
  ONNX: fixture('onnx/classes.onnx'),
  'ONNX, scaled': fixture('onnx/scaled-average.onnx'),
  rules: bytesOf(aid),
  scorecard: bytesOf(household),
};
const RUNS = 1_500;
/** What reading a damaged file of at most 100 KB may take for a moment, far below what a bomb would. */
const MOST_BYTES = 400 * 2 ** 20;

/** A damage: other bytes, a number replaced by another, a part repeated, moved in from another file or cut away. */
const damage = fc.record({
  kind: fc.constantFrom('byte', 'number', 'repeat', 'graft', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 400 }),
  byte: fc.nat(255),
  number: fc.constantFrom(
    '0',
    '-1',
    '1000000000',
    '4294967296',
    '1e308',
    '-1e308',
    '1e-400',
    'NaN',
    '99999',
    '2147483647',
  ),
  donor: fc.constantFrom(...Object.values(FILES)),
});

function apply(
  bytes: Uint8Array,
  { kind, at, length, byte, number, donor }: typeof damage extends fc.Arbitrary<infer D> ? D : never,
): Uint8Array {
  const start = Math.floor(at * bytes.length);
  const end = Math.min(bytes.length, start + length);
  switch (kind) {
    case 'byte':
      return bytes.with(Math.min(start, bytes.length - 1), byte);
    case 'number': {
      const text = Buffer.from(bytes).toString('latin1');
      const found = /[0-9.eE+-]+/.exec(text.slice(start));
      if (found === null) return bytes;
      const from = start + found.index;
      return Buffer.from(text.slice(0, from) + number + text.slice(from + found[0].length), 'latin1');
    }
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
    case 'graft': {
      const from = Math.floor(at * donor.length);
      return Buffer.concat([
        bytes.subarray(0, start),
        donor.subarray(from, from + length),
        bytes.subarray(end),
      ]);
    }
    case 'cut':
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  }
}

for (const [name, original] of Object.entries(FILES)) {
  test(`${name}: ${RUNS} damaged files are refused with a code and a place, or are whole models; memory stays bounded`, () => {
    let refused = 0;
    const before = process.memoryUsage().rss;
    let most = before;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const bytes = damages.reduce<Uint8Array>(
          (own, next) => (own.length === 0 ? own : apply(own, next)),
          original,
        );
        const began = performance.now();
        try {
          const model = readModelFile(bytes);
          if (model.kind === 'trees' || model.kind === 'linear') {
            const rows = { data: new Float64Array(2 * model.features.length).fill(0.3), count: 2 };
            predictMany(model, rows);
            contributionsOf(model, rows);
          }
        } catch (error) {
          assert.ok(
            error instanceof ExplainError,
            error instanceof Error ? (error.stack ?? '') : String(error),
          );
          refused++;
        }
        most = Math.max(most, process.memoryUsage().rss);
        assert.ok(performance.now() - began < 5_000, 'a damaged file took more than 5 s');
      }),
      { numRuns: RUNS },
    );
    assert.ok(refused > RUNS / 4, `${refused} refused`);
    assert.ok(most - before < MOST_BYTES, `${((most - before) / 2 ** 20).toFixed(0)} MB more at the worst`);
  });
}

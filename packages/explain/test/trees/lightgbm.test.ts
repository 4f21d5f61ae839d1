import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../src/forest/rows.ts';
import { parseLightgbm } from '../../src/formats/lightgbm.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { contributions, leafNumbers, predictRows } from '../../src/trees.ts';
import { closeTo, ENGINES } from './close.ts';
import { answers, fixture, flat } from './fixtures.ts';

const read = (name: string) => parseLightgbm(fixture(`lightgbm/${name}`), MODEL_FILE_LIMITS);
const table = (name: string) =>
  new TextDecoder()
    .decode(fixture(`lightgbm/${name}`))
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/[\t ]+/)
        .map(Number),
    );

test('five classes: raw scores and probabilities within 1e-6', () => {
  const model = read('lgmulticlass.model');
  const rows = rowsOf(Float64Array.from(table('multiclass_test.tsv').flatMap((row) => row.slice(1))), 28);
  const { margin, prediction } = predictRows(model, rows);
  closeTo(margin, flat(table('lgmulticlass_true_raw_predictions.txt')), 1e-6);
  closeTo(prediction, flat(table('lgmulticlass_true_predictions.txt')), 1e-6);
  for (const { options, additivity } of ENGINES) {
    assert.ok(contributions(model, rows, options).additivity < additivity);
  }
});

test('breast cancer: the leaf of every tree', () => {
  const model = read('lg_breast_cancer.txt');
  const rows = rowsOf(Float64Array.from(table('lg_breast_cancer_data.txt').flat()), 30);
  assert.deepEqual([...leafNumbers(model, rows)], flat(table('lg_breast_cancer_data_pred_leaves.txt')));
});

interface Answers {
  readonly rows: unknown;
  readonly raw: unknown;
  readonly prediction: unknown;
  readonly leaves: unknown;
  readonly contributions: unknown;
}

for (const name of ['categorical', 'zero-missing', 'forest', 'dart', 'no-missing', 'constant']) {
  test(`${name}: raw scores, predictions, leaves and contributions`, () => {
    const model = read(`${name}.txt`);
    const expected = answers<Answers>(`lightgbm/${name}.answers`);
    const { features, outputs, divisor } = model.forest;
    const rows = rowsOf(Float64Array.from(flat(expected.rows)), features);
    const { margin, prediction } = predictRows(model, rows);
    // LightGBM's raw scores and contributions of an averaging forest are sums; here they are those of the average it predicts
    closeTo(
      margin.map((value) => value * divisor),
      flat(expected.raw),
      1e-11,
    );
    closeTo(prediction, flat(expected.prediction), 1e-12);
    assert.deepEqual([...leafNumbers(model, rows)], flat(expected.leaves));
    for (const { options, additivity, closeness } of ENGINES) {
      const found = contributions(model, rows, options);
      const mine: number[] = [];
      for (let row = 0; row < rows.count; row++) {
        for (let output = 0; output < outputs; output++) {
          const start = (row * outputs + output) * features;
          mine.push(...found.values.subarray(start, start + features), found.bias[output] as number);
        }
      }
      closeTo(
        mine.map((value) => value * divisor),
        flat(expected.contributions),
        closeness,
      );
      assert.ok(found.additivity < additivity);
    }
  });
}

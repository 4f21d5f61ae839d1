import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../src/forest/rows.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { parseXgboost } from '../../src/formats/xgboost.ts';
import { contributions, leafNumbers, predictRows } from '../../src/trees.ts';
import { closeTo, ENGINES } from './close.ts';
import { answers, csvRows, fixture, flat } from './fixtures.ts';
import { readXgboost } from './read.ts';

interface Answers {
  readonly rows?: unknown;
  readonly margin: unknown;
  readonly prediction: unknown;
  readonly contributions: unknown;
  readonly leaves?: unknown;
}

for (const name of [
  'binary-depth6',
  'regression-diabetes',
  'multiclass-wine',
  'dart',
  'categorical',
  'forest',
  'poisson',
]) {
  test(`${name}: margins bit for bit, contributions within 1e-5, additivity`, () => {
    const model = readXgboost(name);
    const expected = answers<Answers>(`xgboost/${name}.answers`);
    const rows = rowsOf(
      Float64Array.from(flat(expected.rows ?? csvRows(`xgboost/${name}.csv`))),
      model.forest.features,
    );
    const { margin, prediction } = predictRows(model, rows);
    assert.deepEqual(Float32Array.from(margin), Float32Array.from(flat(expected.margin)));
    closeTo(prediction, flat(expected.prediction), 1e-6);

    const { features, outputs } = model.forest;
    const theirs = flat(expected.contributions);
    for (const { options, additivity } of ENGINES) {
      const found = contributions(model, rows, options);
      let largest = 1;
      for (let row = 0; row < rows.count; row++) {
        const from = row * outputs * (features + 1);
        const scale = Math.max(1, ...theirs.slice(from, from + outputs * (features + 1)).map(Math.abs));
        largest = Math.max(largest, scale);
        for (let output = 0; output < outputs; output++) {
          const start = from + output * (features + 1);
          const at = (row * outputs + output) * features;
          const mine = [...found.values.subarray(at, at + features), found.bias[output] as number];
          closeTo(mine, theirs.slice(start, start + features + 1), 1e-5 * scale);
        }
      }
      assert.ok(found.additivity < additivity * largest, `additivity ${found.additivity}`);
    }
  });
}

for (const name of ['dart', 'categorical', 'forest', 'poisson']) {
  test(`${name}: UBJSON gives the same forest as JSON`, () => {
    const [json, ubjson] = [readXgboost(name), readXgboost(name, 'xgboost-ubjson')];
    assert.deepEqual(ubjson.forest, json.forest);
    assert.deepEqual(
      [ubjson.features, ubjson.link, ubjson.objective],
      [json.features, json.link, json.objective],
    );
  });

  test(`${name}: every row falls into the leaf that XGBoost names`, () => {
    const model = readXgboost(name);
    const expected = answers<Answers>(`xgboost/${name}.answers`);
    const rows = rowsOf(Float64Array.from(flat(expected.rows)), model.forest.features);
    assert.deepEqual([...leafNumbers(model, rows)], flat(expected.leaves));
  });
}

test('base_score in its new form, one for all or one per class', () => {
  const text = new TextDecoder().decode(fixture('xgboost/forest.model'));
  const withBase = (base: string) =>
    parseXgboost(
      new TextEncoder().encode(text.replace('"base_score":"5E-1"', `"base_score":"${base}"`)),
      'xgboost-json',
      MODEL_FILE_LIMITS,
    );
  assert.deepEqual([...withBase('[2.5E-1]').forest.base], [0.25, 0.25, 0.25]);
  assert.deepEqual([...withBase('[2.5E-1,5E-1,1E0]').forest.base], [0.25, 0.5, 1]);
  assert.throws(() => withBase('[1E0,2E0]'), {
    code: 'wrong-type',
    path: 'learner.learner_model_param.base_score',
  });
});

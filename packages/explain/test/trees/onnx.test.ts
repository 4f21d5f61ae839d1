import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExplainError } from '../../src/error.ts';
import { rowsOf } from '../../src/forest/rows.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { parseOnnx } from '../../src/formats/onnx.ts';
import { linearContributionsAgainst, predictLinear } from '../../src/linear.ts';
import { contributions, contributionsAgainst, predictRows } from '../../src/trees.ts';
import { closeTo } from './close.ts';
import { answers, fixture, flat } from './fixtures.ts';

const read = (name: string) => parseOnnx(fixture(`onnx/${name}.onnx`), MODEL_FILE_LIMITS);
const asked = (name: string) => {
  const expected = answers<{ rows: unknown; scores: unknown }>(`onnx/${name}.answers`);
  return { rows: rowsOf(Float64Array.from(flat(expected.rows)), 4), scores: flat(expected.scores) };
};

const covered = [
  'regressor',
  'classes',
  'binary-logistic',
  'binary-score',
  'binary-probability',
  'binary-both',
  'double',
];
for (const name of covered) {
  test(`${name}: the scores of ONNX Runtime, contributions by the hit rates`, () => {
    const model = read(name);
    assert.ok(model.kind === 'trees');
    const { rows, scores } = asked(name);
    closeTo(predictRows(model, rows).prediction, scores, 2e-6);
    assert.equal(model.forest.hasCover, true);
    assert.ok(contributions(model, rows).additivity < 1e-5);
  });
}

for (const name of ['scaled-average', 'ensemble']) {
  test(`${name}: the scores of ONNX Runtime; without covers, contributions against background rows only`, () => {
    const model = read(name);
    assert.ok(model.kind === 'trees');
    const { rows, scores } = asked(name);
    closeTo(predictRows(model, rows).prediction, scores, 2e-6);
    assert.throws(() => contributions(model, rows), { name: 'ExplainError', code: 'no-cover' });
    assert.ok(contributionsAgainst(model, rows, rows).additivity < 1e-10);
  });
}

for (const name of ['linear-classes', 'linear-normalized', 'linear-regressor']) {
  test(`${name}: the scores of ONNX Runtime, scalings folded in`, () => {
    const model = read(name);
    assert.ok(model.kind === 'linear');
    const { rows, scores } = asked(name);
    closeTo(predictLinear(model, rows).prediction, scores, 2e-6);
    assert.ok(linearContributionsAgainst(model, rows, rows).additivity < 1e-10);
  });
}

/** Replaces a word of the file by another of the same length. */
function replaced(name: string, from: string, to: string): Uint8Array {
  assert.equal(from.length, to.length);
  const bytes = Buffer.from(fixture(`onnx/${name}.onnx`));
  const at = bytes.indexOf(from);
  assert.ok(at >= 0);
  bytes.write(to, at);
  return bytes;
}

const refused: [string, string, Uint8Array, string][] = [
  [
    'an aggregation that does not add',
    'unsupported',
    replaced('scaled-average', 'AVERAGE', 'MAXIMUM'),
    'node 2 (TreeEnsembleRegressor)',
  ],
  ['another operator', 'unsupported', replaced('scaled-average', 'Scaler', 'Binary'), 'node 0 (Binary)'],
  [
    'an unknown comparison',
    'unsupported',
    replaced('regressor', 'BRANCH_NEQ', 'BRANCH_NAH'),
    'node 0 (TreeEnsembleRegressor)',
  ],
  [
    'another transform',
    'unsupported',
    replaced('classes', 'SOFTMAX', 'PROBIT!'),
    'node 0 (TreeEnsembleClassifier)',
  ],
  ['something else', 'syntax', new TextEncoder().encode('hello, world'), 'model'],
];
for (const [name, code, bytes, path] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => parseOnnx(bytes, MODEL_FILE_LIMITS),
      (error) => error instanceof ExplainError && error.code === code && error.path === path,
    );
  });
}

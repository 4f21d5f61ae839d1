import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExplainError } from '../../src/error.ts';
import { readModelFile } from '../../src/formats/read.ts';
import { predictLinear } from '../../src/linear.ts';
import { contributions, predictRows } from '../../src/trees.ts';
import { fixture } from './fixtures.ts';

const files: Record<string, Uint8Array> = {
  'XGBoost JSON': fixture('xgboost/categorical.model'),
  UBJSON: fixture('xgboost/categorical.ubj'),
  'LightGBM text': fixture('lightgbm/categorical.txt'),
  'scikit-learn JSON': fixture('sklearn/tree.model'),
  'linear JSON': fixture('sklearn/logistic.model'),
  ONNX: fixture('onnx/regressor.onnx'),
  'ONNX with scaler': fixture('onnx/scaled-average.onnx'),
};

test('every format is recognised', () => {
  assert.deepEqual(
    Object.values(files).map((bytes) => {
      const { kind, format } = readModelFile(bytes);
      return `${kind} ${format}`;
    }),
    [
      'trees xgboost-json',
      'trees xgboost-ubjson',
      'trees lightgbm-text',
      'trees sklearn-json',
      'linear taalil-linear/1',
      'trees onnx',
      'trees onnx',
    ],
  );
  assert.throws(() => readModelFile(new TextEncoder().encode('\x80\x04pickle')), { code: 'unknown-format' });
  assert.throws(() => readModelFile(new Uint8Array()), { code: 'unknown-format' });
});

/** Reads, and where it is still a model, also runs it. */
function survive(bytes: Uint8Array): 'refused' | 'read' {
  try {
    const model = readModelFile(bytes, { maxFeatures: 1_000, maxOutputs: 100 });
    if (model.kind === 'trees') {
      const rows = { data: new Float64Array(2 * model.forest.features).fill(0.3), count: 2 };
      predictRows(model, rows);
      if (model.forest.hasCover) contributions(model, rows);
    } else if (model.kind === 'linear') {
      predictLinear(model, { data: new Float64Array(model.features.length), count: 1 });
    }
    return 'read';
  } catch (error) {
    assert.ok(
      error instanceof ExplainError,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    return 'refused';
  }
}

for (const [name, original] of Object.entries(files)) {
  test(`${name}: damaged files are refused with a code or still make a whole model`, () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 3 }),
        fc.option(fc.nat(original.length), { freq: 4 }),
        (edits, length) => {
          const bytes = original.slice(0, length ?? original.length);
          for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
          if (survive(bytes) === 'refused') refused++;
        },
      ),
      { numRuns: 250 },
    );
    assert.ok(refused > 20, `${refused} refused`);
  });
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const xgboost = text(files['XGBoost JSON']);
const lightgbm = text(files['LightGBM text']);
const first = (source: string, pattern: RegExp, replacement: string) => {
  assert.match(source, pattern);
  return source.replace(pattern, replacement);
};

const hostile: [string, string, string, string][] = [
  ['a cycle', 'bad-tree', 'tree 0, node 0', first(xgboost, /"left_children":\[\d+/, '"left_children":[0')],
  [
    'a child out of range',
    'bad-tree',
    'tree 0, node 99999',
    first(xgboost, /"left_children":\[\d+/, '"left_children":[99999'),
  ],
  [
    'a node with one child',
    'bad-tree',
    'tree 0, node -1',
    first(xgboost, /"left_children":\[\d+/, '"left_children":[-1'),
  ],
  [
    'a feature out of range',
    'bad-tree',
    'tree 0, node 0',
    first(xgboost, /"split_indices":\[\d+/, '"split_indices":[77'),
  ],
  [
    'lists of different lengths',
    'wrong-type',
    'learner.gradient_booster.model.trees[0].right_children',
    first(xgboost, /"right_children":\[\d+,/, '"right_children":['),
  ],
  [
    'a leaf that is not finite',
    'bad-tree',
    'tree 0',
    first(xgboost, /("split_conditions":\[NaN[^\]]*?),[-0-9.E]+\]/, '$1,1e999]'),
  ],
  [
    '10^9 features',
    'out-of-limits',
    'learner.learner_model_param.num_feature',
    first(xgboost, /"num_feature":"6","num_target/, '"num_feature":"1000000000","num_target'),
  ],
  [
    'an unknown objective',
    'unsupported',
    'learner.objective.name',
    first(xgboost, /reg:squarederror/, 'reg:somethingelse'),
  ],
  [
    'a linear booster',
    'unsupported',
    'learner.gradient_booster',
    first(xgboost, /"name":"gbtree"/, '"name":"gblinear"'),
  ],
  [
    'vector leaves',
    'unsupported',
    'learner.gradient_booster.model.trees[0].tree_param.size_leaf_vector',
    xgboost.replaceAll('"size_leaf_vector":"0"', '"size_leaf_vector":"3"'),
  ],
  [
    'a category that is no number',
    'bad-tree',
    'learner.gradient_booster.model.trees[0].categories',
    first(xgboost, /"categories":\[\d+/, '"categories":[-4'),
  ],
  [
    'a key twice',
    'duplicate-key',
    '',
    first(xgboost, /"left_children":/, '"left_children":[],"left_children":'),
  ],
  [
    '10^9 nodes',
    'out-of-limits',
    'learner.gradient_booster.model.trees[0].tree_param.num_nodes',
    first(xgboost, /"num_nodes":"\d+"/, '"num_nodes":"1000000000"'),
  ],
  ['a file that ends early', 'syntax', 'line 1', xgboost.slice(0, xgboost.length / 2)],
  ['a LightGBM cycle', 'bad-tree', 'tree 0, node 0', first(lightgbm, /left_child=-?\d+/, 'left_child=0')],
  [
    '10^9 leaves',
    'out-of-limits',
    'tree 0, line',
    first(lightgbm, /num_leaves=\d+/, 'num_leaves=1000000000'),
  ],
  [
    'a key twice',
    'duplicate-key',
    'line',
    first(lightgbm, /num_leaves=(\d+)\n/, 'num_leaves=$1\nnum_leaves=$1\n'),
  ],
  ['linear trees', 'unsupported', 'tree 0, line', first(lightgbm, /is_linear=0/, 'is_linear=1')],
  ['a threshold that is text', 'syntax', 'tree 0, line', first(lightgbm, /threshold=\S+/, 'threshold=abc')],
  ['trees that are missing', 'syntax', '', first(lightgbm, /Tree=9[\s\S]*end of trees/, 'end of trees')],
  [
    'an unknown LightGBM objective',
    'unsupported',
    'objective',
    first(lightgbm, /objective=regression/, 'objective=secret'),
  ],
];
for (const [name, code, path, source] of hostile) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => readModelFile(new TextEncoder().encode(source)),
      (error) => {
        assert.ok(error instanceof ExplainError, String(error));
        assert.equal(error.code, code, error.message);
        assert.ok(error.path.startsWith(path), error.path);
        return true;
      },
    );
  });
}

test('UBJSON that announces more than it holds allocates nothing', () => {
  const head = [0x7b, 0x4c, 0, 0, 0, 0, 0, 0, 0, 1, 0x61, 0x5b, 0x24, 0x64, 0x23, 0x4c];
  const bytes = Uint8Array.from([...head, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff]);
  assert.throws(() => readModelFile(bytes), { name: 'ExplainError', code: 'syntax' });
  const negative = Uint8Array.from([...head, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  assert.throws(() => readModelFile(negative), { name: 'ExplainError', code: 'syntax' });
});

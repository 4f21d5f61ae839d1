import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import { buildForest, type SourceNode, type SourceTree } from '../forest/builder.ts';
import type { Forest } from '../forest/forest.ts';
import { atMost } from '../forest/split.ts';
import { Field } from './document.ts';
import type { ModelFileLimits } from './limits.ts';
import type { Link } from './link.ts';
import { featureNames, type TreesModel, treesModel } from './trees-model.ts';

/**
 * Reads `taalil-sklearn/1`, the JSON export of scikit-learn forests, trees and gradient boosting that
 * interop/sklearn_export.py writes; docs/sklearn-format.md describes it.
 * @throws {ExplainError} as the readers and {@link buildForest}
 */
export function parseSklearn(bytes: Uint8Array, limits: ModelFileLimits): TreesModel {
  const root = new Field(
    parseFloatJson(bytes, { maxBytes: limits.maxBytes, maxDepth: 16, maxValues: 2_000_000 }),
    '',
  );
  const format = root.get('format').text();
  if (format !== 'taalil-sklearn/1')
    throw new ExplainError(
      'unknown-format',
      'format',
      `"${format}" is not read; expected "taalil-sklearn/1"`,
    );
  const columns = root.get('features').count(limits.maxFeatures);
  const outputs = root.get('outputs').count(limits.maxOutputs);
  const names = root.get('names').exists() ? root.get('names').texts() : [];
  const divisor = root.get('divisor').number();
  if (!(Number.isInteger(divisor) && divisor >= 1)) root.get('divisor').fail('a whole number above 0');
  const trees = root
    .get('trees')
    .items()
    .flatMap((tree) => readTrees(tree));
  const forest = buildForest(
    {
      features: columns,
      outputs,
      base: root.get('base').numbers(outputs),
      divisor,
      inputs: precision(root.get('inputs')),
      sums: 'float64',
    },
    trees,
  );
  return treesModel({
    format: 'sklearn-json',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...featureNames(names, columns),
    forest,
    link: readLink(root.get('link')),
    objective: root.get('estimator').text(),
  });
}

function precision(field: Field): Forest['inputs'] {
  const text = field.text();
  return text === 'float32' || text === 'float64' ? text : field.fail('"float32" or "float64"');
}

/** The links that the JSON formats of this package may name. */
export function readLink(field: Field): Link {
  const kind = field.text();
  if (kind === 'identity' || kind === 'softmax' || kind === 'exp') return { kind };
  if (kind === 'logistic') return { kind, slope: 1 };
  throw new ExplainError(
    'unsupported',
    field.path,
    `the link "${kind.slice(0, 40)}" is not known; identity, logistic, softmax and exp are`,
  );
}

/** One entry holds one structure with a list of leaf values per output that it adds to. */
function readTrees(tree: Field): SourceTree[] {
  const left = tree.get('left').numbers();
  const size = left.length;
  const right = tree.get('right').numbers(size);
  const feature = tree.get('feature').numbers(size);
  const threshold = tree.get('threshold').numbers(size);
  const cover = tree.get('cover').numbers(size);
  const missingLeft = tree.get('missingLeft').numbers(size);
  const outputs = tree.get('outputs').numbers();
  const values = tree.get('values').items();
  if (values.length !== outputs.length) {
    throw new ExplainError(
      'wrong-type',
      `${tree.path}.values`,
      `has ${values.length} lists for ${outputs.length} outputs`,
    );
  }
  return values.map((list, index) => {
    const value = list.numbers(size);
    return {
      root: 0,
      output: outputs[index] as number,
      size,
      cover: (id) => cover[id] as number,
      node(id): SourceNode {
        if (left[id] === -1 && right[id] === -1) return { value: value[id] as number };
        const split = atMost(feature[id] as number, threshold[id] as number, missingLeft[id] === 1);
        return { split, left: left[id] as number, right: right[id] as number };
      },
    };
  });
}

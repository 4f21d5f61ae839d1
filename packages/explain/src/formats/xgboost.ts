import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { type FloatDocument, parseFloatJson } from '../files/json.ts';
import { parseUbjson } from '../files/ubjson.ts';
import { buildForest, type SourceNode, type SourceTree } from '../forest/builder.ts';
import { below, oneOf } from '../forest/split.ts';
import { Field } from './document.ts';
import type { ModelFileLimits } from './limits.ts';
import type { Link } from './link.ts';
import { featureNames, type TreesModel, treesModel } from './trees-model.ts';

/** Long lists of a tree that decide nothing. */
const UNUSED: ReadonlySet<string> = new Set(['base_weights', 'loss_changes', 'parents']);

/** XGBoost keeps category codes below 2^24. */
const MAX_CATEGORY = 16_777_216;

/**
 * Reads an XGBoost model saved as JSON or UBJSON: boosters gbtree and dart, any number of classes and parallel trees,
 * categorical splits, `base_score` as a number or as a list.
 * @throws {ExplainError} `unsupported` for vector leaves, gblinear and unknown objectives, otherwise as the readers and {@link buildForest}
 */
export function parseXgboost(
  bytes: Uint8Array,
  format: 'xgboost-json' | 'xgboost-ubjson',
  limits: ModelFileLimits,
): TreesModel {
  const bounds = { maxBytes: limits.maxBytes, maxDepth: 32, maxValues: 2_000_000, skip: UNUSED };
  const document = format === 'xgboost-json' ? parseFloatJson(bytes, bounds) : parseUbjson(bytes, bounds);
  return readModel(document, format, createHash('sha256').update(bytes).digest('hex'), limits);
}

function readModel(
  document: FloatDocument,
  format: TreesModel['format'],
  sha256: string,
  limits: ModelFileLimits,
): TreesModel {
  const learner = new Field(document, '').get('learner');
  const parameters = learner.get('learner_model_param');
  const booster = readBooster(learner.get('gradient_booster'));
  const objective = learner.get('objective').get('name').text();
  const { link, toMargin } = linkOf(objective);
  const classes = parameters.get('num_class').count(limits.maxOutputs);
  const targets = parameters.get('num_target').exists()
    ? parameters.get('num_target').count(limits.maxOutputs)
    : 1;
  const outputs = Math.max(1, classes, targets);
  const columns = parameters.get('num_feature').count(limits.maxFeatures);
  const names = learner.get('feature_names').exists() ? learner.get('feature_names').texts() : [];
  const trees = booster.model.get('trees').items();
  const info = booster.model.get('tree_info').numbers(trees.length);
  const sources = trees.map((tree, index) =>
    readTree(tree, info[index] ?? -1, weightOf(booster.weights, index)),
  );
  const forest = buildForest(
    {
      features: columns,
      outputs,
      base: readBase(parameters.get('base_score'), outputs).map(toMargin),
      divisor: 1,
      inputs: 'float32',
      sums: 'float32',
    },
    sources,
  );
  return treesModel({ format, sha256, ...featureNames(names, columns), forest, link, objective });
}

function readBooster(field: Field): { model: Field; weights: Float64Array | null } {
  const name = field.get('name').text();
  if (name === 'gbtree') return { model: field.get('model'), weights: null };
  if (name !== 'dart')
    throw new ExplainError(
      'unsupported',
      field.path,
      `the booster "${name}" is not made of trees; gbtree and dart are read`,
    );
  const inner = field.get('gbtree');
  const model = inner.exists() ? inner.get('model') : field.get('model');
  const weights = field.get('weight_drop').exists() ? field.get('weight_drop') : model.get('weight_drop');
  return { model, weights: weights.numbers(model.get('trees').items().length) };
}

function weightOf(weights: Float64Array | null, index: number): number {
  return weights === null ? 1 : Math.fround(weights[index] as number);
}

/** One number for all outputs ("5E-1", or "[5E-1]" since 3.1), or one per output. */
function readBase(field: Field, outputs: number): Float64Array {
  const list = field
    .text()
    .replace(/^\[(.*)\]$/, '$1')
    .split(',');
  const numbers = list.map((text) => new Field(text, field.path).number());
  if (numbers.length !== 1 && numbers.length !== outputs) {
    throw new ExplainError('wrong-type', field.path, `has ${numbers.length} entries for ${outputs} outputs`);
  }
  return Float64Array.from({ length: outputs }, (_, output) =>
    Math.fround(numbers[output % numbers.length] ?? 0),
  );
}

function readTree(tree: Field, output: number, weight: number): SourceTree {
  const parameters = tree.get('tree_param');
  const vector = parameters.get('size_leaf_vector');
  if (vector.exists() && vector.count(1_000_000) > 1) {
    throw new ExplainError(
      'unsupported',
      vector.path,
      'leaves are vectors; train with multi_strategy "one_output_per_tree"',
    );
  }
  const left = tree.get('left_children').numbers();
  const size = left.length;
  const announced = parameters.get('num_nodes');
  if (announced.exists() && announced.number() !== size) {
    throw new ExplainError(
      'out-of-limits',
      announced.path,
      `announces ${announced.number()} nodes, ${size} are there; the file is damaged, export it again`,
    );
  }
  const right = tree.get('right_children').numbers(size);
  const feature = tree.get('split_indices').numbers(size);
  const condition = tree.get('split_conditions').numbers(size);
  const missingLeft = tree.get('default_left').numbers(size);
  const cover = tree.get('sum_hessian').numbers(size);
  const categories = readCategories(tree);
  const types = tree.get('split_type').exists()
    ? tree.get('split_type').numbers(size)
    : new Float64Array(size);
  return {
    root: 0,
    output,
    size,
    cover: (id) => Math.fround(cover[id] as number),
    node(id): SourceNode {
      const [go, stay] = [left[id] as number, right[id] as number];
      if (go === -1 && stay === -1) {
        return { value: Math.fround(Math.fround(condition[id] as number) * weight) };
      }
      const column = feature[id] as number;
      const toLeft = missingLeft[id] === 1;
      const split =
        types[id] === 1
          ? oneOf(
              column,
              categories.get(id) ?? tree.get('categories').fail(`the categories of node ${id}`),
              false,
              toLeft,
            )
          : below(column, Math.fround(condition[id] as number), toLeft);
      return { split, left: go, right: stay };
    },
  };
}

/** The categories that go right, by node. */
function readCategories(tree: Field): ReadonlyMap<number, Float64Array> {
  const found = new Map<number, Float64Array>();
  const nodes = tree.get('categories_nodes');
  if (!nodes.exists()) return found;
  const list = nodes.numbers();
  const all = tree.get('categories').numbers();
  const starts = tree.get('categories_segments').numbers(list.length);
  const sizes = tree.get('categories_sizes').numbers(list.length);
  if (!all.every((category) => Number.isInteger(category) && category >= 0 && category < MAX_CATEGORY)) {
    throw new ExplainError(
      'bad-tree',
      `${tree.path}.categories`,
      'holds a category that is not a whole number below 2^24',
    );
  }
  if (sizes.reduce((sum, size) => sum + size, 0) > all.length) {
    throw new ExplainError(
      'bad-tree',
      `${tree.path}.categories_sizes`,
      'claims more categories than there are',
    );
  }
  list.forEach((node, index) => {
    const [start, size] = [starts[index] as number, sizes[index] as number];
    if (
      !(
        Number.isInteger(start) &&
        Number.isInteger(size) &&
        start >= 0 &&
        size > 0 &&
        start + size <= all.length
      )
    ) {
      throw new ExplainError(
        'bad-tree',
        `${tree.path}.categories_segments[${index}]`,
        'points outside the categories',
      );
    }
    found.set(node, all.subarray(start, start + size));
  });
  return found;
}

interface Objective {
  readonly link: Link;
  /** The base score as the file states it (a probability or a mean) brought to a margin, in float32. */
  readonly toMargin: (base: number) => number;
}

const same = (base: number) => base;
const logit = (base: number) => 0 - Math.fround(Math.log(Math.fround(Math.fround(1 / base) - 1)));
const log = (base: number) => Math.fround(Math.log(base));

function linkOf(objective: string): Objective {
  const known = OBJECTIVES.get(objective) ?? (objective.startsWith('rank:') ? IDENTITY : undefined);
  if (known === undefined) {
    throw new ExplainError(
      'unsupported',
      'learner.objective.name',
      `the objective "${objective}" is not known, so predictions could be wrong`,
    );
  }
  return known;
}

const IDENTITY: Objective = { link: { kind: 'identity' }, toMargin: same };
const OBJECTIVES: ReadonlyMap<string, Objective> = new Map<string, Objective>([
  ...[
    'squarederror',
    'squaredlogerror',
    'absoluteerror',
    'pseudohubererror',
    'quantileerror',
    'expectileerror',
  ].map((name): [string, Objective] => [`reg:${name}`, IDENTITY]),
  ['reg:linear', IDENTITY],
  ...['binary:logistic', 'reg:logistic'].map((name): [string, Objective] => [
    name,
    { link: { kind: 'logistic', slope: 1 }, toMargin: logit },
  ]),
  ['binary:logitraw', { link: { kind: 'identity' }, toMargin: logit }],
  ['binary:hinge', { link: { kind: 'positive' }, toMargin: same }],
  ...['count:poisson', 'reg:gamma', 'reg:tweedie', 'survival:cox', 'survival:aft'].map(
    (name): [string, Objective] => [name, { link: { kind: 'exp' }, toMargin: log }],
  ),
  ['multi:softprob', { link: { kind: 'softmax' }, toMargin: same }],
  ['multi:softmax', { link: { kind: 'largest' }, toMargin: same }],
]);

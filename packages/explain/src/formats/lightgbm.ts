import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { buildForest, type SourceNode, type SourceTree } from '../forest/builder.ts';
import { atMost, nextUp, oneOf, type Split, stepsOf } from '../forest/split.ts';
import { readSections, type Section } from './lightgbm-text.ts';
import type { ModelFileLimits } from './limits.ts';
import type { Link } from './link.ts';
import { featureNames, type TreesModel, treesModel } from './trees-model.ts';

/** LightGBM's edge of zero: float32(1e-35) widened to double. */
const ZERO_EDGE = Math.fround(1e-35);

/**
 * Reads a LightGBM text model (versions 2 to 4): gbdt, dart and random forests, any number of classes, categorical
 * splits, missing values as NaN or as zero.
 * @throws {ExplainError} `unsupported` for linear trees and unknown objectives, `syntax` with the line, otherwise as {@link buildForest}
 */
export function parseLightgbm(bytes: Uint8Array, limits: ModelFileLimits): TreesModel {
  const { header, trees } = readSections(bytes, limits.maxBytes);
  const columns = header.count('max_feature_idx', limits.maxFeatures - 1) + 1;
  const perIteration = header.has('num_tree_per_iteration')
    ? header.count('num_tree_per_iteration', limits.maxOutputs)
    : header.count('num_class', limits.maxOutputs);
  if (perIteration === 0 || trees.length % perIteration !== 0) {
    throw new ExplainError(
      'bad-tree',
      'num_tree_per_iteration',
      `${trees.length} trees do not make whole iterations of ${perIteration}`,
    );
  }
  const objective = header.has('objective') ? header.text('objective') : 'custom';
  const forest = buildForest(
    {
      features: columns,
      outputs: perIteration,
      base: new Float64Array(perIteration),
      divisor: header.has('average_output') ? trees.length / perIteration : 1,
      inputs: 'float64',
      sums: 'float64',
    },
    trees.map((section, index) => readTree(section, index % perIteration)),
  );
  return treesModel({
    format: 'lightgbm-text',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...featureNames(header.has('feature_names') ? header.text('feature_names').split(' ') : [], columns),
    forest,
    link: linkOf(objective),
    objective,
  });
}

/** Inner nodes are 0 … leaves−2, leaf j is leaves−1+j. */
function readTree(section: Section, output: number): SourceTree {
  if (section.has('is_linear') && section.text('is_linear') !== '0') {
    throw new ExplainError(
      'unsupported',
      section.place('is_linear'),
      'leaves hold linear models; train with linear_tree=false',
    );
  }
  const leaves = section.count('num_leaves', 10_000_000);
  const inner = Math.max(0, leaves - 1);
  const value = section.numbers('leaf_value', leaves);
  const hasCounts = section.has('leaf_count') && (inner === 0 || section.has('internal_count'));
  const leafCount = hasCounts
    ? section.numbers('leaf_count', leaves)
    : new Float64Array(leaves).fill(Number.NaN);
  const innerCount =
    hasCounts && inner > 0
      ? section.numbers('internal_count', inner)
      : new Float64Array(inner).fill(Number.NaN);
  const [left, right, feature, threshold, kind] =
    inner === 0
      ? [[], [], [], [], []]
      : [
          section.numbers('left_child', inner),
          section.numbers('right_child', inner),
          section.numbers('split_feature', inner),
          section.numbers('threshold', inner),
          section.has('decision_type') ? section.numbers('decision_type', inner) : new Float64Array(inner),
        ];
  const categories = readCategories(section);
  const id = (child: number) => (child < 0 ? inner - 1 - child : child);
  return {
    root: inner === 0 ? inner : 0,
    output,
    size: inner + leaves,
    cover: (node) => (node < inner ? innerCount[node] : leafCount[node - inner]) as number,
    number: (node) => (node < inner ? node : node - inner),
    node(node): SourceNode {
      if (node >= inner) return { value: value[node - inner] as number };
      const [column, edge, type] = [feature[node] as number, threshold[node] as number, kind[node] as number];
      const split =
        (type & 1) === 1 ? categorical(section, column, edge, categories) : numerical(column, edge, type);
      return { split, left: id(left[node] as number), right: id(right[node] as number) };
    },
  };
}

/** `NumericalDecision` of LightGBM: x ≤ threshold goes left; missing is NaN, or zero, or (NaN read as) nothing special. */
function numerical(column: number, threshold: number, type: number): Split {
  const defaultLeft = (type & 2) === 2;
  const missing = (type >> 2) & 3;
  if (missing === 2) return atMost(column, threshold, defaultLeft);
  if (missing !== 1) return atMost(column, threshold, 0 <= threshold);
  const edges = [-ZERO_EDGE, nextUp(ZERO_EDGE), nextUp(threshold)];
  return stepsOf(
    column,
    edges,
    (x) => (Math.abs(x) <= ZERO_EDGE ? defaultLeft : x <= threshold),
    defaultLeft,
  );
}

/** `CategoricalDecision`: listed categories go left; missing, negative and unlisted ones go right. −0.5 truncates to 0. */
function categorical(
  section: Section,
  column: number,
  index: number,
  sets: readonly (readonly number[])[],
): Split {
  const listed = sets[index];
  if (listed === undefined)
    throw new ExplainError(
      'bad-tree',
      section.place('threshold'),
      `names category set ${index} of ${sets.length}`,
    );
  const split = oneOf(column, listed, true, false);
  return listed.includes(0)
    ? { ...split, edges: split.edges.map((edge) => (edge === 0 ? nextUp(-1) : edge)) }
    : split;
}

function readCategories(section: Section): number[][] {
  const count = section.has('num_cat') ? section.count('num_cat', 10_000_000) : 0;
  if (count === 0) return [];
  const bounds = section.numbers('cat_boundaries', count + 1);
  const words = section.numbers('cat_threshold');
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [bounds[index] as number, bounds[index + 1] as number];
    if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= words.length)) {
      throw new ExplainError('bad-tree', section.place('cat_boundaries'), 'points outside cat_threshold');
    }
    const listed: number[] = [];
    for (let bit = 0; bit < (to - from) * 32; bit++) {
      if (((words[from + (bit >> 5)] as number) >>> (bit & 31)) & 1) listed.push(bit);
    }
    return listed;
  });
}

function linkOf(objective: string): Link {
  const [name = '', ...options] = objective.split(' ');
  const option = (key: string) => options.find((text) => text.startsWith(`${key}:`))?.slice(key.length + 1);
  switch (name) {
    case 'binary':
    case 'multiclassova': {
      const slope = Number(option('sigmoid') ?? 1);
      if (!(slope > 0 && Number.isFinite(slope)))
        throw new ExplainError('unsupported', 'objective', 'has a sigmoid that is not above 0');
      return { kind: 'logistic', slope };
    }
    case 'cross_entropy':
      return { kind: 'logistic', slope: 1 };
    case 'multiclass':
      return { kind: 'softmax' };
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return { kind: 'exp' };
    case 'cross_entropy_lambda':
      return { kind: 'softplus' };
    case 'regression':
      return options.includes('sqrt') ? { kind: 'signed-square' } : { kind: 'identity' };
    case 'custom':
    case 'regression_l1':
    case 'huber':
    case 'fair':
    case 'quantile':
    case 'mape':
    case 'lambdarank':
    case 'rank_xendcg':
      return { kind: 'identity' };
    default:
      throw new ExplainError(
        'unsupported',
        'objective',
        `the objective "${name.slice(0, 40)}" is not known, so predictions could be wrong`,
      );
  }
}

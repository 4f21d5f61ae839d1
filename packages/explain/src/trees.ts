import { ExplainError } from './error.ts';
import { largestGap } from './forest/additivity.ts';
import { type Engine, makeEngine, makeSingleEngine } from './forest/engine.ts';
import { makePairwiseExplainer } from './forest/interactions.ts';
import { makePairExplainer } from './forest/interventional.ts';
import { pathsOf } from './forest/paths.ts';
import { planWithoutTables, planWithTables } from './forest/plan.ts';
import { leavesOf, margins } from './forest/predict.ts';
import type { Rows } from './forest/rows.ts';
import { predictionsOf } from './formats/link.ts';
import type { TreesModel } from './formats/trees-model.ts';

export interface RowPredictions {
  /** rows × outputs, as the model's own library computes it: XGBoost adds the trees in order in float32, bit for bit. */
  readonly margin: Float64Array;
  /** rows × outputs (rows × 1 for a model that names the largest class): the margins through the model's link. */
  readonly prediction: Float64Array;
}

/** Margins and predictions of rows. */
export function predictRows(model: TreesModel, rows: Rows): RowPredictions {
  const { own } =
    rows.count <= FEW_ROWS ? margins(model.forest, model.ranker, rows) : walkingEngine(model).predict(rows);
  return { margin: own, prediction: predictionsOf(model.link, own, model.forest.outputs) };
}

/** rows × trees: the leaf of each tree by the number that the model's own library gives it. */
export function leafNumbers(model: TreesModel, rows: Rows): Int32Array {
  const { forest, ranker } = model;
  const trees = forest.treeOutput.length;
  const ranks = new Int32Array(forest.features);
  const result = new Int32Array(rows.count * trees);
  for (let row = 0; row < rows.count; row++) {
    ranker.row(rows.data, row * forest.features, ranks);
    leavesOf(forest, ranks, result.subarray(row * trees, (row + 1) * trees));
  }
  return result.map((node) => forest.number[node] as number);
}

export interface RowContributions {
  /** rows × outputs × features, in units of the margin. */
  readonly values: Float64Array;
  /** The expected margin per output when nothing is known of the row. */
  readonly bias: Float64Array;
  /** rows × outputs, as {@link RowPredictions}. */
  readonly margin: Float64Array;
  /** Largest |bias + Σ values − margin added in float64| over all rows and outputs. */
  readonly additivity: number;
}

export interface ContributionOptions {
  /** Rows of one model after which tables are worth their preparation; 20,000 by default, 0 prepares them at once. */
  readonly tablesAfterRows?: number;
  /** Most memory for tables in bytes; 256 MB by default, 0 for none. */
  readonly maxTableBytes?: number;
  /** False for plain JavaScript in float64. */
  readonly kernels?: boolean;
}

/** Up to this many rows in one call are explained in float64, without preparing anything. */
const FEW_ROWS = 8;

/**
 * Path-dependent Shapley values of rows (Lundberg et al. 2020): what is not known of a row is averaged by the training
 * weight in the tree itself.
 *
 * A few rows are explained in float64 (additivity about 1e-14); batches by SIMD kernels in float32 within a tree and
 * float64 between trees (about 1e-6 of the margin's scale), prepared once per model and kept with it.
 * @throws {ExplainError} `no-cover` when the file does not say how much training weight reached the nodes
 */
export function contributions(
  model: TreesModel,
  rows: Rows,
  options: ContributionOptions = {},
): RowContributions {
  const { forest } = model;
  if (!forest.hasCover) {
    throw new ExplainError(
      'no-cover',
      '',
      'the file does not say how many training rows reached each node, so these values are undefined; give background rows and use contributionsAgainst',
    );
  }
  const values = new Float64Array(rows.count * forest.outputs * forest.features);
  const { own, exact } = engineFor(model, rows.count, options).explain(rows, values);
  const { bias } = pathsOf(forest);
  return { values, bias, margin: own, additivity: largestGap(values, bias, exact, forest.features) };
}

/**
 * Interventional Shapley values of rows against background rows: what is not known of a row is taken from the
 * background, averaged over its rows. Needs no covers.
 * @param background rows that say what is usual; their mean margin is the bias
 * @throws {ExplainError} `bad-rows` when there is no background row
 */
export function contributionsAgainst(model: TreesModel, rows: Rows, background: Rows): RowContributions {
  const { forest, ranker } = model;
  if (background.count === 0)
    throw new ExplainError('bad-rows', 'background', 'has no rows; give at least one');
  const size = forest.outputs * forest.features;
  const explainPair = makePairExplainer(forest);
  const ranks = new Int32Array(forest.features);
  const others = Array.from({ length: background.count }, (_, row) => {
    const own = new Int32Array(forest.features);
    ranker.row(background.data, row * forest.features, own);
    return own;
  });
  const values = new Float64Array(rows.count * size);
  for (let row = 0; row < rows.count; row++) {
    ranker.row(rows.data, row * forest.features, ranks);
    const own = values.subarray(row * size, (row + 1) * size);
    for (const other of others) explainPair(ranks, other, own);
    for (let i = 0; i < size; i++) own[i] = (own[i] as number) / background.count;
  }
  const usual = margins(forest, ranker, background).exact;
  const bias = new Float64Array(forest.outputs);
  usual.forEach((margin, place) => {
    bias[place % forest.outputs] = (bias[place % forest.outputs] as number) + margin / background.count;
  });
  const { own, exact } = margins(forest, ranker, rows);
  return { values, bias, margin: own, additivity: largestGap(values, bias, exact, forest.features) };
}

export interface RowInteractions {
  /** rows × outputs × features × features, symmetric; a row of the matrix adds up to the feature's contribution. */
  readonly values: Float64Array;
  /** As {@link RowContributions.bias}. */
  readonly bias: Float64Array;
  /** As {@link RowContributions.additivity}, over all entries of a matrix. */
  readonly additivity: number;
}

/**
 * Shapley interaction values (Lundberg et al. 2020, §"SHAP interaction values"), path-dependent, in float64: half of the
 * pair's interaction index off the diagonal, and on it what is left of the feature's contribution. For small models.
 * @throws {ExplainError} `no-cover` as {@link contributions}
 */
export function interactions(model: TreesModel, rows: Rows): RowInteractions {
  const { forest, ranker } = model;
  const { features, outputs } = forest;
  const single = contributions(model, rows, { kernels: false });
  const explainPairs = makePairwiseExplainer(forest);
  const size = features * features;
  const values = new Float64Array(rows.count * outputs * size);
  const ranks = new Int32Array(features);
  for (let row = 0; row < rows.count; row++) {
    ranker.row(rows.data, row * features, ranks);
    explainPairs(ranks, values.subarray(row * outputs * size, (row + 1) * outputs * size));
  }
  for (let matrix = 0; matrix < rows.count * outputs; matrix++) {
    const own = values.subarray(matrix * size, (matrix + 1) * size);
    for (let i = 0; i < features; i++) own[i * features + i] = single.values[matrix * features + i] as number;
    for (let i = 0; i < features; i++) {
      for (let j = i + 1; j < features; j++) {
        const half = (own[i * features + j] as number) / 2;
        own[i * features + j] = own[j * features + i] = half;
        own[i * features + i] = (own[i * features + i] as number) - half;
        own[j * features + j] = (own[j * features + j] as number) - half;
      }
    }
  }
  const { exact } = margins(forest, ranker, rows);
  return { values, bias: single.bias, additivity: largestGap(values, single.bias, exact, size) };
}

/** What was prepared for a model so far. */
interface Prepared {
  rows: number;
  scalar?: Engine;
  single?: Engine;
  walking?: Engine;
  tabled?: Engine;
}

const prepared = new WeakMap<TreesModel, Prepared>();

function engineFor(model: TreesModel, rows: number, options: ContributionOptions): Engine {
  const { forest, ranker } = model;
  const own = prepared.get(model) ?? { rows: 0 };
  prepared.set(model, own);
  own.rows += rows;
  if (options.kernels === false) {
    own.scalar ??= makeEngine(forest, ranker, planWithoutTables(forest), false);
    return own.scalar;
  }
  if (rows <= FEW_ROWS && options.tablesAfterRows !== 0) {
    own.single ??= makeSingleEngine(forest, ranker);
    return own.single;
  }
  const maxBytes = options.maxTableBytes ?? 256 * 1024 * 1024;
  if (maxBytes > 0 && own.rows > (options.tablesAfterRows ?? 20_000)) {
    own.tabled ??= makeEngine(forest, ranker, planWithTables(forest, maxBytes));
    return own.tabled;
  }
  return walkingEngine(model);
}

function walkingEngine(model: TreesModel): Engine {
  const own = prepared.get(model) ?? { rows: 0 };
  prepared.set(model, own);
  own.walking ??= makeEngine(model.forest, model.ranker, planWithoutTables(model.forest));
  return own.walking;
}

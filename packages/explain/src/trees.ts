import { ExplainError } from './error.ts';
import { pathsOf } from './forest/paths.ts';
import { leavesOf, margins } from './forest/predict.ts';
import { makeRowExplainer } from './forest/quadrature.ts';
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
  const { own } = margins(model.forest, model.ranker, rows);
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

/**
 * Path-dependent Shapley values of rows (Lundberg et al. 2020): what is not known of a row is averaged by the training
 * weight in the tree itself.
 * @throws {ExplainError} `no-cover` when the file does not say how much training weight reached the nodes
 */
export function contributions(model: TreesModel, rows: Rows): RowContributions {
  const { forest, ranker } = model;
  if (!forest.hasCover) {
    throw new ExplainError(
      'no-cover',
      '',
      'the file does not say how many training rows reached each node, so these values are undefined; give background rows and use contributionsAgainst',
    );
  }
  const explainRow = makeRowExplainer(forest);
  const size = forest.outputs * forest.features;
  const values = new Float64Array(rows.count * size);
  const ranks = new Int32Array(forest.features);
  for (let row = 0; row < rows.count; row++) {
    ranker.row(rows.data, row * forest.features, ranks);
    explainRow(ranks, values.subarray(row * size, (row + 1) * size));
  }
  const { bias } = pathsOf(forest);
  const { own, exact } = margins(forest, ranker, rows);
  return { values, bias, margin: own, additivity: largestGap(values, bias, exact, forest.features) };
}

function largestGap(
  values: Float64Array,
  bias: Float64Array,
  margin: Float64Array,
  features: number,
): number {
  let gap = 0;
  for (let place = 0; place < margin.length; place++) {
    let sum = bias[place % bias.length] as number;
    for (let i = place * features; i < (place + 1) * features; i++) sum += values[i] as number;
    gap = Math.max(gap, Math.abs(sum - (margin[place] as number)));
  }
  return gap;
}

import {
  type CounterfactualQuestion,
  type Counterfactuals,
  counterfactuals as treesCounterfactuals,
} from './counterfactual/counterfactuals.ts';
import { linearCounterfactuals } from './counterfactual/linear.ts';
import type { Rows } from './forest/rows.ts';
import type { RowModel } from './formats/read.ts';
import { linearContributions, linearContributionsAgainst, predictLinear } from './linear.ts';
import {
  type ContributionOptions,
  contributions,
  contributionsAgainst,
  predictRows,
  type RowContributions,
  type RowPredictions,
} from './trees.ts';

/** Margins of a model per row. */
export function outputsOf(model: RowModel): number {
  return model.kind === 'trees' ? model.forest.outputs : model.outputs;
}

/** Margins and predictions of rows. @throws {ExplainError} `bad-rows` where a linear model misses a value */
export function predictMany(model: RowModel, rows: Rows): RowPredictions {
  return model.kind === 'trees' ? predictRows(model, rows) : predictLinear(model, rows);
}

/** Exact Shapley values by the model's own training weights or means. @throws {ExplainError} `no-cover` without them */
export function contributionsOf(
  model: RowModel,
  rows: Rows,
  options: ContributionOptions = {},
): RowContributions {
  return model.kind === 'trees' ? contributions(model, rows, options) : linearContributions(model, rows);
}

/** Exact Shapley values against background rows. */
export function contributionsAgainstRows(model: RowModel, rows: Rows, background: Rows): RowContributions {
  return model.kind === 'trees'
    ? contributionsAgainst(model, rows, background)
    : linearContributionsAgainst(model, rows, background);
}

/**
 * The cheapest changes of a row that bring the target, exact, over allowed features only.
 * @param row one row; NaN is missing
 * @throws {ExplainError} `bad-question` for a question that makes no sense, such as a target that the row meets already
 */
export function counterfactuals(
  model: RowModel,
  row: Float32Array | Float64Array,
  question: CounterfactualQuestion,
): Counterfactuals {
  return model.kind === 'trees'
    ? treesCounterfactuals(model, row, question)
    : linearCounterfactuals(model, row, question);
}

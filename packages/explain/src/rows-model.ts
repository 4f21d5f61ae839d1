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

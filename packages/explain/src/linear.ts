import { ExplainError } from './error.ts';
import type { Rows } from './forest/rows.ts';
import type { LinearModel } from './formats/linear.ts';
import { predictionsOf } from './formats/link.ts';
import type { RowContributions, RowPredictions } from './trees.ts';

/**
 * Margins and predictions of rows.
 * @throws {ExplainError} `bad-rows` for a missing value: a linear model has no place for one
 */
export function predictLinear(model: LinearModel, rows: Rows): RowPredictions {
  const margin = marginsOf(model, rows);
  return { margin, prediction: predictionsOf(model.link, margin, model.outputs) };
}

/**
 * Exact Shapley values c_i (x_i − mean_i) against the means in the file (Štrumbelj & Kononenko 2014; Lundberg & Lee 2017,
 * corollary 1).
 * @throws {ExplainError} `no-cover` when the file has no means: use {@link linearContributionsAgainst}
 */
export function linearContributions(model: LinearModel, rows: Rows): RowContributions {
  if (model.means === null) {
    throw new ExplainError(
      'no-cover',
      'means',
      'the file gives no means to compare with; give background rows and use contributionsAgainst',
    );
  }
  return against(model, rows, model.means);
}

/** Exact Shapley values against the mean of background rows. @throws {ExplainError} `bad-rows` when there is none */
export function linearContributionsAgainst(
  model: LinearModel,
  rows: Rows,
  background: Rows,
): RowContributions {
  if (background.count === 0)
    throw new ExplainError('bad-rows', 'background', 'has no rows; give at least one');
  const columns = model.features.length;
  const means = new Float64Array(columns);
  for (let i = 0; i < background.count * columns; i++) {
    means[i % columns] = (means[i % columns] as number) + present(background, i, columns) / background.count;
  }
  return against(model, rows, means);
}

function against(model: LinearModel, rows: Rows, means: Float64Array): RowContributions {
  const { coefficients, outputs } = model;
  const columns = means.length;
  const values = new Float64Array(rows.count * outputs * columns);
  const bias = marginsOf(model, { data: means, count: 1 });
  const margin = marginsOf(model, rows);
  let additivity = 0;
  for (let row = 0; row < rows.count; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = bias[output] as number;
      for (let column = 0; column < columns; column++) {
        const distance = (rows.data[row * columns + column] as number) - (means[column] as number);
        const value = (coefficients[output * columns + column] as number) * distance;
        values[(row * outputs + output) * columns + column] = value;
        sum += value;
      }
      additivity = Math.max(additivity, Math.abs(sum - (margin[row * outputs + output] as number)));
    }
  }
  return { values, bias, margin, additivity };
}

function marginsOf({ coefficients, intercepts, features, outputs }: LinearModel, rows: Rows): Float64Array {
  const columns = features.length;
  const margin = new Float64Array(rows.count * outputs);
  for (let row = 0; row < rows.count; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = intercepts[output] as number;
      for (let column = 0; column < columns; column++) {
        sum +=
          (coefficients[output * columns + column] as number) *
          present(rows, row * columns + column, columns);
      }
      margin[row * outputs + output] = sum;
    }
  }
  return margin;
}

function present({ data }: Rows, place: number, columns: number): number {
  const value = data[place] as number;
  if (Number.isNaN(value)) {
    throw new ExplainError(
      'bad-rows',
      `row ${Math.floor(place / columns)}, column ${place % columns}`,
      'is missing; a linear model needs every value',
    );
  }
  return value;
}

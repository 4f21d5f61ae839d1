import { ExplainError } from '../error.ts';

/** Rows of numbers, one after another, `features` columns each; NaN is a missing value. */
export interface Rows {
  readonly data: Float32Array | Float64Array;
  readonly count: number;
}

/**
 * Wraps a typed array as rows.
 * @throws {ExplainError} `bad-rows` when the length is no multiple of `features`, or a value is infinite (row and column are named)
 */
export function rowsOf(data: Float32Array | Float64Array, features: number): Rows {
  if (features === 0 || data.length % features !== 0) {
    throw new ExplainError(
      'bad-rows',
      '',
      `${data.length} values do not make whole rows of ${features} columns`,
    );
  }
  const bad = data.findIndex(
    (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  );
  if (bad >= 0) {
    throw new ExplainError(
      'bad-rows',
      `row ${Math.floor(bad / features)}, column ${bad % features}`,
      'is infinite; give a finite number, or NaN for a missing value',
    );
  }
  return { data, count: data.length / features };
}

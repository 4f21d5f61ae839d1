import type { Layout } from './memory.ts';

/** The rank of a missing value in the first of the two lists of ranks; in the second it is −1. */
export const MISSING_RANK = 32_767;

/** Where the rows of one call lie in the memory. */
export interface RowSpace {
  /** Rows per call, a multiple of 32. */
  readonly chunk: number;
  /**
   * Entries of a list: `chunk`, and some that are never used, so that lists do not lie a multiple of 4,096 bytes apart
   * (there they would fight for the same lines of the first-level cache).
   */
  readonly stride: number;
  /** int16: for every feature a list of ranks, then the same with missing values as −1. */
  readonly ranks: number;
  /** float64: for every output and feature a list of contributions. */
  readonly totals: number;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Reserves room for rows: `wanted` of them, fewer where features and outputs are so many that it would take over 64 MB. */
export function takeRowSpace(layout: Layout, features: number, outputs: number, wanted: number): RowSpace {
  const perRow = features * (4 + 8 * outputs);
  const fitting = Math.floor(MOST_BYTES / perRow / 32) * 32;
  const chunk = Math.max(32, Math.min(wanted, fitting));
  const stride = chunk + 32;
  return {
    chunk,
    stride,
    ranks: layout.take(4 * features * stride),
    totals: layout.take(8 * features * outputs * stride),
  };
}

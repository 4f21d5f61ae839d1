/** What {@link maxT} found. */
export interface MaxT {
  /** A statistic above this is significant at α over all of them together. */
  readonly critical: number;
  /** Adjusted p-values in the order of the statistics, at least 1/(replicates + 1). */
  readonly adjusted: readonly number[];
  readonly replicates: number;
}

/**
 * Single-step max-T: the largest statistic of every resampled data set without an effect gives the distribution against
 * which all observed ones are held, with their dependence.
 *
 * Source: Westfall & Young, Resampling-Based Multiple Testing (1993), algorithm 2.8; the p-value counts the observed
 * data as one replicate (Phipson & Smyth, SAGMB 9 (2010) 39).
 *
 * @param observed statistics, larger is more extreme
 * @param maxima the largest statistic of each replicate
 */
export function maxT(observed: readonly number[], maxima: ArrayLike<number>, alpha = 0.05): MaxT {
  const sorted = Float64Array.from(maxima).sort();
  const replicates = sorted.length;
  const allowed = Math.floor(alpha * (replicates + 1));
  return {
    critical: allowed < 1 ? Infinity : (sorted[replicates - allowed] ?? Infinity),
    adjusted: observed.map((statistic) => (1 + atLeast(sorted, statistic)) / (replicates + 1)),
    replicates,
  };
}

function atLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) >= value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/** How often each whole number of days occurs: `{ '12': 3 }`. */
export type Histogram = Readonly<Record<string, number>>;

/** A median of whole days as a decimal string, with its 95 % interval. */
export interface Median {
  readonly median: string;
  readonly interval: readonly [number, number];
  readonly of: number;
}

/**
 * The rank, from 1, of the order statistic that bounds the median from below with a probability of at least
 * 97.5 %; 0 when there are too few values (fewer than 6).
 *
 * Source: W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. (1999), section 3.2: exact binomial ranks.
 */
export function lowerRank(n: number): number {
  let logTerm = -n * Math.LN2;
  let below = Math.exp(logTerm);
  let rank = 0;
  while (below <= 0.025 && rank <= n / 2) {
    rank++;
    logTerm += Math.log(n - rank + 1) - Math.log(rank);
    below += Math.exp(logTerm);
  }
  return rank;
}

/** Median and distribution-free interval of the values of a histogram; undefined for fewer than six values. */
export function medianOf(histogram: Histogram): Median | undefined {
  const bins = Object.entries(histogram)
    .map(([days, count]) => [Number(days), count] as const)
    .sort(([a], [b]) => a - b);
  const n = bins.reduce((sum, [, count]) => sum + count, 0);
  const lower = lowerRank(n);
  if (lower === 0) return undefined;
  const at = (rank: number): number => {
    let seen = 0;
    for (const [days, count] of bins) {
      seen += count;
      if (seen >= rank) return days;
    }
    throw new RangeError(`no rank ${rank} among ${n}`);
  };
  const middle = (at(Math.floor((n + 1) / 2)) + at(Math.floor(n / 2) + 1)) / 2;
  return { median: String(middle), interval: [at(lower), at(n + 1 - lower)], of: n };
}

/** What was added to a histogram since an earlier state of it. */
export function histogramSince(now: Histogram, before: Histogram): Histogram {
  return Object.fromEntries(
    Object.entries(now)
      .map(([days, count]) => [days, count - (before[days] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

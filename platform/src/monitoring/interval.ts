/** 0.975 quantile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959963984540054;

/** A share with its 95 % interval, as decimal strings of three digits; the bounds are rounded outwards. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: string;
  readonly interval: readonly [string, string];
}

/**
 * Wilson's score interval for a binomial proportion, without continuity correction.
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209–212; recommended for small and extreme shares by R. G. Newcombe,
 * Statistics in Medicine 17 (1998) 857–872 (method 3), whose examples are the test's reference values.
 *
 * @param count whole number from 0 to `of`
 * @param of whole number, at least 1
 */
export function wilson(count: number, of: number): readonly [number, number] {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(of) || of < 1 || count < 0 || count > of) {
    throw new RangeError(`no share: ${count} of ${of}`);
  }
  const p = count / of;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return [count === 0 ? 0 : Math.max(0, centre - half), count === of ? 1 : Math.min(1, centre + half)];
}

/** `count` of `of` with its interval, ready to publish. */
export function shareOf(count: number, of: number): Share {
  const [low, high] = wilson(count, of);
  return {
    count,
    of,
    share: (Math.round((count * 1000) / of) / 1000).toFixed(3),
    interval: [(Math.floor(low * 1000) / 1000).toFixed(3), (Math.ceil(high * 1000) / 1000).toFixed(3)],
  };
}

/** A range of values, both ends included. `high` may be `Infinity` for a ratio. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A value with its interval and the name of the method that made it. */
export interface Estimate extends Interval {
  readonly value: number;
  readonly method: string;
}

/**
 * Successes out of a total. Real numbers are allowed: an *effective* count, made smaller by weights or clusters, enters
 * the same formulas (Korn & Graubard, Survey Methodology 24 (1998) 193–201).
 */
export interface Count {
  readonly successes: number;
  readonly total: number;
}

/** 0.975 quantile of the standard normal distribution: two-sided 95 %. */
export const Z95 = 1.959963984540054;

export function rateOf({ successes, total }: Count): number | undefined {
  return total > 0 ? successes / total : undefined;
}

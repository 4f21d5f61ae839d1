import { bisect } from './gamma.ts';
import { type Count, type Interval, Z95 } from './interval.ts';
import { normalUpper } from './normal.ts';
import { wilson } from './wilson.ts';

/**
 * Newcombe's hybrid score interval for the difference of two independent rates, first minus second; `undefined` when
 * one of them is.
 *
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
 */
export function newcombe(first: Count, second: Count, z: number = Z95): Interval | undefined {
  const one = wilson(first, z);
  const two = wilson(second, z);
  if (one === undefined || two === undefined) return undefined;
  const p1 = first.successes / first.total;
  const p2 = second.successes / second.total;
  return {
    low: p1 - p2 - Math.hypot(p1 - one.low, two.high - p2),
    high: p1 - p2 + Math.hypot(one.high - p1, p2 - two.low),
  };
}

const FARTHEST_Z = 38;

/**
 * Two-sided p-value of the hypothesis that the absolute difference is at most `tolerance`: the smallest α whose
 * {@link newcombe} interval of level 1 − α lies outside the tolerance on one side. 1 when the estimate is within it.
 */
export function differenceBeyond(first: Count, second: Count, tolerance: number): number | undefined {
  return pValue(first, second, (interval) => interval.low > tolerance || interval.high < -tolerance);
}

/** Two-sided p-value of the hypothesis that the absolute difference is above `tolerance`. */
export function differenceWithin(first: Count, second: Count, tolerance: number): number | undefined {
  return pValue(first, second, (interval) => interval.low >= -tolerance && interval.high <= tolerance);
}

function pValue(first: Count, second: Count, shown: (interval: Interval) => boolean): number | undefined {
  if (first.total === 0 || second.total === 0) return undefined;
  const holds = (z: number) => shown(newcombe(first, second, z) as Interval);
  if (!holds(0)) return 1;
  return 2 * normalUpper(bisect(0, FARTHEST_Z, holds));
}

import { checkCounts } from '../error.ts';
import { type Count, type Interval, Z95 } from './interval.ts';

/**
 * Wilson's score interval for a rate, without continuity correction; `undefined` when nobody was counted.
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209–212; R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3.
 */
export function wilson({ successes, total }: Count, z: number = Z95): Interval | undefined {
  checkCounts(successes, total);
  if (total === 0) return undefined;
  const p = successes / total;
  const shrink = 1 + (z * z) / total;
  const centre = (p + (z * z) / (2 * total)) / shrink;
  const half = (z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total))) / shrink;
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === total ? 1 : Math.min(1, centre + half),
  };
}

import { checkCounts } from '../error.ts';
import { bisect } from './gamma.ts';
import { type Count, type Interval, Z95 } from './interval.ts';
import { normalUpper } from './normal.ts';

/**
 * Score statistic of the hypothesis that the ratio of two rates, first over second, is `ratio`: positive when the
 * estimate lies above it. The nuisance rate is at its maximum likelihood under the hypothesis.
 */
export function ratioScore(first: Count, second: Count, ratio: number): number {
  const [a, m] = [first.successes, first.total];
  const [b, n] = [second.successes, second.total];
  const square = (m + n) * ratio;
  const linear = (m + b) * ratio + a + n;
  const discriminant = Math.max(0, linear * linear - 4 * square * (a + b));
  const p2 = (2 * (a + b)) / (linear + Math.sqrt(discriminant));
  const p1 = Math.min(1, ratio * p2);
  const variance = (p1 * (1 - p1)) / m + (ratio * ratio * p2 * (1 - p2)) / n;
  const distance = a / m - (ratio * b) / n;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * Infinity;
  return distance / Math.sqrt(variance);
}

/**
 * Koopman's score interval for the ratio of two independent rates, first over second; `high` is `Infinity` when the
 * second had no success, `undefined` when a total is 0.
 *
 * Source: P. A. R. Koopman, Biometrics 40 (1984) 513–517.
 */
export function koopman(first: Count, second: Count, z: number = Z95): Interval | undefined {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
  if (first.total === 0 || second.total === 0) return undefined;
  const estimate = first.successes / first.total / (second.successes / second.total);
  const centre = Number.isFinite(estimate) && estimate > 0 ? Math.log(estimate) : 0;
  const score = (log: number) => ratioScore(first, second, Math.exp(log));
  return {
    low: first.successes === 0 ? 0 : Math.exp(bisect(centre - FAR, high(estimate), (log) => score(log) > z)),
    high:
      second.successes === 0
        ? Infinity
        : Math.exp(bisect(low(estimate), centre + FAR, (log) => score(log) >= -z)),
  };
}

const FAR = 40;
const high = (estimate: number) => (Number.isFinite(estimate) ? Math.log(estimate) : FAR);
const low = (estimate: number) => (estimate > 0 ? Math.log(estimate) : -FAR);

/** One-sided p-values of the score test against `ratio`; `undefined` when a total or both successes are 0. */
export function ratioPValues(
  first: Count,
  second: Count,
  ratio: number,
): { readonly below: number; readonly above: number } | undefined {
  if (first.total === 0 || second.total === 0 || first.successes + second.successes === 0) return undefined;
  const score = ratioScore(first, second, ratio);
  return { below: normalUpper(-score), above: normalUpper(score) };
}

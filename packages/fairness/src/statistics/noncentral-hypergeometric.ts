import { logFactorial } from './gamma.ts';
import type { Count } from './interval.ts';

/**
 * Logarithm of the sum over every possible number k of successes in the first group, given the margins, of its
 * hypergeometric weight times e^(k · odds). Walks outwards from the mode, so time grows with the standard deviation.
 */
export function logWeights(first: Count, second: Count, odds: number): number {
  const successes = first.successes + second.successes;
  const lowest = Math.max(0, successes - second.total);
  const highest = Math.min(first.total, successes);
  const factor = Math.exp(odds);
  const up = (k: number) =>
    factor * ((first.total - k) / (k + 1)) * ((successes - k) / (second.total - successes + k + 1));
  let [mode, over] = [lowest, highest];
  while (mode < over) {
    const middle = (mode + over) >> 1;
    if (up(middle) > 1) mode = middle + 1;
    else over = middle;
  }
  let sum = 1;
  for (let k = mode, term = 1; k < highest && term > 1e-18; k++) {
    term *= up(k);
    sum += term;
  }
  for (let k = mode, term = 1; k > lowest && term > 1e-18; k--) {
    term /= up(k - 1);
    sum += term;
  }
  const top =
    -logFactorial(mode) -
    logFactorial(first.total - mode) -
    logFactorial(successes - mode) -
    logFactorial(second.total - successes + mode);
  return top + mode * odds + Math.log(sum);
}

/** log Σ exp of some logarithms. */
export function logSum(logs: readonly number[]): number {
  const most = logs.reduce((larger, log) => Math.max(larger, log), Number.NEGATIVE_INFINITY);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

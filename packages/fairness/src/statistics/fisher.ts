import { FairnessError } from '../error.ts';
import { logFactorial } from './gamma.ts';
import type { Count } from './interval.ts';

/** Mid-p values of one 2 × 2 table. */
export interface MidP {
  /** Evidence that the first rate is lower. */
  readonly less: number;
  /** Evidence that the first rate is higher. */
  readonly greater: number;
  /** Twice the smaller one, at most 1. */
  readonly twoSided: number;
}

/**
 * Fisher's exact test with the mid-p correction: half the probability of the observed table counts.
 *
 * Source: H. O. Lancaster, JASA 56 (1961) 223–234; A. Agresti, Categorical Data Analysis, 3rd ed., section 3.5.5.
 * Whole counts only.
 */
export function fisherMidP(first: Count, second: Count): MidP {
  const { lowest, highest, log } = hypergeometricOf(first, second);
  const observed = Math.exp(log(first.successes));
  const upto = sum(first.successes, lowest, -1, log);
  const from = sum(first.successes, highest, 1, log);
  const less = Math.min(1, upto - observed / 2);
  const greater = Math.min(1, from - observed / 2);
  return { less, greater, twoSided: Math.min(1, 2 * Math.min(less, greater)) };
}

/**
 * One-sided exact p-value for "the first rate is higher" given both margins: the probability of as many successes or more. Its
 * level holds for any counts, which that of the mid-p does not. Whole counts only.
 *
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1934), section 21.02.
 */
export function fisherExactGreater(first: Count, second: Count): number {
  const { highest, log } = hypergeometricOf(first, second);
  return Math.min(1, sum(first.successes, highest, 1, log));
}

/** The successes that the first group can have with these margins, and the logarithm of the probability of each. */
function hypergeometricOf(first: Count, second: Count) {
  for (const n of [first.successes, first.total, second.successes, second.total]) {
    if (Number.isSafeInteger(n) && n >= 0) continue;
    throw new FairnessError('bad-input', `${n} is no whole count`, { mend: 'Give unweighted counts' });
  }
  const successes = first.successes + second.successes;
  const total = first.total + second.total;
  return {
    lowest: Math.max(0, successes - second.total),
    highest: Math.min(first.total, successes),
    log: (k: number) =>
      choose(successes, k) + choose(total - successes, first.total - k) - choose(total, first.total),
  };
}

function sum(start: number, end: number, step: 1 | -1, log: (k: number) => number): number {
  let total = 0;
  let before = 0;
  for (let k = start; step > 0 ? k <= end : k >= end; k += step) {
    const p = Math.exp(log(k));
    total += p;
    if (p < before && p < total * 1e-17) break;
    before = p;
  }
  return total;
}

function choose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

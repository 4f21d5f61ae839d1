import { FairnessError } from '../error.ts';
import type { Count } from './interval.ts';

/** Sums over weighted rows: of the weights, of their squares, and both again over the successes alone. */
export interface WeightSums {
  readonly weight: number;
  readonly square: number;
  readonly successWeight: number;
  readonly successSquare: number;
}

/**
 * A weighted rate as an *effective count*: the simple random sample that would know the rate as well. It enters Wilson,
 * Newcombe, Koopman and the gap as it is. The variance is Σw²(y − p)²/(Σw)²; where the rate is 0 or 1, Kish's
 * (Σw)²/Σw² stands in.
 *
 * Source: L. Kish, Survey Sampling (1965), section 11.7; Korn & Graubard, Survey Methodology 24 (1998) 193–201.
 */
export function effectiveCount({ weight, square, successWeight, successSquare }: WeightSums): Count {
  if (weight === 0) return { successes: 0, total: 0 };
  const p = Math.min(1, successWeight / weight);
  const spread = successSquare * (1 - 2 * p) + p * p * square;
  const kish = (weight * weight) / square;
  const total = p === 0 || p === 1 || spread <= 0 ? kish : (p * (1 - p) * weight * weight) / spread;
  return { successes: p * total, total };
}

/** Divides the evidence of a count by its design effect (at least 1: clusters never add people). */
export function deflate({ successes, total }: Count, designEffect: number): Count {
  const by = Math.max(1, designEffect);
  return { successes: successes / by, total: total / by };
}

/**
 * Variance from replicate estimates: `scale` Σ coefficients × (replicate − full)². Balanced repeated replication has
 * scale 1/R, Fay's method 1/(R(1 − ε)²), the delete-one jackknife (R − 1)/R.
 *
 * Source: K. M. Wolter, Introduction to Variance Estimation, 2nd ed. (2007), chapters 3 and 4.
 */
export function replicateVariance(
  full: number,
  replicates: readonly number[],
  scale: number,
  coefficients?: readonly number[],
): number {
  if (replicates.length === 0 || (coefficients !== undefined && coefficients.length !== replicates.length)) {
    throw new FairnessError('bad-input', 'replicates and their coefficients do not match', {
      mend: 'Give at least one replicate, and one coefficient each or none',
    });
  }
  const sum = replicates.reduce(
    (total, value, at) => total + (coefficients?.[at] ?? 1) * (value - full) ** 2,
    0,
  );
  return scale * sum;
}

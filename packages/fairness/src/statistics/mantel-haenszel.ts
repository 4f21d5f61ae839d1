import { type Count, type Estimate, Z95 } from './interval.ts';

/** One stratum: the group of interest and the group it is compared with. */
export interface Stratum {
  readonly group: Count;
  readonly reference: Count;
}

/**
 * Mantel–Haenszel ratio of rates, conditional on strata; strata in which one side is empty tell nothing and drop out.
 *
 * Source: Greenland & Robins, Biometrics 41 (1985) 55–68 (ratio and variance of its logarithm).
 *
 * @returns `undefined` when no stratum holds both sides or one side never succeeded.
 */
export function mantelHaenszelRatio(strata: readonly Stratum[], z: number = Z95): Estimate | undefined {
  let above = 0;
  let below = 0;
  let spread = 0;
  for (const { group, reference } of strata) {
    const total = group.total + reference.total;
    if (group.total === 0 || reference.total === 0) continue;
    above += (group.successes * reference.total) / total;
    below += (reference.successes * group.total) / total;
    const successes = group.successes + reference.successes;
    spread +=
      (group.total * reference.total * successes - group.successes * reference.successes * total) /
      (total * total);
  }
  return logEstimate(above, below, spread / (above * below), z, 'mantel-haenszel-greenland-robins');
}

/**
 * Mantel–Haenszel odds ratio, conditional on strata.
 *
 * Source: Mantel & Haenszel, JNCI 22 (1959) 719–748; variance of Robins, Breslow & Greenland, Biometrics 42 (1986)
 * 311–323.
 */
export function mantelHaenszelOdds(strata: readonly Stratum[], z: number = Z95): Estimate | undefined {
  let [above, below, pr, psqr, qs] = [0, 0, 0, 0, 0];
  for (const { group, reference } of strata) {
    const total = group.total + reference.total;
    if (group.total === 0 || reference.total === 0) continue;
    const failures = {
      group: group.total - group.successes,
      reference: reference.total - reference.successes,
    };
    const p = (group.successes + failures.reference) / total;
    const q = 1 - p;
    const r = (group.successes * failures.reference) / total;
    const s = (reference.successes * failures.group) / total;
    above += r;
    below += s;
    pr += p * r;
    psqr += p * s + q * r;
    qs += q * s;
  }
  const variance = pr / (2 * above * above) + psqr / (2 * above * below) + qs / (2 * below * below);
  return logEstimate(above, below, variance, z, 'mantel-haenszel-robins-breslow-greenland');
}

function logEstimate(
  above: number,
  below: number,
  variance: number,
  z: number,
  method: string,
): Estimate | undefined {
  if (above <= 0 || below <= 0) return undefined;
  const value = above / below;
  const half = z * Math.sqrt(variance);
  return { value, low: value * Math.exp(-half), high: value * Math.exp(half), method };
}

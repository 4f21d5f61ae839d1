import type { Count, Estimate } from './interval.ts';
import type { Stratum } from './mantel-haenszel.ts';

/**
 * Conditional demographic disparity: in each stratum, the group's share among the refused minus its share among the
 * granted, averaged with the strata's sizes. `successes` are grants. Between −1 and 1; 0 means none.
 *
 * Source: Wachter, Mittelstadt & Russell, Computer Law & Security Review 41 (2021) 105567, section 4.
 *
 * @returns `undefined` when no stratum has both grants and refusals. Strata without one of them drop out.
 */
export function conditionalDemographicDisparity(strata: readonly Stratum[]): number | undefined {
  let sum = 0;
  let size = 0;
  for (const { group, reference } of strata) {
    const grants = group.successes + reference.successes;
    const total = group.total + reference.total;
    if (grants === 0 || grants === total) continue;
    const among = (group.total - group.successes) / (total - grants) - group.successes / grants;
    sum += total * among;
    size += total;
  }
  return size === 0 ? undefined : sum / size;
}

/**
 * Simpson's paradox: the disparity over all strata and the one within them point in opposite directions, both beyond
 * doubt (neither interval holds 1).
 *
 * Source: E. H. Simpson, JRSS B 13 (1951) 238–241.
 */
export function simpsonsParadox(crude: Estimate, conditional: Estimate): boolean {
  return (crude.low > 1 && conditional.high < 1) || (crude.high < 1 && conditional.low > 1);
}

/** All strata added together. */
export function pooled(strata: readonly Stratum[]): Stratum {
  const add = (pick: (stratum: Stratum) => Count): Count => ({
    successes: strata.reduce((sum, stratum) => sum + pick(stratum).successes, 0),
    total: strata.reduce((sum, stratum) => sum + pick(stratum).total, 0),
  });
  return { group: add((s) => s.group), reference: add((s) => s.reference) };
}

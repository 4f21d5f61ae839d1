import { bisect, logBeta } from './gamma.ts';
import type { Count, Interval } from './interval.ts';

/**
 * A confidence sequence for one rate: valid at every look at once, however often one looks and whenever one stops.
 * Exact for independent rows: the ratio of a Beta(a, b) mixture to the likelihood of a rate is a test martingale, and
 * Ville's inequality keeps it under 1/α for ever with probability 1 − α.
 *
 * Source: H. Robbins, Annals of Mathematical Statistics 41 (1970) 1397–1409; J. Ville (1939).
 *
 * @param count everything seen so far
 */
export function rateSequence(
  { successes, total }: Count,
  alpha = 0.05,
  prior: readonly [number, number] = [0.5, 0.5],
): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const failures = total - successes;
  const [a, b] = prior;
  const mixture = logBeta(a + successes, b + failures) - logBeta(a, b);
  const kept = (p: number) =>
    mixture -
      (successes === 0 ? 0 : successes * Math.log(p)) -
      (failures === 0 ? 0 : failures * Math.log1p(-p)) <
    -Math.log(alpha);
  const estimate = successes / total;
  return {
    low: successes === 0 ? 0 : bisect(0, estimate, (p) => !kept(p)),
    high: failures === 0 ? 1 : bisect(estimate, 1, kept),
  };
}

/**
 * A confidence sequence for a difference of rates, first minus second: asymptotic, by a normal mixture over the
 * information gathered so far. `scale` is the size of difference at which it should be sharpest and must be declared
 * before the first look.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 52 (2024) 2613–2640; boundary of Robbins
 * (1970). The variance has one success and one failure added to each side (Agresti & Caffo, The American Statistician 54
 * (2000) 280–288), so that a month without any event is not taken for certainty.
 *
 * @param first everything seen so far
 */
export function differenceSequence(
  first: Count,
  second: Count,
  { alpha = 0.05, scale = 0.05 }: { alpha?: number; scale?: number } = {},
): Interval {
  if (first.total === 0 || second.total === 0) return { low: -1, high: 1 };
  const difference = first.successes / first.total - second.successes / second.total;
  const information = 1 / (variance(first) + variance(second));
  const prior = 1 / (scale * scale);
  const z = Math.sqrt((1 + prior / information) * Math.log((information + prior) / (prior * alpha * alpha)));
  const half = z / Math.sqrt(information);
  return { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) };
}

function variance({ successes, total }: Count): number {
  const p = (successes + 1) / (total + 2);
  return (p * (1 - p)) / total;
}

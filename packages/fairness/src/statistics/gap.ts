import { type Count, type Estimate, rateOf } from './interval.ts';
import { newcombe } from './newcombe.ts';
import { rangeQuantile } from './studentized-range.ts';

/** The largest rate minus the smallest, with the positions of the two groups in the list that was given. */
export interface Gap extends Estimate {
  readonly highest: number;
  readonly lowest: number;
}

/**
 * The gap between the highest and the lowest rate of independent groups, with simultaneous bounds.
 *
 * Every pairwise difference gets a Newcombe interval at the critical value q/√2 of Tukey's studentized range, so that
 * together they hold with probability 1 − α; the gap of the true rates then lies between the largest lower bound and the
 * largest upper bound. Picking the two extreme groups after seeing the data costs nothing: every pair was paid for. For
 * two groups this is Newcombe's interval of the absolute difference. A percentile bootstrap is never used here: the
 * resampled maximum minus minimum is biased upwards and excludes zero where there is no gap.
 *
 * Source: Agresti, Bini, Bertaccini & Ryu, Biometrics 64 (2008) 1270–1275 (studentized range with score methods);
 * A. J. Hayter, Annals of Statistics 12 (1984) 61–75 (unequal group sizes).
 *
 * @returns `undefined` with fewer than two groups that have a rate.
 */
export function gap(groups: readonly Count[], alpha = 0.05): Gap | undefined {
  const counted = groups.map((count, at) => ({ count, at, rate: rateOf(count) })).filter(hasRate);
  const [first] = counted;
  if (first === undefined || counted.length < 2) return undefined;
  let [highest, lowest] = [first, first];
  for (const one of counted) {
    if (one.rate > highest.rate) highest = one;
    if (one.rate < lowest.rate) lowest = one;
  }
  const z = rangeQuantile(alpha, counted.length) / Math.SQRT2;
  let [low, high] = [0, 0];
  for (let i = 0; i < counted.length; i++) {
    for (let j = 0; j < i; j++) {
      const one = counted[i]?.count as Count;
      const other = counted[j]?.count as Count;
      const pair = newcombe(one, other, z);
      if (pair === undefined) continue;
      low = Math.max(low, pair.low, -pair.high);
      high = Math.max(high, pair.high, -pair.low);
    }
  }
  return {
    value: highest.rate - lowest.rate,
    low,
    high: Math.min(1, high),
    method: 'simultaneous-newcombe',
    highest: highest.at,
    lowest: lowest.at,
  };
}

/**
 * Equal odds: the larger of the gaps in true-positive and false-positive rate, with joint bounds. Each gap holds at
 * 1 − α/2, so both do at 1 − α (Bonferroni).
 *
 * Source: Hardt, Price & Srebro, NeurIPS 29 (2016), for the definition.
 */
export function equalOddsGap(
  truePositive: readonly Count[],
  falsePositive: readonly Count[],
  alpha = 0.05,
): Gap | undefined {
  const one = gap(truePositive, alpha / 2);
  const two = gap(falsePositive, alpha / 2);
  if (one === undefined || two === undefined) return undefined;
  return {
    ...(one.value >= two.value ? one : two),
    low: Math.max(one.low, two.low),
    high: Math.max(one.high, two.high),
    method: 'simultaneous-newcombe-joint',
  };
}

function hasRate<T extends { rate: number | undefined }>(one: T): one is T & { rate: number } {
  return one.rate !== undefined;
}

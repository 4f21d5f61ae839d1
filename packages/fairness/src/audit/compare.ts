import { METRICS, type Metric, measure } from '../cells/metrics.ts';
import type { Tally } from '../cells/tally.ts';
import {
  type Count,
  deflate,
  type Estimate,
  type Interval,
  koopman,
  newcombe,
  wilson,
} from '../statistics/index.ts';

/** A rate of one group. `value`, `low` and `high` are `undefined` together, where nobody could be counted. */
export interface Rate {
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Rows that the rate is out of. */
  readonly denominator: number;
  readonly method: string;
  /** Where the value could lie if the rows without the attribute were distributed in the worst way. */
  readonly worstCase?: Interval;
}

/** The same rate in a group and in what it is compared with. */
export interface Pair {
  readonly group: Count;
  readonly reference: Count;
  readonly denominators: readonly [number, number];
  readonly exact: boolean;
}

export function rateOfGroup(tally: Tally, metric: Metric, unknown: Tally, designEffect: number): Rate {
  const found = measure(tally, metric);
  if (found === undefined || found.count.total === 0) {
    return rateOfCount({ successes: 0, total: 0 }, found?.denominator ?? 0, true);
  }
  const exact = found.exact && designEffect === 1;
  return {
    ...rateOfCount(deflate(found.count, designEffect), found.denominator, exact),
    ...worstCase(tally, metric, unknown),
  };
}

/**
 * A rate with Wilson's interval.
 *
 * @param count effective where not `exact`
 * @param denominator rows that it is out of
 */
export function rateOfCount(count: Count, denominator: number, exact: boolean): Rate {
  const interval = wilson(count);
  if (interval === undefined) {
    return { value: undefined, low: undefined, high: undefined, denominator, method: 'undefined' };
  }
  const method = exact ? 'wilson' : 'wilson-effective';
  return { value: count.successes / count.total, ...interval, denominator, method };
}

export function pairOf(
  group: Tally,
  reference: Tally,
  metric: Metric,
  designEffect: number,
): Pair | undefined {
  const [one, two] = [measure(group, metric), measure(reference, metric)];
  if (one === undefined || two === undefined) return undefined;
  return {
    group: deflate(one.count, designEffect),
    reference: deflate(two.count, designEffect),
    denominators: [one.denominator, two.denominator],
    exact: one.exact && two.exact && designEffect <= 1,
  };
}

/** Group minus comparison, with Newcombe's interval. */
export function differenceOf({ group, reference, exact }: Pair): Estimate | undefined {
  const interval = newcombe(group, reference);
  if (interval === undefined) return undefined;
  const value = group.successes / group.total - reference.successes / reference.total;
  return { value, ...interval, method: exact ? 'newcombe' : 'newcombe-effective' };
}

/** Group over comparison, with Koopman's interval; `undefined` where neither ever succeeded. */
export function ratioOf({ group, reference, exact }: Pair): Estimate | undefined {
  const interval = koopman(group, reference);
  if (interval === undefined || group.successes + reference.successes === 0) return undefined;
  const value = group.successes / group.total / (reference.successes / reference.total);
  return { value, ...interval, method: exact ? 'koopman' : 'koopman-effective' };
}

/** The pair with its outcomes turned round: those who were not selected. */
export function turned(pair: Pair): Pair {
  const other = ({ successes, total }: Count): Count => ({ successes: total - successes, total });
  return { ...pair, group: other(pair.group), reference: other(pair.reference) };
}

/** The pair with its sides changed. */
export function swapped(pair: Pair): Pair {
  return {
    ...pair,
    group: pair.reference,
    reference: pair.group,
    denominators: [pair.denominators[1], pair.denominators[0]],
  };
}

/**
 * Where the rate could lie if any of the rows without the attribute belonged to this group.
 *
 * Source: Horowitz & Manski, Econometrica 63 (1995) 281–302 (identification under contaminated data).
 */
function worstCase(tally: Tally, metric: Metric, unknown: Tally): { worstCase?: Interval } {
  const known = measure(tally, metric)?.count;
  const stray = measure(unknown, metric)?.count;
  if (known === undefined || stray === undefined) return {};
  const failures = stray.total - stray.successes;
  return {
    worstCase: {
      low: known.successes / (known.total + failures),
      high: (known.successes + stray.successes) / (known.total + stray.successes),
    },
  };
}

/** Where the difference could lie likewise, the rows without the attribute being shared out in the worst way. */
export function worstDifference(
  group: Tally,
  reference: Tally,
  metric: Metric,
  unknown: Tally,
): Interval | undefined {
  const one = worstCase(group, metric, unknown).worstCase;
  const two = worstCase(reference, metric, unknown).worstCase;
  if (one === undefined || two === undefined) return undefined;
  return { low: one.low - two.high, high: one.high - two.low };
}

/** Rates in the order of {@link METRICS}, leaving out those that the file cannot tell at all. */
export function metricsOf(hasTruth: boolean): readonly Metric[] {
  return hasTruth ? METRICS : ['selection'];
}

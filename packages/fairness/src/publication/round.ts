import { FairnessError } from '../error.ts';
import { type Estimate, type Interval, koopman, wilson } from '../statistics/index.ts';

/** A count rounded to a multiple of ten, and the counts that it may stand for, both ends included. */
export interface RoundedCount {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const ROUNDED_TO = 10;

/** Rounds a whole count to the nearest multiple of `to`, halves upwards. */
export function roundCount(count: number, to: number = ROUNDED_TO): RoundedCount {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new FairnessError('bad-input', `${count} is no whole count`, { mend: 'Round unweighted counts' });
  }
  return readRounded(Math.floor((count + to / 2) / to) * to, to);
}

/** What a count that somebody else rounded may stand for. */
export function readRounded(value: number, to: number = ROUNDED_TO): RoundedCount {
  return { value, low: Math.max(0, value - to / 2), high: value + to / 2 - 1 };
}

/**
 * The sum of rounded counts, with the sum of their bounds. Totals are published like this, never rounded on their own: a
 * total with its own rounding would narrow what its parts may be.
 */
export function sumRounded(counts: readonly RoundedCount[]): RoundedCount {
  return counts.reduce(
    (sum, one) => ({
      value: sum.value + one.value,
      low: sum.low + one.low,
      high: sum.high + one.high,
    }),
    { value: 0, low: 0, high: 0 },
  );
}

/** Rounded successes and failures of one group. */
export interface RoundedSplit {
  readonly successes: RoundedCount;
  readonly failures: RoundedCount;
}

/**
 * A rate out of rounded counts. The interval holds whatever the counts were before rounding: Wilson's lower end at the
 * fewest successes and most failures that the rounding allows, its upper end at the other extreme.
 *
 * @returns `undefined` where the group may be empty
 */
export function roundedRate({ successes, failures }: RoundedSplit): Estimate | undefined {
  const fewest = { successes: successes.low, total: successes.low + failures.high };
  const most = { successes: successes.high, total: successes.high + failures.low };
  const total = successes.value + failures.value;
  const [low, high] = [wilson(fewest)?.low, wilson(most)?.high];
  if (total === 0 || low === undefined || high === undefined) return undefined;
  return { value: successes.value / total, low, high, method: 'wilson-rounded' };
}

/** The ratio of two rates out of rounded counts, first over second, likewise, with Koopman's interval at the extremes. */
export function roundedRatio(
  first: RoundedSplit,
  second: RoundedSplit,
): (Estimate & { readonly rounding: Interval }) | undefined {
  const extreme = ({ successes, failures }: RoundedSplit, end: 'low' | 'high') => {
    const other = end === 'low' ? failures.high : failures.low;
    return { successes: successes[end], total: successes[end] + other };
  };
  const value =
    first.successes.value /
    (first.successes.value + first.failures.value) /
    (second.successes.value / (second.successes.value + second.failures.value));
  const [least, most] = [
    [extreme(first, 'low'), extreme(second, 'high')],
    [extreme(first, 'high'), extreme(second, 'low')],
  ] as const;
  const [low, high] = [koopman(...least)?.low, koopman(...most)?.high];
  if (!Number.isFinite(value) || low === undefined || high === undefined) return undefined;
  const ratio = ([one, two]: typeof least) => one.successes / one.total / (two.successes / two.total);
  return { value, low, high, method: 'koopman-rounded', rounding: { low: ratio(least), high: ratio(most) } };
}

import { NOTHING, SERIES, SERIES_RULES, type SeriesName, type Tally } from './tally.ts';

/** Nothing is published about fewer people than this, nor about all but fewer than this (I9). */
export const SMALLEST_GROUP = 10;

/**
 * Within a month a figure moves only when at least this many more people are to be expected in each of its groups
 * before the month ends: else the month's end would find too few and could not be published.
 */
export const EXPECTED_REST = 50;

/** A cumulative tally as published: it holds what `day` ended with. */
export interface Cut {
  readonly day: string;
  readonly tally: Tally;
}

/** What stands published of one system. */
export interface Standing {
  /** First day that the figures cover. */
  readonly from: string;
  readonly cuts: Readonly<Partial<Record<SeriesName, Cut>>>;
}

/**
 * Moves what is published on by one snapshot.
 *
 * **Rule.** Each series is published only as the cumulative tally at *cuts*. A new cut is made only where, since the
 * last one, every group that the series tells apart has grown by at least {@link SMALLEST_GROUP} people; or, at a
 * month's end, where nobody at all came. Any two published figures of a series, of whatever days, periods or totals, therefore differ by whole
 * groups of ten and more: subtracting one day from another, or the periods from the total, singles nobody out. Until
 * then the earlier figure stays, with its own date.
 *
 * @param day `YYYY-MM-DD`, later than every cut
 * @param tally everything up to the end of that day
 */
export function advance(standing: Standing, day: string, tally: Tally): Standing {
  const cuts: Partial<Record<SeriesName, Cut>> = { ...standing.cuts };
  for (const name of SERIES) {
    const { within } = SERIES_RULES[name];
    if (within !== undefined && cuts[within]?.day !== day) continue;
    if (mayCut(name, standing, day, tally)) cuts[name] = { day, tally: only(name, tally) };
  }
  return { from: standing.from, cuts };
}

function mayCut(name: SeriesName, standing: Standing, day: string, tally: Tally): boolean {
  const { cells, standing: alone } = SERIES_RULES[name];
  const last = standing.cuts[name];
  const before = cells(last?.tally ?? NOTHING);
  const grown = cells(tally).map((cell, i) => cell - (before[i] ?? 0));
  const date = Temporal.PlainDate.from(day);
  const rest = date.daysInMonth - date.day;
  if (alone !== undefined && alone(tally) < SMALLEST_GROUP) return false;
  if (last !== undefined && rest === 0 && grown.every((more) => more === 0)) return true;
  if (grown.some((more) => more < SMALLEST_GROUP)) return false;
  if (rest === 0) return true;
  const since = last === undefined ? Temporal.PlainDate.from(standing.from).subtract({ days: 1 }) : last.day;
  const days = Math.max(1, date.since(since).days);
  return grown.every((more) => (more / days) * rest >= EXPECTED_REST);
}

/** The fields that the series makes known; the others are not kept. */
function only(name: SeriesName, tally: Tally): Tally {
  const { fields } = SERIES_RULES[name];
  return { ...NOTHING, ...Object.fromEntries(fields.map((field) => [field, tally[field]])) };
}

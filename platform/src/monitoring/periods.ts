import { SMALLEST_GROUP, type Standing } from './disclosure.ts';
import { histogramSince } from './median.ts';
import { NOTHING, SERIES, SERIES_RULES, type SeriesName, type Tally } from './tally.ts';

/** Tallies by series; a series that cannot be published is not there. */
export type Tallies = Readonly<Partial<Record<SeriesName, Tally>>>;

/** Where the last closed period ended, with the series that were cut on that very day. */
export interface Edge {
  readonly to: string;
  readonly tallies: Tallies;
}

/** One month, or several where a month alone had too few people. Days inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly tallies: Tallies;
}

/**
 * Closes the period that ends with the last cut of the volume, once that cut's month is over on the morning of
 * `today`. A series is part of it only where it was cut on both of the period's edges: a period is a difference of
 * cuts, so that what {@link SMALLEST_GROUP} promises of cuts holds for periods, their sums and what they leave.
 */
export function closePeriod(
  { from, cuts }: Standing,
  edge: Edge | undefined,
  today: string,
): { period: Period; edge: Edge } | undefined {
  const to = cuts.volume?.day;
  if (to === undefined || month(to) >= month(today) || (edge !== undefined && to <= edge.to))
    return undefined;
  const at: Partial<Record<SeriesName, Tally>> = {};
  const grown: Partial<Record<SeriesName, Tally>> = {};
  for (const name of SERIES) {
    const cut = cuts[name];
    if (cut?.day !== to) continue;
    at[name] = cut.tally;
    const before = edge === undefined ? NOTHING : edge.tallies[name];
    if (before === undefined) continue;
    const since = difference(cut.tally, before);
    if (SERIES_RULES[name].cells(since).every((cell) => cell >= SMALLEST_GROUP)) grown[name] = since;
  }
  if (grown.volume === undefined) return undefined;
  const start = edge === undefined ? from : Temporal.PlainDate.from(edge.to).add({ days: 1 }).toString();
  return { period: { from: start, to, tallies: grown }, edge: { to, tallies: at } };
}

function month(day: string): string {
  return day.slice(0, 7);
}

function difference(now: Tally, before: Tally): Tally {
  return {
    decided: now.decided - before.decided,
    adverse: now.adverse - before.adverse,
    byPerson: now.byPerson - before.byPerson,
    overridden: now.overridden - before.overridden,
    asked: now.asked - before.asked,
    answered: now.answered - before.answered,
    upheld: now.upheld - before.upheld,
    days: histogramSince(now.days, before.days),
  };
}

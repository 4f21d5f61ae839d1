import type { Histogram } from './median.ts';

/** What has happened with one system from its beginning to the end of a day. Never published as it is. */
export interface Tally {
  /** Cases decided for the first time: in force, by rule or by a person. */
  readonly decided: number;
  /** Of these, decided against the person. */
  readonly adverse: number;
  /** Of these, proposals that a person confirmed or overrode. */
  readonly byPerson: number;
  /** Of these, overridden. */
  readonly overridden: number;
  /** Requests for review. */
  readonly asked: number;
  /** Reviews answered. */
  readonly answered: number;
  /** Of these, upheld. */
  readonly upheld: number;
  /** Calendar days from request to answer, of the reviews answered. */
  readonly days: Histogram;
}

export const NOTHING: Tally = {
  decided: 0,
  adverse: 0,
  byPerson: 0,
  overridden: 0,
  asked: 0,
  answered: 0,
  upheld: 0,
  days: {},
};

/** What is published together, and moves together. */
export const SERIES = ['volume', 'adverse', 'overridden', 'asked', 'upheld'] as const;
export type SeriesName = (typeof SERIES)[number];

interface Series {
  /** The fields of a tally that publishing it makes known, directly or by subtraction. */
  readonly fields: readonly (keyof Tally)[];
  /** The groups of people that it tells apart: a count, its complement, and what another series lets subtract. */
  cells(tally: Tally): readonly number[];
  /** It moves only on days on which that other one moves too, so that the two never differ by a few days' people. */
  readonly within?: SeriesName;
  /** A group that is not a difference of days. */
  standing?(tally: Tally): number;
}

/**
 * `overridden` is told from `adverse` by subtraction (what was proposed and not overridden was decided against), hence
 * `within` and the third group. `asked` is published in tens: `answered` would otherwise tell how few wait.
 */
export const SERIES_RULES: Readonly<Record<SeriesName, Series>> = {
  volume: { fields: ['decided'], cells: (t) => [t.decided] },
  adverse: {
    fields: ['decided', 'adverse'],
    cells: (t) => [t.adverse, t.decided - t.adverse],
    within: 'volume',
  },
  overridden: {
    fields: ['decided', 'byPerson', 'overridden'],
    cells: (t) => [t.overridden, t.byPerson - t.overridden, t.decided - t.byPerson],
    within: 'adverse',
  },
  asked: { fields: ['asked'], cells: (t) => [t.asked], standing: (t) => t.decided - t.asked },
  upheld: {
    fields: ['answered', 'upheld', 'days'],
    cells: (t) => [t.upheld, t.answered - t.upheld],
  },
};

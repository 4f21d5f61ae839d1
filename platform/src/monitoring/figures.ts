import { SMALLEST_GROUP, type Standing } from './disclosure.ts';
import { type Share, shareOf } from './interval.ts';
import { type Median, medianOf } from './median.ts';
import type { Tallies } from './periods.ts';
import { SERIES } from './tally.ts';

/** Figures as they are published; null is withheld to protect a small group, or not yet there. */
export interface Figures {
  /** Cases decided for the first time. */
  readonly volume: number | null;
  /** Of the cases decided, those decided against the person. */
  readonly adverse: Share | null;
  /** Of the proposals that a person decided, those overridden. */
  readonly overridden: Share | null;
  /** Requests for review: at least this many, in tens. */
  readonly reviews_asked_at_least: number | null;
  /** Of the reviews answered, those upheld. */
  readonly reviews_upheld: Share | null;
  /** Calendar days from request to answer. */
  readonly review_days: Median | null;
}

export type FigureName = keyof Figures;

export function figuresOf(tallies: Tallies): Figures {
  const { volume, adverse, overridden, asked, upheld } = tallies;
  return {
    volume: volume?.decided ?? null,
    adverse: adverse ? shareOf(adverse.adverse, adverse.decided) : null,
    overridden: overridden ? shareOf(overridden.overridden, overridden.byPerson) : null,
    reviews_asked_at_least: asked ? asked.asked - (asked.asked % SMALLEST_GROUP) : null,
    reviews_upheld: upheld ? shareOf(upheld.upheld, upheld.answered) : null,
    review_days: (upheld && medianOf(upheld.days)) ?? null,
  };
}

/** Of each figure the day up to which it counts. */
export type FigureDays = Readonly<Record<FigureName, string | null>>;

/** The totals that stand published, each with its own day. */
export function totalsOf({ cuts }: Standing): { figures: Figures; until: FigureDays } {
  const tallies: Tallies = Object.fromEntries(
    SERIES.flatMap((name) => (cuts[name] === undefined ? [] : [[name, cuts[name].tally]])),
  );
  return {
    figures: figuresOf(tallies),
    until: {
      volume: cuts.volume?.day ?? null,
      adverse: cuts.adverse?.day ?? null,
      overridden: cuts.overridden?.day ?? null,
      reviews_asked_at_least: cuts.asked?.day ?? null,
      reviews_upheld: cuts.upheld?.day ?? null,
      review_days: cuts.upheld?.day ?? null,
    },
  };
}

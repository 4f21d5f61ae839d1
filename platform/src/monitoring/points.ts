import type { Count, Estimate } from '@taalil/fairness';
import type { StrataCounts, Watch } from './watch.ts';

/** One look in the life of a watch. */
export interface EvidencePoint {
  readonly month: string;
  readonly group: Count;
  readonly others: Count;
  /** Reached so far: beyond `needed` the tolerance is broken beyond doubt. `undefined` where the sequence alone tells. */
  readonly evidence: number | undefined;
  /** The excess so far, within strata and months, with bounds that hold at every look. */
  readonly sequence: Estimate | undefined;
  readonly beyond: boolean;
  /** Counts up when evidence begins anew, forgetting what was: one alert for each. */
  readonly segment: number;
  /** Groups that were alerted to and take no part in the comparison. */
  readonly setAside: readonly string[];
}

/** What all looks together say of one watch. */
export interface Evidence {
  readonly watch: Watch;
  /** The e-value that breaks the tolerance: 1/α of this watch. */
  readonly needed: number;
  readonly points: readonly EvidencePoint[];
  /** The month since which evidence counts most: the last start. */
  readonly since: string;
  /** All counts since then, all strata together. */
  readonly group: Count;
  readonly others: Count;
}

export const NONE: Count = { successes: 0, total: 0 };

/** The two sides of a stratum. */
export function sides([s, n, others, of]: StrataCounts) {
  return { group: { successes: s, total: n }, reference: { successes: others, total: of } };
}

/** All strata together. */
export function sidesOf(strata: readonly ReturnType<typeof sides>[]) {
  return {
    group: sum(strata.map((one) => one.group)),
    others: sum(strata.map((one) => one.reference)),
  };
}

export function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, one) => ({ successes: all.successes + one.successes, total: all.total + one.total }),
    NONE,
  );
}

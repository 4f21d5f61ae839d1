/** The chance that a system which keeps its tolerances is ever alerted to, under one declaration and however often one looks. */
export const ALPHA = 0.05;

/** How that chance is shared out: between groups of people, what models change for them, officers, and recorded facts. */
export const ALPHA_OF = {
  /** Proposals against people, group by group. */
  group: 0.5 * ALPHA,
  /** Proposals that a new model turned against people, group by group. */
  change: 0.3 * ALPHA,
  officer: 0.1 * ALPHA,
  record: 0.1 * ALPHA,
} as const;

/** By how much an officer's share of confirmations in a few seconds may exceed that of the others. */
export const HASTE_TOLERANCE = 0.2;

export type WatchKind = keyof typeof ALPHA_OF;

/** One thing that is watched, with its share of the chance of a false alarm. */
export interface Watch {
  readonly kind: WatchKind;
  readonly id: string;
  /** The dimension, or nothing for officers and recorded facts. */
  readonly dimension: string;
  /** The group, the officer's staff id, or the name of the recorded fact. */
  readonly value: string;
  /** The groups within which people are compared; `undefined` for all of them together. */
  readonly within: readonly string[] | undefined;
  readonly tolerance: number;
  readonly alpha: number;
}

/** Of one stratum: successes and total of the group, then of those it is compared with. */
export type StrataCounts = readonly [number, number, number, number];

/** What one look at a closed month saw. Stored once, never changed: evidence is computed from these alone. */
export interface Look {
  readonly month: string;
  /** Evidence is gathered anew from this month on, beside the old: a model version began, or a year has passed. */
  readonly start: boolean;
  /** The newest model version that decided in the month. */
  readonly version: number;
  /** Counts by watch id, stratum by stratum. */
  readonly counts: Readonly<Record<string, readonly StrataCounts[]>>;
}

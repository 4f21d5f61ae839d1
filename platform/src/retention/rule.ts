import type { Certainty } from '@taalil/norms';

/** Why something is kept so long. A `platform policy` is our own choice and no law says it. */
export interface Basis {
  /** The act, as it is cited. */
  readonly source: string;
  readonly certainty: Certainty;
  /** The reason, in a sentence. */
  readonly because: string;
}

/** What makes a row stay although its time is over. */
export type Hold =
  /** A request for review of the case waits for its answer, or its qualification is contested. */
  | 'review'
  /** A proposal of the case waits for a person. */
  | 'awaiting-person';

/** What goes by itself of one system. */
export type SystemRuleId =
  | 'access-log'
  | 'idempotency-keys'
  | 'dead-letters'
  | 'desk-drafts'
  | 'request-drafts';
export type PlatformRuleId = 'sessions' | 'code-guesses' | 'api-secrets';

/** Rows that go by themselves when their time is over, in the background of the platform. */
export interface SweptRule {
  readonly id: SystemRuleId | PlatformRuleId;
  readonly what: string;
  readonly table: string;
  /** The column with the instant from which time runs. */
  readonly from: string;
  /** Of the rows of the table, only those that have this value there. */
  readonly only?: readonly [column: string, value: string];
  /** Whole days; undefined: kept until the authority sets a time. */
  readonly days: number | undefined;
  /** What an authority may set for a system, in days; undefined where it is not theirs to set. */
  readonly settable?: readonly [least: number, most: number];
  /** How a row belongs to a system: by its own column, its case, its decision or its event; or to the platform alone. */
  readonly of: 'system' | 'case' | 'decision' | 'event' | 'platform';
  readonly holds: readonly Hold[];
  /** Whether an entry of the authority's log says each time what went. */
  readonly sealed: boolean;
  readonly basis: Basis;
}

/** What does not go by itself. */
export interface KeptRule {
  readonly id: string;
  readonly what: string;
  readonly tables: readonly string[];
  /** `file`: unreadable, or gone, once two people have erased the file it belongs to; `for-good`: never. */
  readonly until: 'file' | 'for-good';
  readonly basis: Basis;
}

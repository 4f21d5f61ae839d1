import type { Named } from './provenance.ts';
import type { Texts } from './texts.ts';

export const UNITS = ['calendar-day', 'working-day', 'month'] as const;
export type Unit = (typeof UNITS)[number];

export interface Length {
  readonly n: number;
  readonly unit: Unit;
}

/** The parts of a deadline that the platform chose because the source we hold does not say. */
export const ASSUMABLE = ['unit', 'roll', 'calendar', 'first-day', 'length'] as const;
export type Assumable = (typeof ASSUMABLE)[number];

/**
 * - `duty`: the administration must act by then;
 * - `information`: a date told to the person, computed on the careful side, from which no right is ever denied.
 */
export type DeadlineKind = 'duty' | 'information';

/** The day of the event never counts: a length of one day from Monday ends on Tuesday. */
export interface DeadlineRule extends Named {
  readonly kind: 'deadline';
  readonly deadline: {
    readonly kind: DeadlineKind;
    /** The event that starts it: `request-received`, `notification-proven`... */
    readonly starts: string;
    readonly length: Length;
    readonly roll: 'next-working-day' | 'none';
    /** Id of a calendar of the same pack. */
    readonly calendar: string;
    /** A deadline with this many calendar days left, or fewer, is near. */
    readonly near: number;
    readonly assumed: readonly Assumable[];
    /** A sentence that always accompanies the date. */
    readonly standing?: Texts;
  };
}

export interface SafeguardRule extends Named {
  readonly kind: 'safeguard';
  readonly safeguard: {
    readonly when: {
      readonly outcome: 'adverse' | 'any';
      /** Impact levels it speaks of; absent: all. */
      readonly levels?: readonly number[];
    };
    readonly requires: {
      /** How many persons must decide: 0, 1 or 2. */
      readonly people: number;
      readonly certified: boolean;
      readonly competent: boolean;
    };
    /** Whether a system may be taken out of it by a published justification and a supervisor's approval. */
    readonly narrowable: boolean;
  };
}

/** A rule that is stated and cited, and computes nothing. */
export interface ProvisionRule extends Named {
  readonly kind: 'provision';
}

export type Rule = DeadlineRule | SafeguardRule | ProvisionRule;
export type RuleKind = Rule['kind'];
export const RULE_KINDS: readonly RuleKind[] = ['deadline', 'safeguard', 'provision'];

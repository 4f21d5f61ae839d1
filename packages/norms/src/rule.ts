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

/** A reason that the law accepts, by a name that records refer to. */
export interface Ground {
  readonly id: string;
  readonly texts: Texts;
}

interface RuleCommon extends Named {
  /**
   * The rule applies when each of these questions of the pack is answered so. A jurist answers them for a system; until
   * then the question's default holds.
   */
  readonly appliesIf: Readonly<Record<string, boolean>>;
}

/**
 * - `duty`: the administration must act by then;
 * - `information`: a date told to the person, computed on the careful side, from which no right is ever denied.
 */
export type DeadlineKind = 'duty' | 'information';

/** The day of the event never counts: a length of one day from Monday ends on Tuesday. */
export interface DeadlineRule extends RuleCommon {
  readonly kind: 'deadline';
  readonly deadline: {
    readonly kind: DeadlineKind;
    /** The event that starts it: `request-received`, `notification-proven`... */
    readonly starts: string;
    /** The kinds of request it is for; absent: every kind. */
    readonly requests?: readonly string[];
    readonly length: Length;
    /** A full period (délai franc): the last day does not count either, so one more is added. */
    readonly full: boolean;
    readonly roll: 'next-working-day' | 'none';
    /** Id of a calendar of the same pack. */
    readonly calendar: string;
    /** A deadline with this many calendar days left, or fewer, is near. */
    readonly near: number;
    readonly assumed: readonly Assumable[];
    /** One extension, for one of these grounds. Where the source gives no length, none can be computed. */
    readonly extension?: { readonly length: Length | 'unknown'; readonly grounds: readonly Ground[] };
    /** What stops the clock, once each, from the day the person is asked to the day they answer. */
    readonly pauses: readonly Ground[];
    /** An act of the person that preserves the date when it is made before it passes, such as an administrative appeal. */
    readonly preservedBy?: string;
    /** A sentence that always accompanies the date. */
    readonly standing?: Texts;
  };
}

export interface SafeguardRule extends RuleCommon {
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

/**
 * What shows that an obligation is met.
 *
 * - `record`: something the platform itself wrote down, under `name`;
 * - `figure`: a number the platform computed, within `atLeast` and `atMost`;
 * - `document`: something a person supplied and answers for.
 */
export interface EvidenceNeed {
  readonly id: string;
  readonly kind: 'record' | 'figure' | 'document';
  readonly name: string;
  readonly texts: Texts;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** It counts for this many days after its date; absent: for ever. */
  readonly validDays?: number;
}

export interface ObligationRule extends RuleCommon {
  readonly kind: 'obligation';
  readonly obligation: {
    /** What has to meet it: each decision, the system, or the authority as a whole. */
    readonly on: 'decision' | 'system' | 'authority';
    readonly levels?: readonly number[];
    readonly evidence: readonly EvidenceNeed[];
  };
}

/** How answers to a questionnaire become an impact level. */
export interface LevelRule extends RuleCommon {
  readonly kind: 'level';
  readonly level: {
    readonly questionnaire: string;
    /** Ascending: the level of the first bound that the points do not exceed, in percent of the maximum. */
    readonly bounds: readonly { readonly level: number; readonly upTo: number }[];
    /** Mitigation of at least this share of its own maximum takes this much off the points, both in percent. */
    readonly mitigation?: { readonly atLeast: number; readonly takesOff: number };
    /** Whether points are rounded to whole ones, half up, after the reduction. Percentages never are. */
    readonly rounding: 'none' | 'whole points';
  };
}

/** A rule that is stated and cited, and computes nothing. */
export interface ProvisionRule extends RuleCommon {
  readonly kind: 'provision';
}

export type Rule = DeadlineRule | SafeguardRule | ObligationRule | LevelRule | ProvisionRule;
export type RuleKind = Rule['kind'];
export const RULE_KINDS: readonly RuleKind[] = ['deadline', 'safeguard', 'obligation', 'level', 'provision'];

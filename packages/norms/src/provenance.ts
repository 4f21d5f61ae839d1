import type { Certainty } from './certainty.ts';
import type { Texts } from './texts.ts';

/** A date we know, or the plain statement that we do not. */
export type KnownDate = Temporal.PlainDate | 'unknown';

/**
 * When something applies. An unknown `from` may be bounded: before `notBefore` it certainly had no effect, from `by` on it
 * certainly had; between them we do not know. `to` is the last day, included.
 */
export interface Effective {
  readonly from: KnownDate;
  readonly notBefore?: Temporal.PlainDate;
  readonly by?: Temporal.PlainDate;
  readonly to?: Temporal.PlainDate;
}

/** The rule's own words, in the language and form of the source named beside it. */
export interface Quote {
  readonly lang: string;
  readonly text: string;
}

/** Where a rule comes from. `article` is `unknown` where we hold no reference: it is never guessed. */
export interface Provenance {
  readonly source: string;
  readonly article: string;
  readonly quote?: Quote;
  readonly effective: Effective;
  readonly certainty: Certainty;
  /** Where we read it, when that was not the source itself. */
  readonly consulted: readonly string[];
}

export interface Named extends Provenance {
  readonly id: string;
  readonly texts: Texts;
  /** What is doubtful about it, in words for a reader: sources that conflict, a scope nobody has settled. */
  readonly doubt?: Texts;
}

/** What a result carries of the rule it rests on. */
export interface RuleReference {
  readonly pack: string;
  readonly id: string;
  readonly source: string;
  readonly article: string;
  readonly certainty: Certainty;
}

export type Force = 'yes' | 'no' | 'unknown';

/** Whether something is in force on `date`; `unknown` when its first day is not known and no bound decides. */
export function inForce(effective: Effective, date: Temporal.PlainDate): Force {
  const { from, notBefore, by, to } = effective;
  if (to !== undefined && Temporal.PlainDate.compare(date, to) > 0) return 'no';
  if (notBefore !== undefined && Temporal.PlainDate.compare(date, notBefore) < 0) return 'no';
  if (from === 'unknown')
    return by !== undefined && Temporal.PlainDate.compare(date, by) >= 0 ? 'yes' : 'unknown';
  return Temporal.PlainDate.compare(date, from) < 0 ? 'no' : 'yes';
}

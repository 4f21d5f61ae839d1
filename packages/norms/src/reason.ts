import type { Certainty } from './certainty.ts';
import type { Assumable } from './rule.ts';
import type { Texts } from './texts.ts';

/**
 * Why a date must be read with care; `tellReason` has the words.
 *
 * - `lunar-year-missing`: the lunar holidays of `year` are not loaded, so the date may move later;
 * - `holiday-date-unknown`: it was counted as a day off, and we do not know from which year on it is one;
 * - `effective-date-unknown`: we do not know since when the rule applies;
 * - `certainty`: the rule is not certain;
 * - `doubt`: what is doubtful about the rule, in its own words;
 * - `assumed`: the platform chose this part, the source we hold does not say;
 * - `proven-later`: the event was proven only on `date`, and time runs from the event;
 * - `extended`: once, for a ground that the law accepts;
 * - `paused`: the clock stands still since `date`;
 * - `preserved`: the person's act of `date` preserves the deadline; from when the new one runs is for the court to say;
 * - `perhaps-preserved`: the same act, after the date: only the court can say what it changes.
 */
export type Reason =
  | { readonly code: 'lunar-year-missing'; readonly year: number }
  | { readonly code: 'holiday-date-unknown'; readonly holiday: string; readonly date: Temporal.PlainDate }
  | { readonly code: 'effective-date-unknown' }
  | { readonly code: 'certainty'; readonly certainty: Certainty }
  | { readonly code: 'doubt'; readonly texts: Texts }
  | { readonly code: 'assumed'; readonly part: Assumable }
  | { readonly code: 'proven-later'; readonly date: Temporal.PlainDate }
  | { readonly code: 'extended'; readonly ground: string; readonly texts: Texts }
  | { readonly code: 'paused'; readonly date: Temporal.PlainDate; readonly texts: Texts }
  | { readonly code: 'preserved' | 'perhaps-preserved'; readonly date: Temporal.PlainDate };

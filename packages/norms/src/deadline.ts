import { count, type Step } from './count.ts';
import { badQuestion } from './error.ts';
import { type Pack, reference, ruleOf } from './pack.ts';
import { inForce, type RuleReference } from './provenance.ts';
import type { Assumable, DeadlineKind } from './rule.ts';
import type { Texts } from './texts.ts';

/**
 * Why a date must be read with care; `tellReason` has the words.
 *
 * - `lunar-year-missing`: the lunar holidays of `year` are not loaded, so the date may move later;
 * - `holiday-date-unknown`: it was counted as a day off, and we do not know from which year on it is one;
 * - `effective-date-unknown`: we do not know since when the rule applies;
 * - `certainty`: the rule is not certain;
 * - `assumed`: the platform chose this part, the source we hold does not say;
 * - `proven-later`: the event was proven only on `date`, and time runs from the event.
 */
export type Reason =
  | { readonly code: 'lunar-year-missing'; readonly year: number }
  | { readonly code: 'holiday-date-unknown'; readonly holiday: string; readonly date: Temporal.PlainDate }
  | { readonly code: 'effective-date-unknown' }
  | { readonly code: 'certainty'; readonly certainty: RuleReference['certainty'] }
  | { readonly code: 'assumed'; readonly part: Assumable }
  | { readonly code: 'proven-later'; readonly date: Temporal.PlainDate };

export interface DeadlineInput {
  /** The event that starts it. An instant is the day it falls on in the pack's time zone. */
  readonly start: Temporal.Instant | Temporal.PlainDate;
  /** When the event was proven, if that was later than the event itself. */
  readonly provenOn?: Temporal.PlainDate;
  /** Reproduces what could be told on that day: holidays decreed later are left out. */
  readonly knownOn?: Temporal.PlainDate;
}

export interface Deadline {
  readonly rule: RuleReference;
  readonly kind: DeadlineKind;
  readonly timeZone: string;
  /** The day of the event, in the pack's time zone. */
  readonly started: Temporal.PlainDate;
  /** The last day, whole. */
  readonly due: Temporal.PlainDate;
  /** The first instant after the last day. */
  readonly dueInstant: Temporal.Instant;
  /** The date may still move, because of holidays not known yet. */
  readonly provisional: boolean;
  readonly why: readonly Reason[];
  readonly steps: readonly Step[];
  /** A deadline with this many calendar days left, or fewer, is near. */
  readonly near: number;
  readonly texts: Texts;
  /** The sentence that always goes with the date, where the rule has one. */
  readonly standing?: Texts;
}

function dayOf(start: Temporal.Instant | Temporal.PlainDate, timeZone: string): Temporal.PlainDate {
  return start instanceof Temporal.Instant ? start.toZonedDateTimeISO(timeZone).toPlainDate() : start;
}

/**
 * The date by which something is due under the deadline rule `ruleId`, with the computation and what is not certain.
 *
 * NormError `no-such-rule`, `wrong-kind`, `not-in-force` (the event is outside the rule's known dates) or
 * `out-of-range` (the proof is older than the event).
 */
export function deadline(pack: Pack, ruleId: string, input: DeadlineInput): Deadline {
  const rule = ruleOf(pack, ruleId, 'deadline');
  const calendar = pack.calendars.get(rule.deadline.calendar);
  if (calendar === undefined) throw badQuestion('dangling', ruleId, 'has no calendar', 'load the pack again');
  const started = dayOf(input.start, pack.timeZone);
  const { from, to } = rule.effective;
  const force = inForce(rule.effective, started);
  if (force === 'no') {
    throw badQuestion(
      'not-in-force',
      ruleId,
      `the rule does not apply to an event of ${started} (from ${from}${to === undefined ? '' : ` to ${to}`})`,
      'use the rule that was in force that day',
    );
  }
  const { provenOn, knownOn } = input;
  if (provenOn !== undefined && Temporal.PlainDate.compare(provenOn, started) < 0) {
    throw badQuestion(
      'out-of-range',
      'provenOn',
      `is ${provenOn}, before the event itself (${started})`,
      'mend a date',
    );
  }

  const { due, steps, doubts } = count(started, rule.deadline, calendar, knownOn);
  const why: Reason[] = [];
  if (rule.certainty !== 'certain') why.push({ code: 'certainty', certainty: rule.certainty });
  if (force === 'unknown') why.push({ code: 'effective-date-unknown' });
  for (const part of rule.deadline.assumed) why.push({ code: 'assumed', part });
  if (provenOn !== undefined && !provenOn.equals(started)) why.push({ code: 'proven-later', date: provenOn });
  for (const year of new Set(
    doubts.filter((d) => d.doubt === 'lunar-year-missing').map((d) => d.date.year),
  )) {
    why.push({ code: 'lunar-year-missing', year });
  }
  for (const { doubt, date, holiday } of doubts) {
    if (doubt === 'holiday-date-unknown') why.push({ code: doubt, holiday: holiday ?? '', date });
  }
  const { standing } = rule.deadline;
  return {
    rule: reference(pack, rule),
    kind: rule.deadline.kind,
    timeZone: pack.timeZone,
    started,
    due,
    dueInstant: due.add({ days: 1 }).toZonedDateTime(pack.timeZone).toInstant(),
    provisional: doubts.length > 0,
    why,
    steps,
    near: rule.deadline.near,
    texts: rule.texts,
    ...(standing === undefined ? {} : { standing }),
  };
}

import { Counter, type Stand, type Step } from './count.ts';
import { badQuestion } from './error.ts';
import { type Pack, reference, ruleOf } from './pack.ts';
import { checkPauses, groundOf, type Pause } from './pause.ts';
import { type Force, inForce, type RuleReference } from './provenance.ts';
import type { Reason } from './reason.ts';
import type { DeadlineKind, DeadlineRule } from './rule.ts';
import type { Texts } from './texts.ts';

export interface DeadlineInput {
  /** The event that starts it. An instant is the day it falls on in the pack's time zone. */
  readonly start: Temporal.Instant | Temporal.PlainDate;
  /** When the event was proven, if that was later than the event itself. */
  readonly provenOn?: Temporal.PlainDate;
  /** Reproduces what could be told on that day: holidays decreed later are left out. */
  readonly knownOn?: Temporal.PlainDate;
  /** One extension, decided on `on`, for a ground that the rule accepts. */
  readonly extension?: { readonly ground: string; readonly on: Temporal.PlainDate };
  readonly pauses?: readonly Pause[];
  /** The day of the act that preserves this deadline, where the rule knows one (an administrative appeal). */
  readonly preservedOn?: Temporal.PlainDate;
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
  /** The length itself is the platform's choice: no source that we hold gives one. */
  readonly unverified: boolean;
  /** Since when the clock stands still; `due` then is the date if it started again at once. */
  readonly pausedSince?: Temporal.PlainDate;
  readonly why: readonly Reason[];
  readonly steps: readonly Step[];
  /** A deadline with this many calendar days left, or fewer, is near. */
  readonly near: number;
  readonly texts: Texts;
  /** The sentence that always goes with the date, where the rule has one. */
  readonly standing?: Texts;
  /** What it was computed from, to compute it again. */
  readonly input: DeadlineInput;
}

const compare = Temporal.PlainDate.compare;

function dayOf(start: Temporal.Instant | Temporal.PlainDate, timeZone: string): Temporal.PlainDate {
  return start instanceof Temporal.Instant ? start.toZonedDateTimeISO(timeZone).toPlainDate() : start;
}

function forceOn(rule: DeadlineRule, started: Temporal.PlainDate): Force {
  const force = inForce(rule.effective, started);
  if (force !== 'no') return force;
  const { from, notBefore, to } = rule.effective;
  throw badQuestion(
    'not-in-force',
    rule.id,
    `the rule does not apply to an event of ${started} (from ${notBefore ?? from}${to === undefined ? '' : ` to ${to}`})`,
    'use the rule that was in force that day',
  );
}

/**
 * The date by which something is due under the deadline rule `ruleId`, with the computation and what is not certain.
 *
 * NormError `no-such-rule`, `wrong-kind`; `not-in-force` (the event is outside the rule's known dates); `out-of-range`
 * (a proof older than the event, an extension decided once the date had passed, pauses out of order or asked for twice);
 * `wrong-value` (a ground the rule does not know); `incomplete` (an extension whose length no source gives).
 */
export function deadline(pack: Pack, ruleId: string, input: DeadlineInput): Deadline {
  const rule = ruleOf(pack, ruleId, 'deadline');
  const { length, full, roll, extension, preservedBy, standing } = rule.deadline;
  const calendar = pack.calendars.get(rule.deadline.calendar);
  if (calendar === undefined) throw badQuestion('dangling', ruleId, 'has no calendar', 'load the pack again');
  const { provenOn, knownOn, pauses = [], preservedOn } = input;
  const started = dayOf(input.start, pack.timeZone);
  const force = forceOn(rule, started);
  if (provenOn !== undefined && compare(provenOn, started) < 0) {
    throw badQuestion(
      'out-of-range',
      'provenOn',
      `is ${provenOn}, before the event itself (${started})`,
      'mend a date',
    );
  }
  checkPauses(rule, pauses, started);

  const why: Reason[] = [];
  if (rule.certainty !== 'certain') why.push({ code: 'certainty', certainty: rule.certainty });
  if (rule.doubt !== undefined) why.push({ code: 'doubt', texts: rule.doubt });
  if (force === 'unknown') why.push({ code: 'effective-date-unknown' });
  for (const part of rule.deadline.assumed) why.push({ code: 'assumed', part });
  if (provenOn !== undefined && !provenOn.equals(started)) why.push({ code: 'proven-later', date: provenOn });

  const counter = new Counter(calendar, knownOn);
  counter.note({ did: 'started', date: started });
  const stands: Stand[] = pauses.flatMap(({ from, to }) => (to === undefined ? [] : [{ from, to }]));
  const open = pauses.find((pause) => pause.to === undefined);
  let due = counter.add(started, length, stands);
  if (input.extension !== undefined) {
    const ground = groundOf(extension?.grounds ?? [], input.extension.ground, 'extension');
    if (extension === undefined || extension.length === 'unknown') {
      throw badQuestion(
        'incomplete',
        ruleId,
        'the source we hold gives no length for an extension',
        'keep to the first date, or write a new deadline that states its own end',
      );
    }
    if (compare(input.extension.on, due) > 0) {
      throw badQuestion(
        'out-of-range',
        'extension.on',
        `is ${input.extension.on}, after the date it would extend (${due})`,
        'decide an extension, and tell it, before the date has passed',
      );
    }
    due = counter.add(due, extension.length, []);
    counter.note({ did: 'extended', date: due, length: extension.length });
    why.push({ code: 'extended', ground: ground.id, texts: ground.texts });
  }
  if (full) {
    due = due.add({ days: 1 });
    counter.note({ did: 'full', date: due });
  }
  if (roll === 'next-working-day') due = counter.roll(due);
  counter.note({ did: 'due', date: due });

  if (open !== undefined) {
    why.push({
      code: 'paused',
      date: open.from,
      texts: groundOf(rule.deadline.pauses, open.ground, 'pause').texts,
    });
  }
  if (preservedOn !== undefined) {
    if (preservedBy === undefined) {
      throw badQuestion('wrong-value', 'preservedOn', 'nothing preserves this deadline', 'leave it out');
    }
    why.push({ code: compare(preservedOn, due) <= 0 ? 'preserved' : 'perhaps-preserved', date: preservedOn });
  }
  const { doubts } = counter;
  for (const year of new Set(
    doubts.filter((d) => d.doubt === 'lunar-year-missing').map((d) => d.date.year),
  )) {
    why.push({ code: 'lunar-year-missing', year });
  }
  for (const { doubt, date, holiday } of doubts) {
    if (doubt === 'holiday-date-unknown') why.push({ code: doubt, holiday: holiday ?? '', date });
  }
  return {
    rule: reference(pack, rule),
    kind: rule.deadline.kind,
    timeZone: pack.timeZone,
    started,
    due,
    dueInstant: due.add({ days: 1 }).toZonedDateTime(pack.timeZone).toInstant(),
    provisional: doubts.length > 0,
    unverified: rule.deadline.assumed.includes('length'),
    ...(open === undefined ? {} : { pausedSince: open.from }),
    why,
    steps: counter.steps,
    near: rule.deadline.near,
    texts: rule.texts,
    ...(standing === undefined ? {} : { standing }),
    input,
  };
}

import {
  type ClockState,
  clockState,
  type Deadline,
  type DeadlineRule,
  deadline,
  deadlineRules,
  type Ground as NormGround,
  type Pack,
  type Pause,
  provenStart,
  ruleOf,
  type Texts,
} from '@taalil/norms';
import type { CaseEvent } from '../cases/events.ts';
import { normPacks } from '../conformity/packs.ts';
import { notifiedOn } from '../notices/index.ts';
import { isAppeal, type Kind } from './kinds.ts';
import type { ReviewTables } from './tables.ts';

const ACKNOWLEDGE = 'ma.2-17-265.acknowledge';
const COURT = 'ma.annulment.action';
/** The pause that a rule may know for documents asked of the person. */
const PAUSED_BY_DOCUMENTS = 'further-information';

function ma(): Pack {
  return normPacks(['ma'])[0] as Pack;
}

const compare = Temporal.PlainDate.compare;
const dayIn = (pack: Pack, at: Temporal.Instant) => at.toZonedDateTimeISO(pack.timeZone).toPlainDate();
const dayOf = (pack: Pack, at: string) => dayIn(pack, Temporal.Instant.from(at));

/** What the clock of a request runs on, as its row holds it. */
export type ClockedReview = Pick<
  ReviewTables['reviews'],
  | 'requested_at'
  | 'treat_due'
  | 'decided_at'
  | 'decision_id'
  | 'kind'
  | 'asked_at'
  | 'brought_at'
  | 'extension'
  | 'extended_at'
>;

export type ClockFacts = Pick<
  ClockedReview,
  'requested_at' | 'kind' | 'asked_at' | 'brought_at' | 'extension' | 'extended_at'
>;

/** The dates that bind the administration once a request came in. */
export interface ReviewDates {
  readonly acknowledge: Deadline;
  /** The earliest date of the rules that apply: it holds. */
  readonly treat: Deadline;
}

/**
 * Every date by which a request must be answered, the earliest first: the one that holds. Whatever the desk qualifies it
 * as, a request stays what every expression of a user is, a complaint (decree 2-17-265, art. 2), so that the clocks of a
 * complaint always run; a kind of its own adds its own. Of equal dates the kind's own rule comes first.
 */
export function answerDeadlines(
  facts: ClockFacts,
  { pack = ma(), knownOn }: { readonly pack?: Pack; readonly knownOn?: Temporal.PlainDate | undefined } = {},
): Deadline[] {
  const start = Temporal.Instant.from(facts.requested_at);
  const own = facts.kind === null ? [] : rulesFor(pack, facts.kind);
  const rules = [...own, ...rulesFor(pack, 'complaint').filter((rule) => !own.includes(rule))];
  const pause = pauseOf(pack, facts);
  return rules
    .map((rule) => {
      const stops = pause !== undefined && rule.deadline.pauses.some(({ id }) => id === pause.ground);
      const input = {
        start,
        ...(knownOn === undefined ? {} : { knownOn }),
        ...(stops ? { pauses: [pause] } : {}),
      };
      const plain = deadline(pack, rule.id, input);
      const { extension: ground, extended_at } = facts;
      if (ground === null || extended_at === null || !own.includes(rule) || !mayExtend(rule, ground))
        return plain;
      const on = dayOf(pack, extended_at);
      return compare(on, plain.due) > 0
        ? plain
        : deadline(pack, rule.id, { ...input, extension: { ground, on } });
    })
    .sort((a, b) => compare(a.due, b.due));
}

function rulesFor(pack: Pack, kind: Kind): DeadlineRule[] {
  return deadlineRules(pack, { event: 'request-received', request: kind }).filter(
    (rule) => rule.id !== ACKNOWLEDGE,
  );
}

function mayExtend({ deadline: { extension } }: DeadlineRule, ground: string): boolean {
  return (
    extension !== undefined &&
    extension.length !== 'unknown' &&
    extension.grounds.some((g) => g.id === ground)
  );
}

function pauseOf(pack: Pack, { asked_at, brought_at }: ClockFacts): Pause | undefined {
  if (asked_at === null) return undefined;
  const from = dayOf(pack, asked_at);
  return {
    ground: PAUSED_BY_DOCUMENTS,
    from,
    ...(brought_at === null ? {} : { to: dayOf(pack, brought_at) }),
  };
}

/** The grounds for which the one extension of a kind may be given: those of its own rules. None: no extension. */
export function extensionGrounds(kind: Kind, pack: Pack = ma()): readonly NormGround[] {
  return rulesFor(pack, kind).flatMap(({ deadline: { extension } }) =>
    extension === undefined || extension.length === 'unknown' ? [] : extension.grounds,
  );
}

/** What is told to a person who asks for a review now, with what is known today (I8). */
export function reviewDates(requestedAt: Temporal.Instant, kind: Kind | null = null): ReviewDates {
  const pack = ma();
  const knownOn = dayIn(pack, requestedAt);
  const none = { asked_at: null, brought_at: null, extension: null, extended_at: null };
  const treat = answerDeadlines(
    { requested_at: requestedAt.toString(), kind, ...none },
    { pack, knownOn },
  )[0];
  return {
    acknowledge: deadline(pack, ACKNOWLEDGE, { start: requestedAt, knownOn }),
    treat: treat as Deadline,
  };
}

/** The time for going to court, told as information and never as a refusal. */
export interface CourtClock {
  /** "The court deadline may already be running": goes with every request, whatever is known. */
  readonly standing: Texts;
  /** The careful date; only where a notification of the decision is proven. */
  readonly deadline?: Deadline;
}

export interface ReviewClock extends ReviewDates {
  readonly kind: Kind | null;
  readonly requestedAt: string;
  /** At once: the entry of the request in the log acknowledges it. */
  readonly acknowledgedAt: string;
  /** The last day that holds: what was told, or an earlier one if it has moved since. */
  readonly due: Temporal.PlainDate;
  /** The rule's length is the platform's choice: no source gives one. */
  readonly unverified: boolean;
  /** The one extension, with its ground in words. */
  readonly extended: { readonly on: Temporal.PlainDate; readonly ground: Texts } | undefined;
  /** `answered` once decided; else where today stands. A date that has passed binds the administration alone. */
  readonly state: ClockState['state'] | 'answered';
  /** Calendar days to the last day that holds; negative once it has passed, frozen at the answer. */
  readonly daysLeft: number;
  readonly court: CourtClock;
}

/** Where the clock of a request stands at `now`; with the case's life also what is known of the court's time. */
export function reviewClock(
  review: ClockedReview,
  now: Temporal.Instant,
  life: readonly CaseEvent[] = [],
  pack: Pack = ma(),
): ReviewClock {
  const requested = Temporal.Instant.from(review.requested_at);
  const at = review.decided_at === null ? now : Temporal.Instant.from(review.decided_at);
  const knownOn = dayIn(pack, requested);
  const [treat] = answerDeadlines(review, { pack, knownOn }) as [Deadline];
  const told = Temporal.PlainDate.from(review.treat_due);
  // A date that the law stops moves with it; any other holds as it was told.
  const stopped = (treat.input.pauses ?? []).length > 0;
  const due = stopped || compare(treat.due, told) < 0 ? treat.due : told;
  const stands = clockState({ ...treat, due }, at);
  return {
    acknowledge: deadline(ma(), ACKNOWLEDGE, { start: requested, knownOn }),
    treat,
    kind: review.kind,
    requestedAt: review.requested_at,
    acknowledgedAt: review.requested_at,
    due,
    unverified: treat.unverified,
    extended: extendedOf(review, pack),
    state: review.decided_at === null ? stands.state : 'answered',
    daysLeft: stands.daysLeft,
    court: courtClock(life, review),
  };
}

function extendedOf({ kind, extension, extended_at }: ClockedReview, pack: Pack): ReviewClock['extended'] {
  if (kind === null || extension === null || extended_at === null) return undefined;
  const grounds = [...extensionGrounds(kind, pack), ...extensionGrounds('revision', pack)];
  const ground = grounds.find(({ id }) => id === extension);
  return ground && { on: dayOf(pack, extended_at), ground: ground.texts };
}

function courtClock(
  life: readonly CaseEvent[],
  { decision_id, kind, requested_at }: Pick<ClockedReview, 'decision_id' | 'kind' | 'requested_at'>,
): CourtClock {
  const pack = ma();
  const { standing } = ruleOf(pack, COURT, 'deadline').deadline;
  if (standing === undefined) throw new TypeError(`${COURT} has no standing sentence`);
  const notified = notifiedOn(life, decision_id);
  const start = notified && provenStart(notified);
  if (start === undefined) return { standing };
  const preserved = isAppeal(kind) ? { preservedOn: dayOf(pack, requested_at) } : {};
  return { standing, deadline: deadline(pack, COURT, { ...start, ...preserved }) };
}

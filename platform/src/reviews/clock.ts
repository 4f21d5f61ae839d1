import {
  type ClockState,
  clockState,
  type Deadline,
  deadline,
  type Pack,
  provenStart,
  ruleOf,
  type Texts,
} from '@taalil/norms';
import type { CaseEvent } from '../cases/events.ts';
import { normPacks } from '../conformity/packs.ts';
import { notifiedOn } from '../notices/index.ts';
import type { ReviewTables } from './tables.ts';

const ACKNOWLEDGE = 'ma.2-17-265.acknowledge';
/** Two readings of the time to treat a complaint stand in the pack; the earlier date holds. */
const TREAT = ['ma.2-17-265.treat', 'ma.2-17-265.8'] as const;
const COURT = 'ma.annulment.action';

function pack(): Pack {
  return normPacks(['ma'])[0] as Pack;
}

/** The dates that bind the administration once a request came in. */
export interface ReviewDates {
  readonly acknowledge: Deadline;
  readonly treat: Deadline;
}

/**
 * What is told to a person who asks for a review at `requestedAt`, with what was known on that day: acknowledged
 * within 15 days, treated within two months (decree 2-17-265), each with its source and how certain it is (I8).
 */
export function reviewDates(requestedAt: Temporal.Instant): ReviewDates {
  const knownOn = requestedAt.toZonedDateTimeISO(pack().timeZone).toPlainDate();
  const due = (rule: string) => deadline(pack(), rule, { start: requestedAt, knownOn });
  const treat = TREAT.map(due).sort((a, b) => Temporal.PlainDate.compare(a.due, b.due))[0] as Deadline;
  return { acknowledge: due(ACKNOWLEDGE), treat };
}

/** The time for going to court, told as information and never as a refusal. */
export interface CourtClock {
  /** "The court deadline may already be running": goes with every request, whatever is known. */
  readonly standing: Texts;
  /** The careful date; only where a notification of the decision is proven. */
  readonly deadline?: Deadline;
}

export interface ReviewClock extends ReviewDates {
  readonly requestedAt: string;
  /** At once: the entry of the request in the log acknowledges it. */
  readonly acknowledgedAt: string;
  /** The last day that holds: what was told, or an earlier one if it has moved since. */
  readonly due: Temporal.PlainDate;
  /** `answered` once decided; else where today stands. A date that has passed binds the administration alone. */
  readonly state: ClockState['state'] | 'answered';
  /** Calendar days to the last day that holds; negative once it has passed, frozen at the answer. */
  readonly daysLeft: number;
  readonly court: CourtClock;
}

export type ClockedReview = Pick<
  ReviewTables['reviews'],
  'requested_at' | 'treat_due' | 'decided_at' | 'decision_id'
>;

/** Where the clock of a request stands at `now`; with the case's life also what is known of the court's time. */
export function reviewClock(
  review: ClockedReview,
  now: Temporal.Instant,
  life: readonly CaseEvent[] = [],
): ReviewClock {
  const requested = Temporal.Instant.from(review.requested_at);
  const dates = reviewDates(requested);
  const told = Temporal.PlainDate.from(review.treat_due);
  const due = Temporal.PlainDate.compare(told, dates.treat.due) <= 0 ? told : dates.treat.due;
  const at = review.decided_at === null ? now : Temporal.Instant.from(review.decided_at);
  const stands = clockState({ ...dates.treat, due }, at);
  return {
    ...dates,
    requestedAt: review.requested_at,
    acknowledgedAt: review.requested_at,
    due,
    state: review.decided_at === null ? stands.state : 'answered',
    daysLeft: stands.daysLeft,
    court: courtClock(life, review.decision_id),
  };
}

function courtClock(life: readonly CaseEvent[], decisionId: string): CourtClock {
  const { standing } = ruleOf(pack(), COURT, 'deadline').deadline;
  if (standing === undefined) throw new TypeError(`${COURT} has no standing sentence`);
  const notified = notifiedOn(life, decisionId);
  const start = notified && provenStart(notified);
  if (start === undefined) return { standing };
  return { standing, deadline: deadline(pack(), COURT, start) };
}

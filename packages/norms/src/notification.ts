import type { DeadlineInput } from './deadline.ts';
import { badQuestion } from './error.ts';

/** A notification as it was made and proven: the proof (a signed slip, a delivery record) often comes days later. */
export interface Notification {
  /** The day the person was reached, as the proof states it. */
  readonly notifiedOn: Temporal.PlainDate;
  /** The day the proof came in; absent as long as there is none. */
  readonly provenOn?: Temporal.PlainDate;
}

/**
 * What to give `deadline` for a rule that starts on a proven notification; undefined while nothing is proven: then no
 * clock runs and none may be shown as running.
 *
 * A late proof starts the clock on the day it proves, not on the day it arrived: for a date told as information that is
 * the careful side, and the result says that the proof came later.
 */
export function provenStart(notification: Notification): DeadlineInput | undefined {
  const { notifiedOn, provenOn } = notification;
  if (provenOn === undefined) return undefined;
  if (Temporal.PlainDate.compare(provenOn, notifiedOn) < 0) {
    throw badQuestion(
      'out-of-range',
      'provenOn',
      `is before the notification (${notifiedOn})`,
      'mend one of the dates',
    );
  }
  return { start: notifiedOn, provenOn };
}

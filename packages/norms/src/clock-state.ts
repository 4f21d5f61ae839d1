import type { Deadline } from './deadline.ts';

/**
 * Where `now` stands. `passed` states a fact about the date and nothing about anybody's rights: for a deadline of kind
 * `information` it is to be shown with the rule's standing sentence, never as a refusal.
 */
export interface ClockState {
  readonly state: 'running' | 'near' | 'passed' | 'paused';
  /** Calendar days from today to the due day in the pack's time zone: 0 on the day itself, negative once passed. */
  readonly daysLeft: number;
  readonly today: Temporal.PlainDate;
}

/**
 * The state of a deadline at an instant: near from `deadline.near` days before, passed from the day after. While it is
 * paused, `daysLeft` are the calendar days that were left when it stopped.
 */
export function clockState(deadline: Deadline, now: Temporal.Instant): ClockState {
  const today = now.toZonedDateTimeISO(deadline.timeZone).toPlainDate();
  const until = (day: Temporal.PlainDate) => day.until(deadline.due, { largestUnit: 'day' }).days;
  if (deadline.pausedSince !== undefined) {
    return { state: 'paused', daysLeft: until(deadline.pausedSince), today };
  }
  const daysLeft = until(today);
  const state = daysLeft < 0 ? 'passed' : daysLeft <= deadline.near ? 'near' : 'running';
  return { state, daysLeft, today };
}

import type { Random } from '../random.ts';

export const WORLD_START = Temporal.Instant.from('2023-11-06T07:00:00Z');
export const WORLD_MONTHS = 36;
export const WORLD_END = WORLD_START.toZonedDateTimeISO('Africa/Casablanca')
  .add({ months: WORLD_MONTHS })
  .toInstant();
/** From this month on, version 2 of the model decides. */
export const SECOND_MODEL_MONTH = 20;
export const SECOND_MODEL_START = WORLD_START.toZonedDateTimeISO('Africa/Casablanca')
  .add({ months: SECOND_MODEL_MONTH })
  .toInstant();

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Days of the world, counted from its first Monday. */
export const WORLD_DAYS = Math.floor((WORLD_END.epochMilliseconds - WORLD_START.epochMilliseconds) / DAY);

/** A working moment on day `day` or the next working day: Monday to Friday, 08:30 to 16:00 in Casablanca. */
export function workingMoment(random: Random, day: number): Temporal.Instant {
  const weekday = day % 7;
  const working = weekday < 5 ? day : day + 7 - weekday;
  const zoned = Temporal.Instant.fromEpochMilliseconds(WORLD_START.epochMilliseconds + working * DAY)
    .toZonedDateTimeISO('Africa/Casablanca')
    .startOfDay();
  return zoned.toInstant().add({ milliseconds: Math.floor(8.5 * HOUR + random.next() * 7.5 * HOUR) });
}

export function dayOf(instant: Temporal.Instant): number {
  return Math.floor((instant.epochMilliseconds - WORLD_START.epochMilliseconds) / DAY);
}

/** The day in Casablanca, `YYYY-MM-DD`. */
export function dateOf(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO('Africa/Casablanca').toPlainDate().toString();
}

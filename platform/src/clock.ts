import { PlatformError } from './errors.ts';

/** The only source of time (I13). Instants are UTC; the law's calendar is Africa/Casablanca. */
export interface Clock {
  now(): Temporal.Instant;
  /** A demonstration's time does not follow the world's; a production store refuses such a clock. */
  readonly virtual: boolean;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant(), virtual: false };

/** Time that moves only when told to, or, once `run` is called, along with the real clock from where it stands. */
export class VirtualClock implements Clock {
  readonly virtual = true;
  #epochMs: number;
  #runningSince: number | undefined;

  constructor(start: Temporal.Instant) {
    this.#epochMs = start.epochMilliseconds;
  }

  now(): Temporal.Instant {
    const elapsed = this.#runningSince === undefined ? 0 : Date.now() - this.#runningSince;
    return Temporal.Instant.fromEpochMilliseconds(this.#epochMs + elapsed);
  }

  /** Moves to `instant`; never backwards. */
  moveTo(instant: Temporal.Instant): void {
    this.#epochMs = Math.max(this.now().epochMilliseconds, instant.epochMilliseconds);
    if (this.#runningSince !== undefined) this.#runningSince = Date.now();
  }

  run(): void {
    this.#epochMs = this.now().epochMilliseconds;
    this.#runningSince = Date.now();
  }
}

/** A clock that is set back further than this behind what was recorded last is wrong, or was. */
const BEHIND_MOST_MS = 25 * 3_600_000;

const recorded = new WeakMap<Clock, number>();

/**
 * The time under which something is recorded now: the clock's, and never one before what was recorded last. A clock that ran ahead
 * and was set right leaves the times standing until it has caught up. Throws `store-unavailable` where it is more than a day behind.
 */
export function recordingTime(clock: Clock): Temporal.Instant {
  const now = clock.now().epochMilliseconds;
  const last = recorded.get(clock) ?? now;
  if (last - now > BEHIND_MOST_MS) {
    throw new PlatformError(
      'store-unavailable',
      `The clock stands ${Math.round((last - now) / 3_600_000)} hours before the last entry.`,
      {
        where: stamp(Temporal.Instant.fromEpochMilliseconds(last)),
        mend: 'Set the clock right. If it is right and was ahead before, start once with TAALIL_CLOCK=accept.',
      },
    );
  }
  const at = Math.max(now, last);
  recorded.set(clock, at);
  return Temporal.Instant.fromEpochMilliseconds(at);
}

/** Something was recorded at that time, by this process or by another before it. */
export function recordedUntil(clock: Clock, at: string): void {
  const then = Temporal.Instant.from(at).epochMilliseconds;
  recorded.set(clock, Math.max(then, recorded.get(clock) ?? then));
}

/** ISO 8601 in UTC with milliseconds: the one form in which instants are stored; it sorts as text. */
export function stamp(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}

/** The day that an instant falls on in the law's calendar (Africa/Casablanca), `YYYY-MM-DD`. */
export function legalDay(at: string | Temporal.Instant): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO('Africa/Casablanca').toPlainDate().toString();
}

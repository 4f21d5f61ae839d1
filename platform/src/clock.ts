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

/** ISO 8601 in UTC with milliseconds: the one form in which instants are stored; it sorts as text. */
export function stamp(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}

/** The day that an instant falls on in the law's calendar (Africa/Casablanca), `YYYY-MM-DD`. */
export function legalDay(at: string | Temporal.Instant): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO('Africa/Casablanca').toPlainDate().toString();
}

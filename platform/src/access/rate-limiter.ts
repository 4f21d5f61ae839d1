import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { PlatformError } from '../errors.ts';

export interface RateLimit {
  /** How many may come at once. */
  readonly burst: number;
  /** How many a window of `seconds` gives back, evenly. */
  readonly per: { readonly count: number; readonly seconds: number };
  /** Places in memory, in each of the rows; default 16,384 (512 KiB in all). */
  readonly places?: number;
}

const ROWS = 4;

/**
 * A token bucket for any number of keys in fixed memory: the generic cell rate algorithm (ITU-T I.371) over the rows of
 * a count-min sketch, whose hash is secret. Two keys that share all four places limit each other, which never lets
 * anybody through who should wait.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #places: number;
  /** Milliseconds that one attempt costs, and how far ahead of now a key may run. */
  readonly #cost: number;
  readonly #ahead: number;
  readonly #times: Float64Array;
  readonly #secret = randomBytes(16).toString('hex');

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#places = limit.places ?? 16_384;
    this.#cost = (limit.per.seconds * 1_000) / limit.per.count;
    this.#ahead = limit.burst * this.#cost;
    this.#times = new Float64Array(ROWS * this.#places);
  }

  /** Takes one attempt, or says after how many seconds the next one is allowed. */
  take(key: string): { allowed: true } | { allowed: false; retryAfter: number } {
    const now = this.#clock.now().epochMilliseconds;
    const places = this.#placesOf(key);
    const ahead = Math.min(...places.map((i) => this.#aheadOf(i, now)));
    const wait = ahead + this.#cost - this.#ahead;
    if (wait > 1e-3) return { allowed: false, retryAfter: Math.ceil(wait / 1_000) };
    for (const i of places) this.#times[i] = now + this.#aheadOf(i, now) + this.#cost;
    return { allowed: true };
  }

  /** How far a place is ahead of the clock; a place that cannot be so far ahead is from before the clock was set back. */
  #aheadOf(place: number, now: number): number {
    const ahead = (this.#times[place] as number) - now;
    return ahead > this.#ahead + this.#cost ? 0 : Math.max(0, ahead);
  }

  /** Gives an attempt back: it turned out to be a good one. */
  giveBack(key: string): void {
    for (const i of this.#placesOf(key)) this.#times[i] = (this.#times[i] as number) - this.#cost;
  }

  /** Takes one attempt of every key or throws `rate-limited`; `what` says what there was too much of. */
  static takeAll(what: string, ...attempts: readonly (readonly [RateLimiter, string])[]): void {
    const taken: (readonly [RateLimiter, string])[] = [];
    for (const attempt of attempts) {
      const [limiter, key] = attempt;
      const answer = limiter.take(key);
      if (answer.allowed) {
        taken.push(attempt);
        continue;
      }
      for (const [other, otherKey] of taken) other.giveBack(otherKey);
      throw new PlatformError('rate-limited', what, {
        mend: `Wait ${answer.retryAfter} seconds, then try again.`,
        retryAfter: answer.retryAfter,
      });
    }
  }

  #placesOf(key: string): number[] {
    const digest = hash('sha256', `${this.#secret}${key}`, 'buffer');
    return Array.from(
      { length: ROWS },
      (_, row) => row * this.#places + (digest.readUInt32LE(row * 4) % this.#places),
    );
  }
}

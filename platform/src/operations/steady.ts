import type { Clock } from '../clock.ts';

/** By so much may the clock and the time that really passed differ between two looks. */
const STEADY_MS = 300_000;

/**
 * Tells, at each look, whether a clock has gone on steadily since the look before: false at the first, and after it was set. What is
 * thrown away because its time is over cannot be fetched back, so a clock that has just jumped is not believed. `passed` is of a
 * clock that nobody can set, in milliseconds.
 */
export function steadyClock(clock: Clock, passed: () => number = () => performance.now()): () => boolean {
  let last: { readonly clockMs: number; readonly passedMs: number } | undefined;
  return () => {
    const before = last;
    last = { clockMs: clock.now().epochMilliseconds, passedMs: passed() };
    if (before === undefined) return false;
    const jumped = last.clockMs - before.clockMs - (last.passedMs - before.passedMs);
    return Math.abs(jumped) <= STEADY_MS;
  };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyClock } from './steady.ts';

const HOUR = 3_600_000;

test('a clock is believed while it goes with the time that passes, and not just after a jump', () => {
  let clockMs = Date.UTC(2026, 2, 2);
  let passedMs = 0;
  const clock = { virtual: false, now: () => Temporal.Instant.fromEpochMilliseconds(clockMs) };
  const steady = steadyClock(clock, () => passedMs);
  const after = (passed: number, jump = 0) => {
    passedMs += passed;
    clockMs += passed + jump;
    return steady();
  };
  assert.equal(steady(), false, 'nothing to compare with yet');
  assert.equal(after(HOUR), true);
  assert.equal(after(HOUR, 60_000), true, 'set right by a minute');
  assert.equal(after(HOUR, 24 * HOUR), false, 'ran ahead');
  assert.equal(after(HOUR, -24 * HOUR), false, 'was set back');
  assert.equal(after(HOUR), true);
});

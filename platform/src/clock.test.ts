import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, recordedUntil, recordingTime } from './clock.ts';

const HOUR = 3_600_000;
const START = Temporal.Instant.from('2026-03-02T09:00:00Z');

function settable(): Clock & { set(offset: number): void } {
  let offset = 0;
  return {
    virtual: false,
    now: () => START.add({ milliseconds: offset }),
    set(to) {
      offset = to;
    },
  };
}
const recordedAt = (clock: Clock) => recordingTime(clock).toString();

test('what is recorded never goes back in time, whatever the clock does', () => {
  const clock = settable();
  assert.equal(recordedAt(clock), '2026-03-02T09:00:00Z');
  clock.set(-HOUR);
  assert.equal(recordedAt(clock), '2026-03-02T09:00:00Z');
  clock.set(24 * HOUR);
  assert.equal(recordedAt(clock), '2026-03-03T09:00:00Z');
  clock.set(1);
  assert.equal(recordedAt(clock), '2026-03-03T09:00:00Z');
  clock.set(25 * HOUR);
  assert.equal(recordedAt(clock), '2026-03-03T10:00:00Z');
});

test('a clock behind what others have recorded waits for it, and is refused when it is more than a day behind', () => {
  const clock = settable();
  recordedUntil(clock, '2026-03-02T10:00:00.000Z');
  assert.equal(recordedAt(clock), '2026-03-02T10:00:00Z');
  recordedUntil(clock, '2026-03-02T09:30:00.000Z');
  assert.equal(recordedAt(clock), '2026-03-02T10:00:00Z');
  recordedUntil(clock, '2026-03-04T10:00:00.000Z');
  assert.throws(() => recordingTime(clock), { code: 'store-unavailable', message: /49 hours before/ });
  clock.set(48 * HOUR);
  assert.equal(recordedAt(clock), '2026-03-04T10:00:00Z');
});

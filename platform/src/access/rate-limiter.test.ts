import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from '../clock.ts';
import { RateLimiter } from './rate-limiter.ts';

const START = Temporal.Instant.from('2026-03-02T09:00:00Z');
const LIMIT = { burst: 3, per: { count: 2, seconds: 60 } };

function make(limit: ConstructorParameters<typeof RateLimiter>[1] = LIMIT) {
  const clock = new VirtualClock(START);
  return { clock, limiter: new RateLimiter(clock, limit) };
}

test('lets a burst through, then says how long to wait, and is right about it', () => {
  const { clock, limiter } = make();
  for (let i = 0; i < 3; i++) assert.deepEqual(limiter.take('a'), { allowed: true });
  assert.deepEqual(limiter.take('a'), { allowed: false, retryAfter: 30 });
  clock.moveTo(START.add({ seconds: 29 }));
  assert.deepEqual(limiter.take('a'), { allowed: false, retryAfter: 1 });
  clock.moveTo(START.add({ seconds: 30 }));
  assert.deepEqual(limiter.take('a'), { allowed: true });
  assert.equal(limiter.take('a').allowed, false);
});

test('a refused attempt costs nothing, one given back counts as never made', () => {
  const { limiter } = make();
  for (let i = 0; i < 3; i++) limiter.take('a');
  for (let i = 0; i < 100; i++) assert.equal(limiter.take('a').allowed, false);
  limiter.giveBack('a');
  assert.equal(limiter.take('a').allowed, true);
  assert.equal(limiter.take('a').allowed, false);
});

describe('any attempts at any times', () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(90_000)), { maxLength: 60 });

  test('behave like one exact token bucket for each key', () => {
    fc.assert(
      fc.property(steps, (attempts) => {
        const { clock, limiter } = make();
        const buckets = new Map<number, { tokens: number; at: number }>();
        let now = 0;
        for (const [key, wait] of attempts) {
          now += wait;
          clock.moveTo(START.add({ milliseconds: now }));
          const bucket = buckets.get(key) ?? { tokens: 3, at: 0 };
          const tokens = Math.min(3, bucket.tokens + (now - bucket.at) / 30_000);
          const allowed = tokens >= 1 - 1e-6;
          buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
          assert.equal(limiter.take(String(key)).allowed, allowed);
        }
      }),
    );
  });

  test('never let a key through more often than its limit, however crowded the memory', () => {
    fc.assert(
      fc.property(steps, (attempts) => {
        const { clock, limiter } = make({ ...LIMIT, places: 2 });
        const taken = new Map<number, number[]>();
        let now = 0;
        for (const [key, wait] of attempts) {
          now += wait;
          clock.moveTo(START.add({ milliseconds: now }));
          if (limiter.take(String(key)).allowed) taken.set(key, [...(taken.get(key) ?? []), now]);
        }
        for (const times of taken.values()) {
          for (const [i, from] of times.entries()) {
            for (const [j, to] of times.entries()) {
              if (j >= i) assert.ok(j - i + 1 <= 3 + (to - from) / 30_000 + 1e-6);
            }
          }
        }
      }),
    );
  });
});

test('a hundred thousand other keys hardly ever make a key wait', () => {
  const { limiter } = make({ burst: 20, per: { count: 1, seconds: 60 } });
  for (let i = 0; i < 100_000; i++) limiter.take(`other ${i}`);
  const waiting = Array.from({ length: 1_000 }, (_, i) => limiter.take(`mine ${i}`)).filter(
    (a) => !a.allowed,
  );
  assert.ok(waiting.length <= 5, `${waiting.length} of 1,000 waited`);
});

test('several limits are taken together or not at all', () => {
  const { clock } = make();
  const wide = new RateLimiter(clock, { burst: 10, per: { count: 1, seconds: 60 } });
  const narrow = new RateLimiter(clock, { burst: 1, per: { count: 1, seconds: 60 } });
  RateLimiter.takeAll('Too many.', [wide, 'a'], [narrow, 'a']);
  for (let i = 0; i < 20; i++) {
    assert.throws(() => RateLimiter.takeAll('Too many.', [wide, 'a'], [narrow, 'a']), {
      code: 'rate-limited',
      message: 'Too many.',
      details: { retryAfter: 60, mend: 'Wait 60 seconds, then try again.' },
    });
  }
  for (let i = 0; i < 9; i++)
    assert.equal(wide.take('a').allowed, true, 'the wide one gave its attempts back');
});

test('a clock that ran ahead and was set right makes nobody wait for the difference', () => {
  let ahead = 24 * 3_600_000;
  const clock = { virtual: false, now: () => START.add({ milliseconds: ahead }) };
  const limiter = new RateLimiter(clock, { burst: 2, per: { count: 1, seconds: 60 } });
  limiter.take('a');
  ahead = 0;
  assert.deepEqual(
    [1, 2, 3].map(() => limiter.take('a').allowed),
    [true, true, false],
  );
});

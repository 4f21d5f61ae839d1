import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { play, schedule } from '../../test/primacy.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('no order of events lets an adverse decision stand without a competent person, nor an involved reviewer decide', async () => {
  const seen = { adverse: 0, reviews: 0, twice: 0 };
  await fc.assert(
    fc.asyncProperty(schedule, async (rounds) => {
      const { adverse, reviews, twice } = await play(p, rounds);
      seen.adverse += adverse;
      seen.reviews += reviews;
      seen.twice += twice;
    }),
    { numRuns: 30, seed: 11, endOnFailure: true },
  );
  // The schedules reach what they are about.
  assert.ok(seen.adverse > 10 && seen.reviews > 2 && seen.twice > 2, JSON.stringify(seen));
});

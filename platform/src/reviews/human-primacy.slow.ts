import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { play, schedule } from '../../test/primacy.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('human primacy and independence hold over hundreds of interleavings', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (rounds) => {
      await play(p, rounds);
    }),
    { numRuns: 250, endOnFailure: true },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makePlatform } from '../../test/make-platform.ts';
import { makePeople, playRounds, rounds } from '../../test/requests-model.ts';

test('requests, many orders of calls', { timeout: 300_000 }, async (t) => {
  const p = await makePlatform();
  try {
    const world = await makePeople(p);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (commands) => {
        answered += await playRounds(world, commands);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    t.diagnostic(`${answered} requests answered`);
    assert.ok(answered > 10);
  } finally {
    await p.dispose();
  }
});

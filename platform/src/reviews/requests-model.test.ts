import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makePlatform } from '../../test/make-platform.ts';
import { makePeople, playRounds, rounds } from '../../test/requests-model.ts';

test('no order of calls has an involved decider, a second ask, a second extension or a date that no rule gives', async (t) => {
  const p = await makePlatform();
  try {
    const world = await makePeople(p);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (commands) => {
        answered += await playRounds(world, commands);
      }),
      { numRuns: 12, endOnFailure: true },
    );
    t.diagnostic(`${answered} requests answered`);
    assert.ok(answered > 0);
  } finally {
    await p.dispose();
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { VirtualClock } from '../src/clock.ts';
import { verifyLog } from '../src/ledger/verify.ts';
import { openPlatform } from '../src/open.ts';
import { concerns, observed } from '../src/primacy/figures.ts';
import { AUTHORITY_ID, SYSTEM_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';
import { sweepDecisions } from './world-sweep.ts';

const HOUSEHOLDS = 5_000;

for (const clean of [false, true]) {
  test(`the whole ${clean ? 'clean twin' : 'demonstration'} holds its invariants`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'taalil-sweep-'));
    const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
    const platform = await openPlatform({
      folder,
      clock,
      kind: 'demonstration',
      originPrefix: 'test.example/log',
    });
    try {
      await makeWorld({ ...platform, ...CHEAP_PASSWORDS }, clock, { households: HOUSEHOLDS, clean });
      const { decisions, adverse, shown } = await sweepDecisions(platform, AUTHORITY_ID);
      assert.ok(adverse > decisions / 10, `${adverse} adverse of ${decisions}`);
      assert.ok(shown > 0, 'the sweep saw no correction at all');
      const size = await verifyLog(platform, AUTHORITY_ID);
      const planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')) as {
        cases: unknown[];
        reviewer: { staffId: string } | null;
      };
      assert.equal(planted.cases.length > 0, !clean);
      const staffId = planted.reviewer?.staffId;
      const named = concerns(await observed(platform, AUTHORITY_ID, SYSTEM_ID)).map((c) => c.staffId);
      assert.deepEqual(
        [...new Set(named)],
        clean ? [] : [staffId],
        'who signs in four seconds, and nobody else',
      );
      t.diagnostic(
        `${decisions} decisions, ${adverse} adverse, ${shown} corrections shown, ${size} log entries`,
      );
    } finally {
      await platform.close();
      rmSync(folder, { recursive: true });
    }
  });
}

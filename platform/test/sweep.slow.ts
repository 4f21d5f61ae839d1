import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { VirtualClock } from '../src/clock.ts';
import { readDecision } from '../src/decisions/view.ts';
import { verifyLog } from '../src/ledger/verify.ts';
import { listAlerts } from '../src/monitoring/alerts.ts';
import { readCube } from '../src/monitoring/cell-store.ts';
import { officersOf } from '../src/monitoring/officers.ts';
import { type OpenPlatform, openPlatform } from '../src/open.ts';
import { concerns, observed } from '../src/primacy/figures.ts';
import { previewCorrections, reviewsOfCase } from '../src/reviews/index.ts';
import { AUTHORITY_ID, SYSTEM_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';
import { sweepDecisions } from './world-sweep.ts';

const HOUSEHOLDS = 5_000;

interface Planted {
  readonly cases: readonly { readonly caseId: string; readonly fault: string }[];
  readonly reviewer: { readonly staffId: string } | null;
}

for (const clean of [false, true]) {
  const name = clean ? 'clean twin' : 'demonstration';
  describe(`the ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'taalil-sweep-'));
    let platform: OpenPlatform;
    let planted: Planted;
    before(async () => {
      const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
      const kind = 'demonstration';
      platform = await openPlatform({ folder, clock, kind, originPrefix: 'test.example/log' });
      await makeWorld({ ...platform, ...CHEAP_PASSWORDS }, clock, { households: HOUSEHOLDS, clean });
      planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')) as Planted;
    });
    after(async () => {
      await platform.close();
      rmSync(folder, { recursive: true });
    });

    test(`the whole ${name} holds its invariants`, async (t) => {
      const { decisions, adverse, shown } = await sweepDecisions(platform, AUTHORITY_ID);
      assert.ok(adverse > decisions / 10, `${adverse} adverse of ${decisions}`);
      assert.ok(shown > 0, 'the sweep saw no correction at all');
      const size = await verifyLog(platform, AUTHORITY_ID);
      assert.equal(planted.cases.length > 0, !clean);
      const named = concerns(await observed(platform, AUTHORITY_ID, SYSTEM_ID)).map((c) => c.staffId);
      assert.deepEqual(
        [...new Set(named)],
        clean ? [] : [planted.reviewer?.staffId],
        'who signs in four seconds, and nobody else',
      );
      t.diagnostic(
        `${decisions} decisions, ${adverse} adverse, ${shown} corrections shown, ${size} log entries`,
      );
    });

    test('the monitor says what was planted, and nothing else', async () => {
      const hasty = planted.reviewer?.staffId;
      const alerts = (await listAlerts(platform.store.read, AUTHORITY_ID)).map(({ watch }) => watch);
      const officers = officersOf(await readCube(platform.store.read, AUTHORITY_ID, SYSTEM_ID, 'officers'));
      const named = officers?.standOut.map(({ officer, because }) => [officer, [...because]]) ?? [];
      if (clean) {
        assert.deepEqual({ hasty, alerts, named }, { hasty: undefined, alerts: [], named: [] });
        return;
      }
      assert.ok(alerts.includes(`officer|${hasty}`), JSON.stringify(alerts));
      assert.ok(
        alerts.every((watch) => watch === `officer|${hasty}` || watch.startsWith('record|earn')),
        JSON.stringify(alerts),
      );
      assert.deepEqual(
        named.map(([officer]) => officer),
        [hasty],
      );
      assert.ok(named.flat(2).includes('hasty'));
    });

    if (clean) return;
    test('the deceased earner is cured by rectification, as its preview said', async () => {
      let [cured, rectified] = [0, 0];
      for (const { caseId } of planted.cases.filter(({ fault }) => fault === 'deceased-earner')) {
        for (const review of await reviewsOfCase(platform, AUTHORITY_ID, caseId)) {
          const { answered, asked, clock: time } = review;
          if (asked.corrections.earners === undefined || answered?.newDecisionId === undefined) continue;
          rectified += 1;
          assert.equal(time.kind, 'rectification');
          assert.equal(time.treat.rule.id, 'ma.09-08.8');
          const was = await readDecision(platform, AUTHORITY_ID, review.decisionId);
          const is = await readDecision(platform, AUTHORITY_ID, answered.newDecisionId);
          const preview = await previewCorrections(was.system, was.facts, asked.corrections);
          assert.equal(is.facts.earners, asked.corrections.earners);
          assert.equal(is.effect, preview.assessed.effect);
          assert.equal(is.explanation.score, preview.assessed.explanation.score);
          assert.equal(was.row.superseded_by, is.row.decision_id);
          if (was.effect === 'adverse' && is.effect === 'favourable') cured += 1;
        }
      }
      assert.ok(rectified > 0, 'nobody asked for a rectification');
      assert.ok(cured > 0, `none of ${rectified} was cured`);
    });
  });
}

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { VirtualClock } from '../src/clock.ts';
import { readDecision } from '../src/decisions/view.ts';
import { openPlatform } from '../src/open.ts';
import { previewCorrections, reviewsOfCase } from '../src/reviews/index.ts';
import { AUTHORITY_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';

test('in the demonstration the deceased earner is cured by rectification, as its preview said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-earner-'));
  const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const p = await openPlatform({ folder, clock, kind: 'demonstration', originPrefix: 'test.example/log' });
  try {
    await makeWorld({ ...p, ...CHEAP_PASSWORDS }, clock, { seed: 'earner', households: 900 });
    const { cases } = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')) as {
      cases: { caseId: string; fault: string }[];
    };
    let cured = 0;
    let rectified = 0;
    for (const { caseId } of cases.filter(({ fault }) => fault === 'deceased-earner')) {
      for (const review of await reviewsOfCase(p, AUTHORITY_ID, caseId)) {
        const { answered, asked, clock: time } = review;
        if (asked.corrections.earners === undefined || answered?.newDecisionId === undefined) continue;
        rectified += 1;
        assert.equal(time.kind, 'rectification');
        assert.equal(time.treat.rule.id, 'ma.09-08.8');
        const before = await readDecision(p, AUTHORITY_ID, review.decisionId);
        const after = await readDecision(p, AUTHORITY_ID, answered.newDecisionId);
        const preview = await previewCorrections(before.system, before.facts, asked.corrections);
        assert.equal(after.facts.earners, asked.corrections.earners);
        assert.equal(after.effect, preview.assessed.effect);
        assert.equal(after.explanation.score, preview.assessed.explanation.score);
        assert.equal(before.row.superseded_by, after.row.decision_id);
        if (before.effect === 'adverse' && after.effect === 'favourable') cured += 1;
      }
    }
    assert.ok(rectified > 0, 'nobody asked for a rectification');
    assert.ok(cured > 0, `none of ${rectified} was cured`);
  } finally {
    await p.close();
    rmSync(folder, { recursive: true });
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mayBeAdvised, whatWouldChange } from '../src/citizen/what-would-change.ts';
import { VirtualClock } from '../src/clock.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { type DecisionRow, type DecisionView, readDecision } from '../src/decisions/view.ts';
import { verifyLog } from '../src/ledger/verify.ts';
import { openPlatform } from '../src/open.ts';
import { NEVER_ADVISED } from '../src/register/record.ts';
import { typed } from '../src/store/index.ts';
import { AUTHORITY_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';

const HOUSEHOLDS = 5_000;

/** I3: whatever is adverse and in force was signed by a person, under a delegation, with reasons of law and fact. */
function assertPersonDecided({ row, settled, life }: DecisionView): void {
  if (row.status === 'awaiting-person' || row.effect !== 'adverse') return;
  assert.equal(row.decided_by, 'person', row.decision_id);
  const signing =
    settled ?? life.find((e) => e.decisionId === row.decision_id && e.facts.decided_by !== undefined);
  const by = signing?.facts.decided_by as { name?: string; delegation?: { instrument?: string } } | undefined;
  assert.ok(by?.name, `${row.decision_id}: nobody signed`);
  assert.ok(by?.delegation?.instrument, `${row.decision_id}: no delegation`);
  const reasons = signing?.facts.reasons as { articles: string[]; facts: string[] } | undefined;
  assert.ok(
    reasons !== undefined && reasons.articles.length > 0 && reasons.facts.length > 0,
    row.decision_id,
  );
}

/** I6: an outcome is shown only for facts that may be spoken of, was re-run, and is favourable. */
async function assertDecent(view: DecisionView): Promise<number> {
  const { record, model } = view.system;
  const { checks } = await whatWouldChange({
    record,
    model,
    facts: view.facts,
    explanation: view.explanation,
    effect: view.effect,
  });
  let shown = 0;
  for (const { input, said } of checks) {
    if (said.kind !== 'changes') continue;
    shown++;
    assert.ok(mayBeAdvised(input) && !(NEVER_ADVISED as readonly string[]).includes(input.topic), input.name);
    for (const { to, prediction } of said.corrections) {
      const again = await model.predict({ ...view.facts, [input.name]: to });
      assert.deepEqual([again.favourable, again.score], [true, prediction.score]);
    }
  }
  return shown;
}

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
      await makeWorld(platform, clock, { households: HOUSEHOLDS, clean });
      const rows: DecisionRow[] = await typed<DecisionTables>(platform.store.read)
        .selectFrom('decisions')
        .selectAll()
        .execute();
      let adverse = 0;
      let shown = 0;
      for (const row of rows) {
        const view = await readDecision(platform, AUTHORITY_ID, row.decision_id);
        assert.equal(view.explanation.form === 'additive' && view.explanation.difference, '0');
        assertPersonDecided(view);
        if (row.effect === 'adverse') {
          adverse++;
          shown += await assertDecent(view);
        }
      }
      assert.ok(adverse > rows.length / 10, `${adverse} adverse of ${rows.length}`);
      assert.ok(shown > 0, 'the sweep saw no correction at all');
      const size = await verifyLog(platform, AUTHORITY_ID);
      const planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')) as { cases: unknown[] };
      assert.equal(planted.cases.length > 0, !clean);
      t.diagnostic(
        `${rows.length} decisions, ${adverse} adverse, ${shown} corrections shown, ${size} log entries`,
      );
    } finally {
      await platform.close();
      rmSync(folder, { recursive: true });
    }
  });
}

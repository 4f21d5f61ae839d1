import assert from 'node:assert/strict';
import { mayBeAdvised, whatWouldChange } from '../src/citizen/what-would-change.ts';
import type { Context } from '../src/context.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { type DecisionView, readDecision } from '../src/decisions/view.ts';
import { NEVER_ADVISED } from '../src/register/record.ts';
import { typed } from '../src/store/index.ts';

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
async function assertDecent({ system, facts, explanation, effect }: DecisionView): Promise<number> {
  const { record, model } = system;
  const { checks } = await whatWouldChange({ record, model, facts, explanation, effect });
  let shown = 0;
  for (const { input, said } of checks) {
    if (said.kind !== 'changes') continue;
    shown++;
    assert.ok(mayBeAdvised(input) && !(NEVER_ADVISED as readonly string[]).includes(input.topic), input.name);
    for (const { to, prediction } of said.corrections) {
      const again = await model.predict({ ...facts, [input.name]: to });
      assert.deepEqual([again.favourable, again.score], [true, prediction.score]);
    }
  }
  return shown;
}

export interface Swept {
  readonly decisions: number;
  readonly adverse: number;
  /** Corrections for which an outcome is shown. */
  readonly shown: number;
}

/** Reads every decision of an authority by replay and holds it against I3, I5 and I6. */
export async function sweepDecisions(ctx: Context, authorityId: string): Promise<Swept> {
  const rows = await typed<DecisionTables>(ctx.store.read)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  let [adverse, shown] = [0, 0];
  for (const row of rows) {
    const view = await readDecision(ctx, authorityId, row.decision_id);
    const { explanation, system } = view;
    if (explanation.form === 'additive')
      assert.ok(Math.abs(Number(explanation.difference)) <= system.model.slack(explanation));
    assertPersonDecided(view);
    if (row.effect === 'adverse') {
      adverse++;
      shown += await assertDecent(view);
    }
  }
  return { decisions: rows.length, adverse, shown };
}

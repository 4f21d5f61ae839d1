import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openView } from '../src/citizen/case-view.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { readDecision } from '../src/decisions/view.ts';
import { typed } from '../src/store/index.ts';
import { auditRows } from '../worlds/tax-audit/audit-rows.ts';
import { AUTHORITY_ID, SELECTION } from '../worlds/tax-audit/record.ts';
import { AUDIT_FILE, PLANTED_FILE } from '../worlds/tax-audit/world.ts';
import { type MadeTaxWorld, madeTaxWorld } from './tax-world.ts';
import { sweepDecisions } from './world-sweep.ts';

let made: MadeTaxWorld;
before(async () => {
  made = await madeTaxWorld({ returns: 260, weeks: 24 });
});
after(() => made.dispose());

test('every return of a small office is explained and read again; nothing adverse is unsigned, nothing indecent said', async () => {
  const { decisions, adverse, shown } = await sweepDecisions(made.platform, AUTHORITY_ID);
  // A decision by the model and one by lot for each return, and those that reviews put in their place.
  assert.ok(decisions >= 2 * 260, `${decisions} decisions`);
  assert.ok(adverse > 20 && shown > 10, `${adverse} adverse, ${shown} corrections shown`);
});

test('what the office withholds is withheld of the decisions made since, of no earlier one, and still explained', async () => {
  const rows = await typed<DecisionTables>(made.platform.store.read)
    .selectFrom('decisions')
    .select('decision_id')
    .where('authority_id', '=', AUTHORITY_ID)
    .where('system_id', '=', SELECTION)
    .execute();
  const views = await Promise.all(
    rows.map(({ decision_id }) => readDecision(made.platform, AUTHORITY_ID, decision_id)),
  );
  const closed = views.filter((view) => view.withheld !== undefined);
  assert.ok(closed.length > 50 && closed.length < views.length);
  const first = closed.map((view) => view.row.created_at).sort()[0] as string;
  for (const view of views) {
    if (view.withheld === undefined) continue;
    assert.ok(view.row.created_at >= first);
    const open = openView(view);
    assert.ok(!('declared_gap' in open.facts) && 'declared_gap' in view.facts);
    assert.ok(!JSON.stringify(open.explanation).includes('declared_gap'));
    if (open.explanation.form === 'additive' && view.explanation.form === 'additive') {
      const sum = (of: typeof open.explanation) =>
        of.contributions.reduce((so, c) => so + Number(c.value), 0);
      assert.ok(Math.abs(sum(open.explanation) - sum(view.explanation)) < 1e-9);
    }
  }
});

test('the audit file holds every return; the truth is known only of those inspected, by choice or by lot', async () => {
  const rows = await auditRows(made.platform);
  assert.equal(rows.length, 260);
  for (const row of rows) {
    if (row.random) assert.notEqual(row.found, null);
    else if (row.found !== null) assert.ok(row.proposed && row.chosen, row.decision);
  }
  const known = rows.filter((row) => row.found !== null);
  assert.ok(known.some((row) => row.random) && known.some((row) => !row.random && row.found === false));
  const lines = readFileSync(join(made.folder, AUDIT_FILE), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 261);
  assert.equal(JSON.parse(readFileSync(join(made.folder, PLANTED_FILE), 'utf8')).clean, false);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { auditRows } from '../worlds/tax-audit/audit-rows.ts';
import { AUTHORITY_ID } from '../worlds/tax-audit/record.ts';
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

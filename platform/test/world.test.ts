import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEvent } from '../src/cases/events.ts';
import type { CaseTables } from '../src/cases/tables.ts';
import { VirtualClock } from '../src/clock.ts';
import { openPlatform } from '../src/open.ts';
import { typed } from '../src/store/index.ts';
import { AUTHORITY_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';

/** Every event of a small world as (subject, type, instant, effect), without the identifiers that chance gives. */
async function story(
  seed: string,
  clean: boolean,
): Promise<{ story: string[]; planted: { cases: unknown[] } }> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-world-'));
  const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const platform = await openPlatform({
    folder,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  });
  try {
    await makeWorld({ ...platform, ...CHEAP_PASSWORDS }, clock, { seed, clean, households: 700 });
    const rows = await typed<CaseTables>(platform.store.read).selectFrom('case_events').selectAll().execute();
    const subjects = new Map<string, unknown>();
    const told = rows.map((row) => {
      const event = openEvent(platform.vault.caseKey(AUTHORITY_ID, row.case_id), row);
      if (event.facts.subject !== undefined) subjects.set(row.case_id, event.facts.subject);
      return { caseId: row.case_id, type: row.type, at: row.at, outcome: event.facts.outcome };
    });
    return {
      story: told
        .map(
          ({ caseId, type, at, outcome }) =>
            `${subjects.get(caseId)} ${at} ${type} ${JSON.stringify(outcome ?? null)}`,
        )
        .filter((line) => !line.includes('code-issued'))
        .sort(),
      planted: JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')),
    };
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true });
  }
}

test('the same seed gives the same world, another seed another, and the clean twin has no planted case', async () => {
  const first = await story('a', false);
  assert.deepEqual((await story('a', false)).story, first.story);
  assert.notDeepEqual((await story('b', false)).story, first.story);
  assert.ok(first.planted.cases.length > 0);
  assert.equal((await story('a', true)).planted.cases.length, 0);
});

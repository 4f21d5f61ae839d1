import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  makePlatform,
  SYSTEM,
  TEST_START,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { decideMany, watch } from '../../test/watching.ts';
import { createApp } from '../app.tsx';
import { readFigures } from '../register/published-figures.ts';
import { takeSnapshot } from '../register/snapshots.ts';
import { runMonitor } from './run.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('figures by group stand on the register page and in its data, at a month’s end, each with its interval', async () => {
  await watch(p);
  await decideMany(p, 700);
  const early = await readFigures(p.store.read, AUTHORITY_A, SYSTEM);
  assert.equal(early, undefined);
  // Nobody has decided on the proposals: in force are the grants alone, so nothing can be told of any group.
  p.clock.moveTo(TEST_START.add({ hours: 24 * 31 }));
  await runMonitor(p, AUTHORITY_A);
  await takeSnapshot(p, AUTHORITY_A, '2026-03-31');
  assert.deepEqual((await readFigures(p.store.read, AUTHORITY_A, SYSTEM))?.groups, {});

  await p.store.transact(async (tx) => {
    // What a month at the desk would do, without its seven hundred signatures.
    const { sql } = await import('kysely');
    await sql`update decisions set status = 'effective', decided_by = 'person', effective_at = '2026-04-02T10:00:00.000Z' where status = 'awaiting-person'`.execute(
      tx.db,
    );
    await sql`update monitor_cells set cell = replace(cell, '"2026-03",null,1,1,null,null', '"2026-03","2026-04",1,1,null,1') where cube = 'groups'`.execute(
      tx.db,
    );
  });
  p.clock.moveTo(TEST_START.add({ hours: 24 * 61 }));
  await runMonitor(p, AUTHORITY_A);
  await takeSnapshot(p, AUTHORITY_A, '2026-04-30');
  const figures = await readFigures(p.store.read, AUTHORITY_A, SYSTEM);
  const sex = figures?.groups.applicant_sex;
  assert.equal(sex?.until, '2026-04-30');
  assert.deepEqual(Object.keys(sex?.groups ?? {}), ['female', 'male']);
  const [women, men] = [sex?.groups.female, sex?.groups.male];
  assert.equal((women?.of ?? 0) + (men?.of ?? 0), 700);
  assert.ok(
    Number(women?.interval[0]) < Number(women?.share) && Number(women?.share) < Number(women?.interval[1]),
  );
  for (const { groups, together } of Object.values(figures?.groups ?? {})) {
    for (const share of [...Object.values(groups), ...(together ? [together] : [])]) {
      assert.ok(share.count >= 10 && share.of - share.count >= 10);
    }
  }

  const app = createApp(p);
  const page = await (await app.request(`/fr/register/${AUTHORITY_A}/${SYSTEM}`)).text();
  assert.match(page, /Écarts entre groupes/);
  assert.match(page, /3 points/);
  assert.match(page, /<th scope="row">femmes<\/th>/);
  const data = (await (await app.request(`/api/v1/register/${AUTHORITY_A}/${SYSTEM}`)).json()) as {
    figures: { groups: unknown };
    monitoring: { tolerance: string; within: string[] };
  };
  assert.deepEqual(data.figures.groups, figures?.groups);
  assert.deepEqual([data.monitoring.tolerance, data.monitoring.within], ['0.03', ['milieu']]);
});

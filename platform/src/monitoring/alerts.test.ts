import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  TEST_START,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff } from '../../test/visitor.ts';
import { AT_A, declared, watch } from '../../test/watching.ts';
import { decide } from '../decisions/decide.ts';
import { changeStatus } from '../register/status.ts';
import { systemState } from '../register/systems.ts';
import { typed } from '../store/index.ts';
import { acknowledgeAlert, listAlerts, standingEvidence } from './alerts.ts';
import { readLooks } from './looks.ts';
import { runMonitor } from './run.ts';

let p: TestPlatform;
beforeEach(async () => {
  p = await makePlatform();
});
const done = async () => p.dispose();

let asked = 0;
/** One month of cases: in one region so many are proposed against, elsewhere others. */
async function month(n: number, { here, elsewhere }: { here: number; elsewhere: number }) {
  p.clock.moveTo(TEST_START.add({ hours: 24 * 31 * n }));
  const one = (region: string, adverse: boolean, at: number) => {
    const person = clearCase(adverse ? 'adverse' : 'favourable');
    const sex = at % 2 === 0 ? 'female' : 'male';
    const audit = { ...person.audit, milieu: 'rural' as const, region, applicant_sex: sex };
    return decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: `alerts-${asked++}`,
      body: { subject: `S-${asked}`, input: inputOf(person.household), audit },
    });
  };
  await Promise.all([
    ...Array.from({ length: 20 }, (_, i) => one('laurier', i < here, i)),
    ...Array.from({ length: 60 }, (_, i) => one('safran', i < elsewhere, i)),
  ]);
}
const nextMonth = (n: number) => p.clock.moveTo(TEST_START.add({ hours: 24 * 31 * n }));
const status = async () => (await systemState(p.store, AUTHORITY_A, SYSTEM))?.status;
const run = async () => (await runMonitor(p, AUTHORITY_A))[0];

describe('a tolerance that is broken', () => {
  test('opens one alert for each watch, sealed; notifies only, where that is declared', async () => {
    await watch(p);
    for (const n of [0, 1, 2]) await month(n, { here: 12, elsewhere: 6 });
    assert.deepEqual(await run(), {
      authorityId: AUTHORITY_A,
      systemId: SYSTEM,
      step: 'current',
      looks: 2,
      alerts: 0,
    });
    nextMonth(3);
    assert.equal((await run())?.alerts, 2);
    const alerts = await listAlerts(p.store.read, AUTHORITY_A);
    assert.deepEqual(alerts.map(({ watch }) => watch).sort(), [
      'group|region|laurier',
      'group|region|laurier|rural',
    ]);
    const within = alerts.find(({ watch }) => watch.endsWith('rural'));
    assert.equal(within?.month, '2026-05');
    assert.deepEqual(within?.evidence.group, { successes: 36, total: 60 });
    assert.deepEqual(within?.evidence.others, { successes: 18, total: 180 });
    assert.ok((within?.evidence.reached ?? 0) > (within?.evidence.needed ?? Infinity));
    assert.equal(await status(), 'live');
    const journal = await typed<{ journal: { type: string; openings: string } }>(p.store.read)
      .selectFrom('journal')
      .select(['type', 'openings'])
      .where('type', '=', 'disparity-alert')
      .execute();
    assert.equal(journal.length, 2);

    // The same looks give no second alert, nor do further months of the same; a new process opens none either.
    assert.deepEqual([(await run())?.looks, (await run())?.alerts], [0, 0]);
    await month(3, { here: 12, elsewhere: 6 });
    nextMonth(4);
    p = await p.reopen();
    assert.deepEqual((await run())?.alerts, 0);
    assert.equal((await listAlerts(p.store.read, AUTHORITY_A)).length, 2);
    assert.equal((await listAlerts(p.store.read, AUTHORITY_B)).length, 0);
    await done();
  });

  test('suspends the system where that is declared, once; two people re-arm it', async () => {
    await watch(p, { on_breach: 'suspend' });
    for (const n of [0, 1, 2]) await month(n, { here: 12, elsewhere: 6 });
    nextMonth(3);
    await run();
    assert.equal(await status(), 'suspended');
    await assert.rejects(month(3, { here: 1, elsewhere: 0 }), { code: 'suspended' });
    const reason = { fr: 'Coefficient corrigé' };
    const rearm = (by: string) => changeStatus(p, { ...AT_A, to: 'live', reason, by });
    assert.equal(await rearm('stf_first'), 'awaiting-second');
    assert.equal(await rearm('stf_second'), 'done');
    await run();
    assert.equal(await status(), 'live');
    await done();
  });

  test('is acknowledged once, by a supervisor, with a note', async () => {
    await watch(p);
    for (const n of [0, 1, 2]) await month(n, { here: 12, elsewhere: 6 });
    nextMonth(3);
    await run();
    const [alert] = await listAlerts(p.store.read, AUTHORITY_A);
    const supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor']);
    const auditor = await makeStaff(p, AUTHORITY_A, ['auditor']);
    const note = 'La constante de la région a été vérifiée et sera corrigée.';
    const acknowledge = (by: string, text = note, authorityId = AUTHORITY_A) =>
      acknowledgeAlert(p, { authorityId, alertId: alert?.alertId ?? '', by, note: text });
    await assert.rejects(acknowledge(auditor), { code: 'forbidden' });
    await assert.rejects(acknowledge(supervisor, ' ok '), { code: 'invalid-request' });
    await assert.rejects(acknowledge(supervisor, note, AUTHORITY_B), { code: 'not-found' });
    await acknowledge(supervisor);
    await assert.rejects(acknowledge(supervisor), { code: 'conflict' });
    const now = (await listAlerts(p.store.read, AUTHORITY_A)).find(
      ({ alertId }) => alertId === alert?.alertId,
    );
    assert.deepEqual(
      [now?.status, now?.acknowledged?.by, now?.acknowledged?.note],
      ['acknowledged', supervisor, note],
    );
    await done();
  });
});

test('a tolerance that is kept gives no alert; what a look saw stays when the case moves later', async () => {
  const w = await watch(p);
  for (const n of [0, 1, 2, 3, 4]) await month(n, { here: 3, elsewhere: 9 });
  nextMonth(5);
  assert.deepEqual([(await run())?.looks, (await run())?.alerts], [5, 0]);
  const evidence = await standingEvidence(p, w);
  assert.ok(evidence.every(({ points }) => points.every(({ beyond }) => !beyond)));
  assert.ok(Math.max(...evidence.flatMap(({ points }) => points.map((one) => one.evidence ?? 0))) < 20);
  await done();
});

test('another declaration begins anew: nobody is held to its tolerance for what came before', async () => {
  await watch(p, { tolerance: '0.9' });
  for (const n of [0, 1, 2]) await month(n, { here: 12, elsewhere: 6 });
  nextMonth(3);
  assert.equal((await run())?.alerts, 0);
  const strict = await declared(p);
  assert.equal((await run())?.alerts, 0);
  assert.equal((await readLooks(p.store.read, strict)).length, 3);
  await month(3, { here: 12, elsewhere: 6 });
  await month(4, { here: 12, elsewhere: 6 });
  nextMonth(5);
  assert.equal((await run())?.alerts, 2);
  await done();
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { newCase, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { makeStaff } from '../../test/visitor.ts';
import { logAccess } from '../access/index.ts';
import type { PlatformError } from '../errors.ts';
import { requestReview } from '../reviews/index.ts';
import { migrations } from '../rooms.ts';
import { declaredSchema, typed } from '../store/index.ts';
import { KEPT, NO_SYSTEM, planSweep, SWEPT, setRetentionRule, sweepAll } from './index.ts';

const A = { authorityId: AUTHORITY_A };
let p: TestPlatform;
let dpo: string;
before(async () => {
  p = await makePlatform();
  dpo = await makeStaff(p, AUTHORITY_A, ['dpo']);
});
after(() => p.dispose());

test('every table is kept by exactly one rule, with a ground and how far it can be relied on', async () => {
  const kept = [...SWEPT.map(({ table }) => table), ...KEPT.flatMap(({ tables }) => tables)];
  assert.equal(new Set(kept).size, kept.length);
  const declared = await declaredSchema(migrations);
  assert.deepEqual(
    [...declared.keys()].filter((table) => !kept.includes(table)),
    [],
  );
  for (const { table, from, only } of SWEPT) {
    const columns = declared.get(table)?.columns.map(({ name }) => name);
    for (const column of [from, ...(only?.slice(0, 1) ?? [])])
      assert.ok(columns?.includes(column), `${table}.${column}`);
  }
  for (const { id, basis } of [...SWEPT, ...KEPT]) {
    assert.ok(basis.source.length > 3 && basis.because.length > 10, id);
    assert.notEqual(basis.certainty, 'certain', `${id}: no law was read that says so`);
  }
});

interface Rows {
  access_log: { authority_id: string; at: string; case_id: string | null; purpose: string };
  idempotency: { authority_id: string; idempotency_key: string; created_at: string };
}
const accesses = async () =>
  (
    await typed<Rows>(p.store.read).selectFrom('access_log').select('purpose').orderBy('purpose').execute()
  ).map(({ purpose }) => purpose);
const read = (purpose: string, caseId?: string, authorityId = AUTHORITY_A) =>
  logAccess(p, { authorityId, actor: 'stf_1', action: 'case.read', purpose, caseId });
const planned = async (rule: string, systemId: string) => {
  const one = (await planSweep(p, AUTHORITY_A)).find((r) => r.rule.id === rule && r.systemId === systemId);
  return {
    total: one?.total,
    due: one?.due,
    held: one?.held,
    days: one?.days,
    certainty: one?.basis.certainty,
  };
};
const laterBy = (days: number) => p.clock.moveTo(p.clock.now().add({ hours: 24 * days }));

test('what is over its time goes and nothing else: the dry run says it before, the log says it after', async () => {
  const reviewer = await signingReviewer(p);
  const { case: granted } = await newCase(p, 'favourable');
  const { case: waiting } = await newCase(p, 'adverse');
  const contested = await refusedCase(p, reviewer);
  await requestReview(p, {
    ...A,
    caseId: contested.case,
    decisionId: contested.decision,
    ground: 'want-person',
    text: 'Je voudrais que quelqu’un relise mon dossier.',
    filedBy: { kind: 'person' },
  });
  for (const [purpose, caseId] of [
    ['granted', granted],
    ['waiting', waiting],
    ['contested', contested.case],
    ['list', undefined],
  ] as const) {
    await read(purpose, caseId);
  }
  await read('other', undefined, AUTHORITY_B);
  const before = await accesses();
  laterBy(900);
  await read('fresh', granted);
  // Nobody has set a time: everything is kept.
  await sweepAll(p);
  assert.deepEqual(await accesses(), [...before, 'fresh'].sort());

  const rule = { ...A, rule: 'access-log', days: 730, basis: 'Décision n° 9/2026', by: dpo } as const;
  await setRetentionRule(p, { ...rule, systemId: SYSTEM, certainty: 'unsure' });
  const over = before.filter((purpose) => !['other', 'list'].includes(purpose)).length;
  const plan = await planned('access-log', SYSTEM);
  assert.deepEqual([plan.days, plan.certainty, plan.total], [730, 'unsure', over + 1]);
  assert.deepEqual(plan.held, { review: 1, 'awaiting-person': 1 });
  assert.equal(plan.due, over - 2);
  assert.deepEqual(await planned('access-log', NO_SYSTEM), {
    ...{ total: 1, due: 0, held: {}, days: undefined, certainty: 'platform policy' },
  });
  const swept = await sweepAll(p);
  assert.deepEqual(
    swept.filter(({ rule: id }) => id === 'access-log'),
    [{ ...A, systemId: SYSTEM, rule: 'access-log', rows: over - 2 }],
  );
  assert.deepEqual(await accesses(), ['contested', 'fresh', 'list', 'other', 'waiting'].sort());
  assert.deepEqual((await sweepAll(p)).length, 0);
  assert.deepEqual((await planned('access-log', SYSTEM)).due, 0);

  const told = await typed<{ journal: { type: string; openings: string; log_index: number } }>(p.store.read)
    .selectFrom('journal')
    .select(['type', 'openings'])
    .where('type', 'like', 'retention-r%')
    .orderBy('log_index')
    .execute();
  assert.deepEqual(
    told.map(({ type }) => type),
    ['retention-rule-set', 'retention-run'],
  );
  const facts = JSON.parse(told[1]?.openings ?? '') as { name: string; value: unknown }[];
  assert.equal(facts.find(({ name }) => name === 'rows')?.value, over - 2);
});

test('idempotency keys go after 30 days, in more than one commit, and only then', async () => {
  await p.store.transact(async (tx) => {
    for (let i = 0; i < 4_100; i++) {
      tx.append('idempotency', {
        ...{ authority_id: AUTHORITY_A, api_key_id: 'key_x', system_id: SYSTEM, idempotency_key: `k${i}` },
        ...{ body_mac: new Uint8Array(32), decision_id: `dec_${i}` },
        created_at: `2026-03-0${1 + (i % 9)}T00:00:00.000Z`,
      });
    }
  });
  await newCase(p, 'favourable');
  assert.deepEqual(await planned('idempotency-keys', SYSTEM), {
    ...{ total: 4_101, due: 4_100, held: {}, days: 30, certainty: 'platform policy' },
  });
  await sweepAll(p);
  assert.equal((await planned('idempotency-keys', SYSTEM)).total, 1);
});

test('a rule is set within its bounds, by whoever may, for a system that is there', async () => {
  const rule = {
    ...A,
    systemId: SYSTEM,
    rule: 'dead-letters',
    days: 30,
    basis: 'Décision n° 9/2026',
    by: dpo,
  } as const;
  const set = (change: object) => setRetentionRule(p, { ...rule, certainty: 'unsure', ...change });
  for (const [change, where] of [
    [{ rule: 'idempotency-keys' }, 'rule'],
    [{ rule: 'nothing' }, 'rule'],
    [{ systemId: 'nothing' }, 'system'],
    [{ systemId: NO_SYSTEM }, 'system'],
    [{ days: 6 }, 'days'],
    [{ days: 3.5 }, 'days'],
    [{ rule: 'access-log', days: 364 }, 'days'],
    [{ basis: ' no ' }, 'basis'],
    [{ certainty: 'sure' }, 'certainty'],
  ] as const) {
    await assert.rejects(set(change), (error: PlatformError) => {
      assert.deepEqual([error.code, error.details.where], ['invalid-request', where], JSON.stringify(change));
      return true;
    });
  }
  await assert.rejects(set({ by: await makeStaff(p, AUTHORITY_A, ['supervisor']) }), { code: 'forbidden' });
  await set({});
  await set({ days: undefined, certainty: 'platform policy' });
  assert.equal((await planned('dead-letters', SYSTEM)).days, undefined);
});

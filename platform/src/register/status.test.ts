import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { buildEntry } from '@taalil/transparency-log/writer';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { decide } from '../decisions/decide.ts';
import { typed } from '../store/index.ts';
import { publishVersion } from './publish.ts';
import type { SystemStatus } from './record.ts';
import { ALLOWED, changeStatus, type StatusChange } from './status.ts';
import type { RegisterTables } from './tables.ts';

let p: TestPlatform;
beforeEach(async () => {
  p = await makePlatform();
});
afterEach(() => p.dispose());

const reason = { fr: 'Un coefficient est faux', ar: 'معامل خاطئ' };
const change = (to: SystemStatus, more: Partial<StatusChange> = {}) =>
  changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason, by: 'stf_one', ...more });
const state = () =>
  typed<RegisterTables>(p.store.read)
    .selectFrom('systems')
    .selectAll()
    .where('authority_id', '=', AUTHORITY_A)
    .executeTakeFirstOrThrow();
let asked = 0;
const ask = () =>
  decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `status-test-${asked++}`,
    body: { subject: `S-${asked}`, input: inputOf(clearCase('favourable').household) },
  });

test('a suspended system decides nothing; two different people re-arm it', async () => {
  assert.equal(await change('suspended'), 'done');
  await assert.rejects(ask(), { code: 'suspended' });
  assert.equal(await change('live', { by: 'stf_one' }), 'awaiting-second');
  await assert.rejects(ask(), { code: 'suspended' });
  await assert.rejects(change('live', { by: 'stf_one' }), { code: 'not-independent' });
  assert.equal((await state()).status, 'suspended');
  assert.equal(await change('live', { by: 'stf_two' }), 'done');
  assert.equal((await ask()).status, 'effective');
  assert.equal((await state()).rearm_requested_by, null);
});

test('an API key is no person: it suspends, it does not re-arm', async () => {
  await change('suspended', { by: 'key_one' });
  await assert.rejects(change('live', { by: 'key_one' }), { code: 'person-required' });
  assert.equal(await change('live', { by: 'stf_one' }), 'awaiting-second');
  await assert.rejects(change('live', { by: 'key_two' }), { code: 'person-required' });
});

test('a request to re-arm lapses after 72 hours', async () => {
  await change('suspended');
  await change('live', { by: 'stf_one' });
  p.clock.moveTo(p.clock.now().add({ hours: 72 }));
  assert.equal(await change('live', { by: 'stf_two' }), 'awaiting-second');
  assert.equal(await change('live', { by: 'stf_one' }), 'done');
});

test('who asked to re-arm one version did not ask for the next', async () => {
  await change('suspended');
  await change('live', { by: 'stf_one' });
  const bytes = modelFile({ version: 2, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(p, AUTHORITY_A, SYSTEM, RECORD, { bytes, sha256 });
  assert.equal(await change('live', { by: 'stf_two' }), 'awaiting-second');
});

test('two first requests at once are one request and one refusal, never two people', async () => {
  await change('suspended');
  const both = await Promise.allSettled([
    change('live', { by: 'stf_one' }),
    change('live', { by: 'stf_two' }),
  ]);
  assert.deepEqual(both.map((r) => r.status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await state()).status, 'suspended');
});

test('only the changes that the life of a system knows are possible', async () => {
  const every: readonly SystemStatus[] = ['draft', 'live', 'suspended', 'retired'];
  const path: readonly (readonly [SystemStatus, string])[] = [
    ['suspended', 'stf_one'],
    ['retired', 'stf_one'],
  ];
  for (const step of [undefined, ...path]) {
    if (step !== undefined) await change(step[0], { by: step[1] });
    const { status } = await state();
    for (const to of every.filter((other) => !ALLOWED[status].includes(other))) {
      await assert.rejects(change(to), { code: 'conflict' }, `${status} → ${to}`);
    }
  }
});

test('a change needs a reason in at least one language', async () => {
  for (const bad of [undefined, {}, { fr: ' ' }, { de: 'Fehler' }, { fr: 'x'.repeat(1_001) }]) {
    await assert.rejects(change('suspended', { reason: bad as never }), { code: 'invalid-request' });
  }
  assert.equal((await state()).status, 'live');
});

test("another authority's system does not exist", async () => {
  await assert.rejects(change('suspended', { authorityId: AUTHORITY_B }), { code: 'not-found' });
});

test('who may no longer is refused inside the transaction, and nothing is sealed', async () => {
  const before = await p.ledger.checkpoint(AUTHORITY_A);
  const mayStill = async () => {
    throw new Error('left a moment ago');
  };
  await assert.rejects(change('suspended', { mayStill }), /left a moment ago/);
  assert.equal(await p.ledger.checkpoint(AUTHORITY_A), before);
});

test('within one commit no decision stands behind the suspension', async () => {
  const gate = Promise.withResolvers<void>();
  const held = p.ledger.seal(AUTHORITY_A, {
    entry: buildEntry({ type: 'authority', period: '2026-03', facts: [] }).entry,
    write: () => gate.promise,
  });
  const queued = () => new Promise((resolve) => setTimeout(resolve, 30));
  const before = ask();
  await queued();
  const suspended = change('suspended');
  await queued();
  const behind = ask();
  await queued();
  gate.resolve();
  assert.equal((await before).status, 'effective');
  assert.equal(await suspended, 'done');
  await assert.rejects(behind, { code: 'suspended' });
  const { size } = await held;
  const checkpoints = await typed<{ log_checkpoints: { size: number } }>(p.store.read)
    .selectFrom('log_checkpoints')
    .select('size')
    .where('size', '>', size)
    .execute();
  assert.equal(checkpoints.length, 1, 'they were to share a commit');
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bundledPack, deadline, loadPack, provenStart } from '@taalil/norms';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { caseLife } from '../cases/events.ts';
import { decide } from '../decisions/decide.ts';
import { notifiedOn, recordNotification } from './index.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

let made = 0;
const decided = (effect: 'favourable' | 'adverse') => {
  const person = clearCase(effect);
  return decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `notify-${made++}`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
};
const base = (d: { case: string; decision: string }) => ({
  authorityId: AUTHORITY_A,
  caseId: d.case,
  decisionId: d.decision,
  mode: 'hand' as const,
  date: '2026-03-02',
  proof: { document: 'signed slip 12', on: '2026-03-02' },
  to: 'the person',
  by: { kind: 'staff', staffId: 'stf_counter' } as const,
});
const life = (d: { case: string }) => caseLife(p, AUTHORITY_A, d.case);

test('without a proof no time runs; the proof starts it on the day that it proves', async () => {
  const d = await decided('favourable');
  const { proof: _, ...unproven } = base(d);
  await recordNotification(p, { ...unproven, mode: 'registered-letter' });
  assert.equal(notifiedOn(await life(d)), undefined);

  p.clock.moveTo(Temporal.Instant.from('2026-03-12T10:00:00Z'));
  await recordNotification(p, {
    ...base(d),
    mode: 'registered-letter',
    date: '2026-03-04',
    proof: { document: 'delivery record', on: '2026-03-11' },
  });
  const notified = notifiedOn(await life(d));
  assert.equal(notified?.notifiedOn.toString(), '2026-03-04');
  const start = notified && provenStart(notified);
  assert.ok(start);
  const court = deadline(loadPack(bundledPack('ma')), 'ma.annulment.action', start);
  assert.equal(court.due.toString(), '2026-05-03');
  assert.ok(court.why.some((reason) => reason.code === 'proven-later'));
});

test('of several proven notifications the earliest counts', async () => {
  const d = await decided('favourable');
  const date = '2026-03-12';
  await recordNotification(p, { ...base(d), date, proof: { document: 'slip', on: date } });
  p.clock.moveTo(Temporal.Instant.from('2026-03-20T10:00:00Z'));
  await recordNotification(p, {
    ...base(d),
    date: '2026-03-18',
    proof: { document: 'slip', on: '2026-03-18' },
  });
  assert.equal(notifiedOn(await life(d))?.notifiedOn.toString(), date);
});

test('the day is the day in Morocco, not in UTC', async () => {
  p.clock.moveTo(Temporal.Instant.from('2026-04-01T23:30:00Z'));
  const d = await decided('favourable');
  await recordNotification(p, {
    ...base(d),
    date: '2026-04-02',
    proof: { document: 'slip', on: '2026-04-02' },
  });
  await assert.rejects(recordNotification(p, { ...base(d), date: '2026-04-01' }), {
    code: 'invalid-request',
  });
});

test('dates that cannot be are refused and nothing is recorded', async () => {
  const d = await decided('favourable');
  const before = (await life(d)).length;
  const on = (date: string, proven: string) => ({
    ...base(d),
    date,
    proof: { document: 'slip', on: proven },
  });
  for (const request of [
    on('2026-02-30', '2026-04-02'),
    on('02/04/2026', '2026-04-02'),
    on('2020-01-01', '2026-04-02'),
    on('2026-04-03', '2026-04-03'),
    on('2026-04-02', '2026-04-01'),
    on('2026-04-02', '2099-01-01'),
  ]) {
    await assert.rejects(recordNotification(p, request), { code: 'invalid-request' });
  }
  assert.equal((await life(d)).length, before);
});

test('a proposal is no decision yet, and another authority sees none', async () => {
  const proposal = await decided('adverse');
  await assert.rejects(recordNotification(p, { ...base(proposal), date: '2026-04-02' }), {
    code: 'person-required',
  });
  const d = await decided('favourable');
  await assert.rejects(recordNotification(p, { ...base(d), authorityId: AUTHORITY_B }), {
    code: 'not-found',
  });
  await assert.rejects(recordNotification(p, { ...base(d), caseId: proposal.case }), { code: 'not-found' });
});

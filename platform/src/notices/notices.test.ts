import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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
import { issueCode, openWithCode, readSession, writeSession } from './index.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const by = { kind: 'api-key', apiKeyId: 'key_test' } as const;
let made = 0;

async function newCase(effect: 'favourable' | 'adverse' = 'favourable') {
  const person = clearCase(effect);
  return decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `notice-${made++}`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
}

const issue = (caseId: string) => issueCode(p, { authorityId: AUTHORITY_A, caseId, by });
let addresses = 0;
const open = (reference: string, code: string, address = `192.0.2.${addresses++ % 250}`) =>
  openWithCode(p, { reference, code, address });
const wrong = (code: string) => code.replace(/^./, (d) => String((Number(d) + 1) % 10));

test('a code of 12 digits opens its case and no other', async () => {
  const [one, other] = [await newCase(), await newCase()];
  const { reference, code } = await issue(one.case);
  const second = await issue(other.case);
  assert.match(code, /^[0-9]{12}$/);
  assert.equal(reference, one.reference);
  assert.deepEqual(await open(reference, code), {
    authorityId: AUTHORITY_A,
    caseId: one.case,
    codeVersion: 1,
  });
  await assert.rejects(open(reference, second.code), { code: 'unauthenticated' });
  await assert.rejects(open('00000-00000', code), { code: 'unauthenticated' });
});

test('a case of another authority gets no code', async () => {
  const { case: caseId } = await newCase();
  await assert.rejects(issueCode(p, { authorityId: AUTHORITY_B, caseId, by }), { code: 'not-found' });
});

test('what is stored does not contain the code', async () => {
  const { case: caseId } = await newCase();
  const { code } = await issue(caseId);
  const life = await caseLife(p, AUTHORITY_A, caseId);
  assert.ok(!JSON.stringify(life).includes(code));
  for (const file of ['taalil.db', 'taalil.db-wal', 'vault.db']) {
    assert.ok(!readFileSync(join(p.folder, file)).includes(code), file);
  }
});

test('a new code kills the old one and what it had opened', async () => {
  const { case: caseId } = await newCase();
  const first = await issue(caseId);
  const session = writeSession(p, await open(first.reference, first.code));
  assert.equal((await readSession(p, session))?.caseId, caseId);
  const second = await issue(caseId);
  await assert.rejects(open(first.reference, first.code), { code: 'unauthenticated' });
  assert.equal(await readSession(p, session), undefined);
  assert.equal((await open(second.reference, second.code)).codeVersion, 2);
});

test('two codes asked for at once: one is made, the other is told', async () => {
  const { case: caseId } = await newCase();
  const both = await Promise.allSettled([issue(caseId), issue(caseId)]);
  assert.deepEqual(both.map((b) => b.status).sort(), ['fulfilled', 'rejected']);
  const refused = both.find((b) => b.status === 'rejected');
  assert.equal(refused?.reason.code, 'conflict');
});

test('wrong codes make the reference wait, longer each time, also after a restart and from other addresses', async () => {
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  for (let i = 0; i < 5; i++) await assert.rejects(open(reference, wrong(code)), { code: 'unauthenticated' });
  await assert.rejects(open(reference, code), (error: { code: string; details: { retryAfter: number } }) => {
    assert.equal(error.code, 'rate-limited');
    assert.equal(error.details.retryAfter, 60);
    return true;
  });
  p = await p.reopen();
  await assert.rejects(open(reference, code), { code: 'rate-limited' });
  p.clock.moveTo(p.clock.now().add({ seconds: 61 }));
  await assert.rejects(open(reference, wrong(code)), { code: 'unauthenticated' });
  p.clock.moveTo(p.clock.now().add({ seconds: 61 }));
  await assert.rejects(open(reference, code), { code: 'rate-limited' });
  p.clock.moveTo(p.clock.now().add({ seconds: 60 }));
  assert.equal((await open(reference, code)).caseId, caseId);
  await assert.rejects(open(reference, wrong(code)), { code: 'unauthenticated' }, 'the count began anew');
});

test('guesses sent at the same moment are counted one by one', async () => {
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => open(reference, wrong(code))));
  const codes = answers.map((a) => (a.status === 'rejected' ? a.reason.code : 'opened'));
  assert.equal(codes.filter((c) => c === 'unauthenticated').length, 5);
  assert.equal(codes.filter((c) => c === 'rate-limited').length, 7);
});

test('a reference that does not exist is counted like one that does', async () => {
  for (let i = 0; i < 5; i++) {
    await assert.rejects(open('ZZZZZ-ZZZZZ', '000000000000'), { code: 'unauthenticated' });
  }
  await assert.rejects(open('ZZZZZ-ZZZZZ', '000000000000'), { code: 'rate-limited' });
});

test('a new code from the counter opens at once, whatever was guessed before', async () => {
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  for (let i = 0; i < 5; i++) await assert.rejects(open(reference, wrong(code)), { code: 'unauthenticated' });
  const fresh = await issue(caseId);
  assert.equal((await open(reference, fresh.code)).caseId, caseId);
});

test('one address that tries many references must wait; another need not', async () => {
  // A guess may share its decoy with one of an earlier test: a day later that is forgotten.
  p.clock.moveTo(p.clock.now().add({ hours: 25 }));
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  const address = '198.51.100.7';
  for (let i = 0; i < 20; i++) {
    const guess = `ABCD${String(i).padStart(6, '0')}`;
    await assert.rejects(open(guess, '111111111111', address), { code: 'unauthenticated' });
  }
  await assert.rejects(open(reference, code, address), { code: 'rate-limited' });
  assert.equal((await open(reference, code, '198.51.100.8')).caseId, caseId);
});

test('good openings use nothing up', async () => {
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  for (let i = 0; i < 40; i++) await open(reference, code, '198.51.100.9');
});

test('a session ends when idle, when too old, and cannot be made or changed', async () => {
  const { case: caseId } = await newCase();
  const { reference, code } = await issue(caseId);
  const opened = await open(reference, code);
  let cookie = writeSession(p, opened);
  const forged = Buffer.from(cookie, 'base64url');
  forged[forged.length - 20] = (forged[forged.length - 20] as number) ^ 1;
  assert.equal(await readSession(p, forged.toString('base64url')), undefined);
  assert.equal(await readSession(p, 'nonsense'), undefined);
  assert.equal(await readSession(p, undefined), undefined);
  assert.ok(!Buffer.from(cookie, 'base64url').includes(caseId));

  for (let minutes = 0; minutes < 240; minutes += 29) {
    const session = await readSession(p, cookie);
    assert.equal(session?.caseId, caseId);
    cookie = writeSession(p, session);
    p.clock.moveTo(p.clock.now().add({ minutes: 29 }));
  }
  assert.equal(await readSession(p, cookie), undefined, 'older than four hours');

  const idle = writeSession(p, opened);
  p.clock.moveTo(p.clock.now().add({ minutes: 31 }));
  assert.equal(await readSession(p, idle), undefined);
});

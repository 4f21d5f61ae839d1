import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { ARCHIVE, BASIS, eraseCase, readyToErase } from '../../test/erasing.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { newCase, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { endStaff, listAccess } from '../access/index.ts';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { caseReceipts, recordNotification, verifyReceiptText } from '../notices/index.ts';
import { openReader } from '../open-reader.ts';
import { proveComplete } from '../prove-complete.ts';
import { requestReview } from '../reviews/index.ts';
import { confirmErasure, erasureOf, examine, requestErasure, setSchedule, withdrawErasure } from './index.ts';

const A = { authorityId: AUTHORITY_A };
let p: TestPlatform;
let people: Awaited<ReturnType<typeof readyToErase>>;
beforeEach(async () => {
  p = await makePlatform();
  people = await readyToErase(p);
});
afterEach(() => p.dispose());

const later = (months: number) =>
  p.clock.moveTo(p.clock.now().toZonedDateTimeISO('Africa/Casablanca').add({ months, days: 1 }).toInstant());
const proved = async () => {
  const store = await openReader({ folder: p.folder });
  try {
    return await proveComplete({ store, vault: p.vault, fenceFolder: join(p.folder, 'fence') }, AUTHORITY_A);
  } finally {
    await store.close();
  }
};
/** The row of a key as the file of the key store has it. */
function wrappedKey(caseId: string): Buffer {
  const db = new DatabaseSync(join(p.folder, 'vault.db'), { readOnly: true });
  const row = db.prepare('select wrapped from wrapped_keys where case_id = ?').get(caseId);
  db.close();
  return Buffer.from((row as { wrapped: Uint8Array }).wrapped);
}
/** Every file of the platform that holds any 12 bytes in a row of `bytes`. */
function filesWith(bytes: Uint8Array): string[] {
  const files = readdirSync(p.folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  return files
    .filter((file) => {
      const content = readFileSync(join(file.parentPath, file.name));
      for (let at = 0; at + 12 <= bytes.length; at += 4)
        if (content.includes(bytes.subarray(at, at + 12))) return true;
      return false;
    })
    .map((file) => file.name);
}

test('an erased file cannot be opened from any byte that is left, its receipt still holds, and the log is complete', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  const { case: other } = await newCase(p, 'favourable');
  const receipt = await caseReceipts(p, AUTHORITY_A, caseId);
  const key = Buffer.from(p.vault.caseKey(AUTHORITY_A, caseId));
  const wrapped = wrappedKey(caseId);
  const salts = [...receipt.matchAll(/"salt":"([^"]+)"/g)].map((m) => Buffer.from(m[1] as string, 'base64'));
  assert.ok(filesWith(wrapped).includes('vault.db') || filesWith(wrapped).includes('vault.db-wal'));
  later(12);
  await requestErasure(p, { ...A, caseId, archive: ARCHIVE, by: people.officer });
  p.clock.moveTo(p.clock.now().add({ minutes: 5 }));
  await confirmErasure(p, { ...A, caseId, by: people.second });

  await assert.rejects(caseLife(p, AUTHORITY_A, caseId), { code: 'erased' });
  for (const secret of [key, wrapped, ...salts]) assert.deepEqual(filesWith(secret), []);
  const row = await erasureOf(p.store.read, AUTHORITY_A, caseId);
  assert.deepEqual(
    [row?.state, row?.requested_by, row?.confirmed_by, row?.backups_until],
    ['erased', people.officer, people.second, '2027-04-02'],
  );
  assert.ok(row?.destroyed_at);
  assert.equal((await verifyReceiptText(p, receipt)).kind, 'valid');
  const { findings, erasedEvents } = await proved();
  assert.deepEqual(findings.list, []);
  assert.equal(erasedEvents, 1);
  assert.equal((await caseLife(p, AUTHORITY_A, other)).length, 1);
  const accesses = await listAccess(p, AUTHORITY_A, { caseId });
  assert.deepEqual(
    accesses.entries.map((e) => [e.actor, e.action, e.purpose]),
    [
      [people.second, 'case.erase', 'retention'],
      [people.officer, 'case.erase', 'retention'],
    ],
  );
});

test('nothing is left that leads from the person to the erased case, keys or not', async () => {
  const { case: caseId, decision } = await newCase(p, 'favourable');
  const rows = () => {
    const db = new DatabaseSync(join(p.folder, 'taalil.db'), { readOnly: true });
    const one = db.prepare('select subject_mac from cases where case_id = ?').get(caseId);
    const many = ['protected_attributes', 'idempotency'].map(
      (table) =>
        db
          .prepare(
            `select count(*) n from ${table} where ${table === 'idempotency' ? 'decision' : 'case'}_id = ?`,
          )
          .get(table === 'idempotency' ? decision : caseId) as { n: number },
    );
    db.close();
    return {
      mac: Buffer.from((one as { subject_mac: Uint8Array }).subject_mac),
      counts: many.map(({ n }) => n),
    };
  };
  const before = rows();
  assert.equal(before.counts[1], 1);
  later(12);
  await eraseCase(p, caseId, people.officer, people.supervisor);
  const after = rows();
  assert.notDeepEqual(after.mac, before.mac);
  assert.deepEqual(after.counts, [0, 0]);
});

test('it takes two people who both still may: nobody confirms alone, and the second examines again', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  const reviewer = await signingReviewer(p);
  later(12);
  const confirm = (by: string) => confirmErasure(p, { ...A, caseId, by });
  await assert.rejects(confirm(people.second), { code: 'not-found' });
  for (const by of [people.supervisor, reviewer]) {
    await assert.rejects(requestErasure(p, { ...A, caseId, archive: ARCHIVE, by }), { code: 'forbidden' });
  }
  await requestErasure(p, { ...A, caseId, archive: ARCHIVE, by: people.officer });
  await assert.rejects(requestErasure(p, { ...A, caseId, archive: ARCHIVE, by: people.second }), {
    code: 'conflict',
  });
  await assert.rejects(confirm(people.officer), { code: 'not-independent' });
  await withdrawErasure(p, { ...A, caseId, by: people.officer });
  await assert.rejects(confirm(people.second), { code: 'not-found' });
  await requestErasure(p, { ...A, caseId, archive: ARCHIVE, by: people.officer });
  await setSchedule(p, {
    ...{ ...A, systemId: SYSTEM, months: 24, backupDays: 30, archive: 'eliminate', basis: BASIS },
    by: people.officer,
  });
  await assert.rejects(confirm(people.second), { code: 'conflict', message: /retention until 2028-03-02/ });
  later(12);
  await endStaff(p, { ...A, staffId: people.officer, by: people.supervisor });
  await assert.rejects(confirm(people.second), { code: 'forbidden' });
  assert.equal((await caseLife(p, AUTHORITY_A, caseId)).length, 1);
  assert.equal((await erasureOf(p.store.read, AUTHORITY_A, caseId))?.state, 'requested');
});

test('what is pending comes first: retention, the notification, the court, a request for review', async () => {
  const reviewer = await signingReviewer(p);
  const waiting = await newCase(p, 'adverse');
  const { case: caseId, decision } = await refusedCase(p, reviewer);
  const against = async (id = caseId) =>
    (await examine(p, AUTHORITY_A, id)).obstacles.map(({ kind, until }) =>
      until ? `${kind} ${until}` : kind,
    );
  assert.deepEqual(await against(), ['retention 2027-03-02', 'not-notified']);
  later(12);
  assert.deepEqual(await against(waiting.case), ['awaiting-person']);
  assert.deepEqual(await against(), ['not-notified']);
  const day = '2027-03-03';
  await recordNotification(p, {
    ...A,
    caseId,
    decisionId: decision,
    mode: 'registered-letter',
    date: day,
    proof: { document: 'RR 0012 345', on: day },
    to: 'Fadma Oubella',
    by: { kind: 'staff', staffId: reviewer },
  });
  const court = (await against()).find((one) => one.startsWith('court'));
  assert.match(court ?? '', /^court 2027-0[45]-\d\d$/);
  later(12);
  assert.deepEqual(await against(), []);
  await requestReview(p, {
    ...A,
    caseId,
    decisionId: decision,
    ground: 'want-person',
    text: '',
    filedBy: { kind: 'person' },
  });
  assert.ok((await against()).includes('review'));
  await assert.rejects(requestErasure(p, { ...A, caseId, archive: ARCHIVE, by: people.officer }), {
    code: 'conflict',
    message: /retention until .*, review/,
  });
});

test('a remedy that was offered stands in the way; a system without a schedule keeps everything', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  await recordCaseEvent(p, { ...A, caseId, systemId: SYSTEM, type: 'remedy-offered', facts: {} });
  later(12);
  const { obstacles, keepUntil } = await examine(p, AUTHORITY_A, caseId);
  assert.deepEqual([obstacles, keepUntil], [[{ kind: 'remedy' }], '2027-03-02']);
  const q = await makePlatform();
  const { case: kept } = await newCase(q, 'favourable');
  assert.deepEqual((await examine(q, AUTHORITY_A, kept)).obstacles, [{ kind: 'no-schedule' }]);
  await q.dispose();
});

test('the archives are asked: an act of the past is cited, and what is to be handed over is not eliminated', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  later(12);
  const ask = (archive: object) =>
    requestErasure(p, { ...A, caseId, archive: { ...ARCHIVE, ...archive }, by: people.officer });
  const invalid = (where: string) => (error: { code: string; details: { where: string } }) =>
    error.code === 'invalid-request' && error.details.where === where;
  await assert.rejects(ask({ instrument: '  ' }), invalid('instrument'));
  await assert.rejects(ask({ day: '2027-13-01' }), invalid('day'));
  await assert.rejects(ask({ day: '2029-01-01' }), invalid('day'));
  await assert.rejects(ask({ outcome: 'lost' }), invalid('archive'));
  const schedule = { ...A, systemId: SYSTEM, months: 12, backupDays: 30, basis: BASIS, by: people.officer };
  for (const [field, value] of [
    ['months', 0],
    ['backupDays', -1],
    ['basis', 'x'],
    ['archive', 'lost'],
  ] as const) {
    const wrong = { ...schedule, archive: 'eliminate', [field]: value } as never;
    await assert.rejects(setSchedule(p, wrong), invalid(field));
  }
  await setSchedule(p, { ...schedule, archive: 'transferred' });
  await assert.rejects(ask({}), invalid('archive'));
  await ask({ outcome: 'transferred', instrument: 'Bordereau de versement n° 4/2027' });
});

test('a stop between the log and the key, or an older backup of the key store, brings nothing back', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  later(12);
  const [file, backup] = [join(p.folder, 'vault.db'), join(p.folder, 'backup.db')];
  p = await p.reopen(() => copyFileSync(file, backup));
  await eraseCase(p, caseId, people.officer, people.second);
  p = await p.reopen(() => copyFileSync(backup, file));
  await assert.rejects(caseLife(p, AUTHORITY_A, caseId), { code: 'erased' });
  assert.deepEqual((await proved()).findings.list, []);
});

test('whoever alters, adds or takes away what is left of an erased case is found', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  later(12);
  await eraseCase(p, caseId, people.officer, people.second);
  const sql = (text: string) => {
    const db = new DatabaseSync(join(p.folder, 'taalil.db'));
    db.exec(text);
    db.close();
  };
  for (const [attack, undo] of [
    [`update decisions set effect = 'adverse'`, `update decisions set effect = 'favourable'`],
    [
      `update case_events set type = 'assisted' where case_id = '${caseId}'`,
      `update case_events set type = 'decision-made'`,
    ],
    [`update cases set system_id = 'x'`, `update cases set system_id = '${SYSTEM}'`],
  ] as const) {
    sql(attack);
    const { findings } = await proved();
    assert.ok(
      findings.list.some(({ where }) => where.endsWith(caseId)),
      attack,
    );
    sql(undo);
  }
  assert.deepEqual((await proved()).findings.list, []);
});

import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { eraseCase, readyToErase } from '../test/erasing.ts';
import { AUTHORITY_A, publishDemonstration, TEST_START, type TestPlatform } from '../test/make-platform.ts';
import { newCase, openedBy, refusedCase, signingReviewer } from '../test/opened-file.ts';
import { startPostgres } from '../test/postgres.ts';
import { webApp } from '../test/web-app.ts';
import { AUTHORITY } from '../worlds/soutien-menages/record.ts';
import { checkStore } from './check-store.ts';
import { citizenPages } from './citizen/index.ts';
import { VirtualClock } from './clock.ts';
import { exportLog } from './ledger/export.ts';
import { openSource } from './ledger/log-source.ts';
import { monitorLog } from './ledger/monitor.ts';
import { moveStore, reopenStore } from './move-store.ts';
import { caseReceipts, verifyReceiptText } from './notices/index.ts';
import { openPlatform } from './open.ts';
import { openReader } from './open-reader.ts';
import { proveComplete } from './prove-complete.ts';
import { addAuthority } from './register/authorities.ts';
import { requestReview } from './reviews/index.ts';
import type { CopiedTable } from './store/index.ts';

const server = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'taalil-move-'));
const file = join(folder, 'taalil.db');
const clock = new VirtualClock(TEST_START);
const moved = (from: string, to: string) => moveStore({ from, to, folder, clock });

async function open(database?: string): Promise<TestPlatform> {
  const originPrefix = 'test.example/log';
  const platform = await openPlatform({ folder, clock, kind: 'demonstration', originPrefix, database });
  const { close } = platform;
  return { ...platform, clock, reopen: () => close().then(() => open(database)), dispose: close };
}

/** What people hold: receipts of every case, the erased one's too, and a checkpoint of the public log. */
const receipts = new Map<string, string>();
let checkpoint: string;
let refused: string;
let erased: string;

before(async () => {
  const p = await open();
  await addAuthority(p, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(p, AUTHORITY_A);
  const { officer, second } = await readyToErase(p);
  const keep = async (caseId: string) => receipts.set(caseId, await caseReceipts(p, AUTHORITY_A, caseId));
  erased = (await newCase(p, 'favourable')).case;
  await keep(erased);
  const refusal = await refusedCase(p, await signingReviewer(p));
  refused = refusal.case;
  await requestReview(p, {
    authorityId: AUTHORITY_A,
    caseId: refused,
    decisionId: refusal.decision,
    ground: 'want-person',
    text: 'Je voudrais que quelqu’un relise mon dossier.',
    filedBy: { kind: 'person' },
  });
  await keep(refused);
  clock.moveTo(Temporal.Instant.from('2027-03-20T09:00:00Z'));
  await eraseCase(p, erased, officer, second);
  checkpoint = (await p.ledger.checkpoint(AUTHORITY_A)) as string;
  await p.close();
});
after(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

/** Everything that has to go on where the store now is; and one decision more. */
async function goesOn(database?: string): Promise<void> {
  const p = await open(database);
  try {
    for (const receipt of receipts.values()) {
      assert.equal((await verifyReceiptText(p, receipt)).kind, 'valid');
    }
    const visitor = await openedBy(p, webApp(citizenPages(p)), refused);
    const page = await visitor.get('/fr/case/reasons');
    assert.equal(page.status, 200);
    assert.ok(page.html.includes('12,778'), 'the score is opened and replayed');
    await assert.rejects(caseReceipts(p, AUTHORITY_A, erased), { code: 'erased' });
    const { case: caseId } = await newCase(p, 'favourable');
    receipts.set(caseId, await caseReceipts(p, AUTHORITY_A, caseId));
    await p.ledger.published(AUTHORITY_A);
    const site = mkdtempSync(join(folder, 'site-'));
    await exportLog(p.store, AUTHORITY_A, site);
    const trust = { vkey: await p.ledger.vkey(AUTHORITY_A) };
    await monitorLog(openSource(site), trust, { since: checkpoint });
    checkpoint = (await p.ledger.checkpoint(AUTHORITY_A)) as string;
    const store = await openReader({ folder, database });
    const fenceFolder = join(folder, 'fence');
    const { findings, entries } = await proveComplete({ store, vault: p.vault, fenceFolder }, AUTHORITY_A);
    await store.close();
    const checked = await checkStore({ folder, database });
    assert.deepEqual([checked.findings.list, checked.untrusted], [[], []]);
    assert.deepEqual([findings.list, findings.notes], [[], []]);
    assert.ok(entries > 10);
  } finally {
    await p.close();
  }
}

const rowsOf = (tables: readonly CopiedTable[], name: string) =>
  tables.find(({ table }) => table === name)?.rows ?? 0;

test('a store moves to PostgreSQL and back into a file; every proof holds and it goes on', async () => {
  await goesOn();
  const url = await server.database();
  const there = await moved(file, url);
  assert.ok(rowsOf(there, 'log_entries') > 10 && rowsOf(there, 'case_events') > 5);
  await goesOn(url);
  renameSync(file, `${file}.old`);
  const back = await moved(url, file);
  assert.ok(rowsOf(back, 'log_entries') > rowsOf(there, 'log_entries'));
  await goesOn();
});

test('a store that was moved opens no more, and goes on again only when the copy does not', async () => {
  const url = await server.database();
  await moved(file, url);
  await assert.rejects(open(), { code: 'store-unavailable', message: /was moved to postgres/ });
  await assert.rejects(openReader({ folder }), /was moved to postgres/);
  await assert.rejects(moved(file, await server.database()), /was moved to postgres/);
  await reopenStore({ store: file, movedTo: url, folder, clock });
  await assert.rejects(open(url), /was moved to/);
  await goesOn();
  await assert.rejects(reopenStore({ store: file, movedTo: url, folder, clock }), /was not moved/);
});

test('a copy that has gone on is not left behind', async () => {
  const url = await server.database();
  await moved(file, url);
  await goesOn(url);
  await assert.rejects(reopenStore({ store: file, movedTo: url, folder, clock }), (error: Error) => {
    assert.match(error.message, /has changed: .*log_entries/);
    return true;
  });
  await assert.rejects(open(), /was moved to/);
  renameSync(file, `${file}.older`);
  await moved(url, file);
  await goesOn();
});

test('cut off after the source was marked: it is reopened, naming the place where no copy came to be', async () => {
  const [url, other] = [await server.database(), await server.database()];
  await moved(file, url);
  // As if the server had never committed.
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('drop schema public cascade; create schema public');
  await admin.end();
  await assert.rejects(open(), /was moved to/);
  const cutOff = { store: file, folder, clock };
  await assert.rejects(reopenStore({ ...cutOff, movedTo: other }), /was moved to another place/);
  await reopenStore({ ...cutOff, movedTo: url });
  await goesOn();
  await moved(file, url);
  await reopenStore({ ...cutOff, movedTo: url });
});

test('whoever says that a living copy is gone does not get two logs: the fence knows which of them signed', async () => {
  const url = await server.database();
  await moved(file, url);
  await reopenStore({ store: file, movedTo: undefined, folder, clock });
  await goesOn();
  const copy = await open(url);
  await assert.rejects(newCase(copy, 'favourable'), { code: 'fenced' });
  await copy.close();
  await goesOn();
});

test('while a platform runs on either, nothing is moved', async () => {
  const url = await server.database();
  const p = await open();
  await assert.rejects(moved(file, url), { code: 'writer-held' });
  await p.close();
  const elsewhere = mkdtempSync(join(tmpdir(), 'taalil-elsewhere-'));
  const options = {
    folder: elsewhere,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  } as const;
  const onTarget = await openPlatform({ ...options, database: url });
  await assert.rejects(moved(file, url), { code: 'writer-held' });
  await onTarget.close();
  await assert.rejects(moved(file, url), /holds \d+ tables already/);
  rmSync(elsewhere, { recursive: true });
  await goesOn();
});

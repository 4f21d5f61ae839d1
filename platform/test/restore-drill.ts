import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { createApp } from '../src/app.tsx';
import { handedFiles, openFile } from '../src/attachments/index.ts';
import { restore } from '../src/backup/restore.ts';
import { takeBackup } from '../src/backup/take.ts';
import { verifyBackup } from '../src/backup/verify.ts';
import { caseLife } from '../src/cases/events.ts';
import { VirtualClock } from '../src/clock.ts';
import { erasureOf } from '../src/erasure/index.ts';
import { exportLog } from '../src/ledger/export.ts';
import { recordInJournal } from '../src/ledger/journal.ts';
import { openSource } from '../src/ledger/log-source.ts';
import { monitorLog } from '../src/ledger/monitor.ts';
import { caseReceipts } from '../src/notices/index.ts';
import { openReader } from '../src/open-reader.ts';
import { proveComplete } from '../src/prove-complete.ts';
import { recover } from '../src/recover.ts';
import { createWebhook, presentSecrets } from '../src/webhooks/webhooks.ts';
import { addKnownLog, makeWitness, startWitness } from '../src/witness/witness.ts';
import { eraseCase, readyToErase } from './erasing.ts';
import { formWith, pdf } from './files-to-attach.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from './make-platform.ts';
import { newCase, newLetter, openedBy, refusedCase, signingReviewer } from './opened-file.ts';
import { startPostgres } from './postgres.ts';
import { Visitor } from './visitor.ts';

export interface DrillOptions {
  /** Cases before the backup; half as many are decided after it. */
  readonly cases: number;
  /** Makes an empty PostgreSQL database; the embedded store unless given. */
  readonly database?: (() => Promise<string>) | undefined;
  /** The machine is lost with all that it remembered, its fence too: only a successor of the log can go on. */
  readonly machineLost?: boolean | undefined;
  readonly tell?: ((step: string) => void) | undefined;
}

/** Where everything of a drill lies, and how its platform is opened. */
interface Place {
  at(name: string): string;
  readonly clock: VirtualClock;
  database: string | undefined;
  open(fence?: string, witnesses?: string, authorities?: boolean): Promise<TestPlatform>;
}

/** What was given out, and what has to hold once all is restored. */
interface Given {
  readonly vkey: string;
  /** By case: what people keep, from before the backup and from after it. */
  readonly before: Map<string, string>;
  readonly after: Map<string, string>;
  readonly refused: string;
  readonly decided: readonly string[];
  readonly erased: readonly [before: string, after: string];
  readonly letter: { readonly reference: string; readonly code: string };
  readonly webhookId: string;
  /** Checkpoints: when it was backed up, and the last one. */
  readonly then: string;
  readonly last: string;
  /** Entries in the backup, and in the end. */
  readonly backedUp: number;
  readonly signed: number;
}

/**
 * The restore drill: a platform decides, erases, is backed up while it decides, goes on, and loses its store and its keys, or
 * the whole machine. It is restored, refuses to sign, is recovered from a mirror; then every proof that was ever given is
 * verified. Rejects at the first thing that does not hold.
 */
export async function drill({
  cases,
  database,
  machineLost = false,
  tell = () => {},
}: DrillOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-drill-'));
  const place = await makePlace(folder, database);
  const witness = await witnessOf(place);
  try {
    const given = await live(place, cases, witness.introduce, tell);
    lose(place, machineLost);
    place.database = await database?.();
    tell(`lost the store, the keys and the key store${machineLost ? ', and the fence' : ''}`);
    await restoreAll(place, given, machineLost, tell);
    await refuseToSign(place, machineLost);
    tell('refused to sign: with its fence or none, and, with the fence of the backup, by its witness');
    await recoverAll(place, given, machineLost, tell);
    const p = await place.open();
    try {
      await verifyAll(place, p, given, machineLost, tell);
    } finally {
      await p.close();
    }
  } finally {
    await witness.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePlace(folder: string, database: DrillOptions['database']): Promise<Place> {
  const at = (name: string) => join(folder, name);
  const clock = new VirtualClock(Temporal.Instant.from('2026-03-02T09:00:00Z'));
  const place: Place = {
    at,
    clock,
    database: await database?.(),
    open(fence = 'fence', witnesses = 'data/witnesses', authorities = false) {
      return makePlatform({
        ...{ folder: at('data'), fence: at(fence), witnesses: at(witnesses) },
        ...{ database: place.database, clock, publishEveryMs: 0, authorities, system: authorities },
      });
    },
  };
  return place;
}

async function witnessOf({ at }: Place) {
  const [vkey] = makeWitness(at('witness'), 'faculty.example');
  const running = await startWitness({ folder: at('witness'), host: '127.0.0.1', port: 0 });
  mkdirSync(at('data/witnesses'), { recursive: true });
  const lines = [`witness faculty ${vkey} ${running.url}`, 'group all all faculty', 'quorum all'];
  writeFileSync(at('data/witnesses/policy'), `${lines.join('\n')}\n`);
  return { introduce: (log: string) => addKnownLog(at('witness'), `log ${log}`), stop: () => running.stop() };
}

/** The platform's life until it is lost. */
async function live(
  place: Place,
  cases: number,
  introduce: (vkey: string) => void,
  tell: (step: string) => void,
): Promise<Given> {
  const { at, clock } = place;
  const p = await place.open('fence', 'data/witnesses', true);
  try {
    const vkey = await p.ledger.vkey(AUTHORITY_A);
    introduce(vkey);
    const [before, after] = [new Map<string, string>(), new Map<string, string>()];
    const { officer, second } = await readyToErase(p);
    const { webhook } = await makeWebhook(p);
    const refused = (await refusedCase(p, await signingReviewer(p))).case;
    await handIn(p, refused);
    const letter = await newLetter(p, refused);
    await keepReceipt(p, refused, before);
    const [first = '', other = '', ...decided] = await decideSome(p, cases, before);
    clock.moveTo(Temporal.Instant.from('2027-04-05T09:00:00Z'));
    await eraseCase(p, first, officer, second);
    tell(`decided ${cases} cases and erased one`);

    const meanwhile = decideSome(p, Math.ceil(cases / 10), before);
    const backup = await takeBackup({
      ...{ folder: at('data'), fence: at('fence'), witnesses: at('data/witnesses') },
      ...{ database: place.database, clock, to: at('backup'), keysTo: at('backup-keys') },
    });
    await meanwhile;
    const backedUp = backup.data.logs.find(({ log }) => log === AUTHORITY_A)?.size ?? 0;
    cpSync(at('fence'), at('fence-of-then'), { recursive: true });
    const then = await latest(p);
    tell(`backed up at ${backedUp} entries while it decided; ${backup.keys?.live} keys, apart`);

    await eraseCase(p, other, officer, second);
    await decideSome(p, Math.ceil(cases / 2), after);
    const last = await latest(p);
    const signed = Number(last.split('\n')[1]);
    assert.ok(signed > backedUp);
    await p.ledger.published(AUTHORITY_A);
    await exportLog(p.store, AUTHORITY_A, at('mirror'));
    await witnessed(p, signed);
    tell(`went on to ${signed} entries, mirrored and witnessed; erased another case`);
    const { webhookId } = webhook;
    const kept = { vkey, before, after, refused, decided, letter, webhookId, then, last, backedUp, signed };
    return { ...kept, erased: [first, other] };
  } finally {
    await p.close();
  }
}

/** What is kept elsewhere stays: the backup, the mirror, the list of what was erased. */
function lose({ at }: Place, machineLost: boolean): void {
  cpSync(at('fence/erased.jsonl'), at('elsewhere/erased.jsonl'));
  rmSync(at('data'), { recursive: true });
  if (machineLost) rmSync(at('fence'), { recursive: true });
}

async function restoreAll(
  { at, database }: Place,
  { backedUp }: Given,
  machineLost: boolean,
  tell: (step: string) => void,
): Promise<void> {
  await verifyBackup({ data: at('backup'), keys: at('backup-keys') });
  const restored = await restore({
    ...{ data: at('backup'), keys: at('backup-keys'), folder: at('data'), fence: at('fence'), database },
    erasures: machineLost ? [at('elsewhere/erased.jsonl')] : [],
  });
  assert.ok(restored.remembers);
  assert.equal(restored.erasedAgain, 1, 'the key of the case that was erased after the backup');
  const { stand } = restored.logs.find(({ log }) => log === AUTHORITY_A) ?? {};
  assert.equal(stand, machineLost ? 'unknown' : 'later');
  tell(`restored ${backedUp} entries; the case that was erased since is erased again`);
}

async function refuseToSign(place: Place, machineLost: boolean): Promise<void> {
  const ways = [
    ['fence', 'none', machineLost ? /fence file is missing/ : /this machine has signed a log of/],
    ['no-fence', 'none', /fence file is missing/],
    ['fence-of-then', 'data/witnesses', /the witness faculty has cosigned/],
  ] as const;
  for (const [fence, witnesses, why] of ways) {
    const p = await place.open(fence, witnesses);
    await assert.rejects(signOne(p), { code: 'fenced', message: why }, fence).finally(() => p.close());
  }
}

async function recoverAll(
  { at, clock, database }: Place,
  { backedUp, signed }: Given,
  machineLost: boolean,
  tell: (step: string) => void,
): Promise<void> {
  const outcome = await recover({
    ...{ folder: at('data'), fence: at('fence'), witnesses: at('data/witnesses'), database, clock },
    ...{ authorityId: AUTHORITY_A, from: [at('mirror')], close: machineLost },
  });
  assert.equal(outcome.kind, machineLost ? 'succeeded' : 'rebuilt');
  assert.ok(outcome.kind === 'succeeded' || outcome.kind === 'rebuilt');
  const { lost } = outcome.kind === 'rebuilt' ? outcome : outcome.by;
  assert.equal(outcome.kind === 'rebuilt' ? outcome.size : outcome.by.base, signed);
  assert.equal(lost.count, signed - backedUp);
  const how = machineLost ? 'closed the log, and opened its successor, at' : 'recovered to';
  tell(`${how} ${signed} entries from the mirror; ${lost.count} payloads are lost and named`);
}

async function verifyAll(
  place: Place,
  p: TestPlatform,
  given: Given,
  machineLost: boolean,
  tell: (step: string) => void,
): Promise<void> {
  const { at } = place;
  const { vkey, before, after, decided, refused, letter } = given;
  await signOne(p);
  for (const caseId of given.erased) {
    assert.throws(() => p.vault.caseKey(AUTHORITY_A, caseId), { code: 'erased' });
    assert.equal((await erasureOf(p.store.read, AUTHORITY_A, caseId))?.state, 'erased');
  }
  const key = { authority_id: AUTHORITY_A, webhook_id: given.webhookId };
  assert.equal(presentSecrets(p, (await p.store.lookup('webhooks', key)) as never).length, 1);
  await openPage(p, letter);
  const [file] = handedFiles(await caseLife(p, AUTHORITY_A, refused));
  assert.ok(file);
  assert.deepEqual(await openFile(p, { authorityId: AUTHORITY_A, caseId: refused }, file), PAYSLIP.bytes);
  tell(
    'signs again; erased cases stay erased; the citizen opens their page and their file with the code of before',
  );

  const verify = (text: string) =>
    verifyReceiptFile(Buffer.from(text), { vkey }, { linkedBy: 'case' }, nodeRuntime);
  for (const text of [...before.values(), ...after.values()]) await verify(text);
  for (const caseId of [refused, ...decided]) await verify(await caseReceipts(p, AUTHORITY_A, caseId));
  tell(`verified ${before.size + after.size} receipts of before, ${decided.length + 1} given anew`);

  const store = await openReader({ folder: p.folder, database: place.database });
  const proving = proveComplete({ store, vault: p.vault, fenceFolder: at('fence') }, AUTHORITY_A);
  const { findings, entries } = await proving.finally(() => store.close());
  assert.deepEqual(findings.list, []);
  await p.ledger.published(AUTHORITY_A);
  await exportLog(p.store, AUTHORITY_A, at('mirror-after'));
  for (const since of [given.then, given.last]) {
    await monitorLog(openSource(at('mirror-after')), { vkey }, { since });
  }
  assert.equal((await p.ledger.vkey(AUTHORITY_A)) === vkey, !machineLost);
  tell(`proved complete: ${entries} entries; the log extends what it was before`);
}

async function decideSome(p: TestPlatform, count: number, receipts: Map<string, string>): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n += 50) {
    const some = Array.from({ length: Math.min(50, count - n) }, (_, i) =>
      newCase(p, (n + i) % 5 === 4 ? 'adverse' : 'favourable'),
    );
    for (const { case: caseId } of await Promise.all(some)) {
      made.push(caseId);
      await keepReceipt(p, caseId, receipts);
    }
  }
  return made;
}

async function keepReceipt(p: TestPlatform, caseId: string, receipts: Map<string, string>): Promise<void> {
  receipts.set(caseId, await caseReceipts(p, AUTHORITY_A, caseId));
}

function makeWebhook(p: TestPlatform) {
  const scopes = ['webhooks:write'] as const;
  const caller = { authorityId: AUTHORITY_A, apiKeyId: 'key_test', scopes, systems: 'all' } as const;
  return createWebhook(p, caller, { url: 'https://agency.example/events', systems: 'all', types: 'all' });
}

const PAYSLIP = { name: 'fiche de paie.pdf', bytes: pdf(['(a payslip)']) };

/** The person asks for a review and hands a file in. */
async function handIn(p: TestPlatform, caseId: string): Promise<void> {
  const person = await openedBy(p, createApp(p), caseId);
  const at = '/fr/case/review';
  await person.post(`${at}/ground`, { ground: 'want-person' });
  await person.post(`${at}/text`, { text: '' });
  const body = formWith({ csrf: await person.token(`${at}/files`) }, [PAYSLIP]);
  await person.request(`${at}/files`, { method: 'POST', body });
  await person.post(`${at}/contact`, {});
  await person.post(`${at}/who`, { who: 'self' });
  assert.equal((await person.post(`${at}/check`, {})).location, `${at}/sent`);
}

const latest = async (p: TestPlatform) => (await p.ledger.checkpoint(AUTHORITY_A)) as string;

function signOne(p: TestPlatform) {
  const event = { authorityId: AUTHORITY_A, kind: 'authority', type: 'test', facts: { drill: 1 } } as const;
  return recordInJournal(p, { ...event, write: () => {} });
}

/** Waits until the quorum has cosigned a size. */
async function witnessed(p: TestPlatform, size: number): Promise<void> {
  const gathering = p.ledger.gather({ everyMs: 20, pauseMostMs: 100 });
  const end = performance.now() + 20_000;
  while ((await p.ledger.witnessed(AUTHORITY_A, size - 1)).state !== 'witnessed') {
    assert.ok(performance.now() < end, 'not witnessed in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await gathering?.stop();
}

async function openPage(p: TestPlatform, { reference, code }: Given['letter']): Promise<void> {
  const visitor = new Visitor(createApp(p));
  const { status, location } = await visitor.post('/fr/case', { reference, code });
  assert.equal(status, 303);
  const page = await visitor.get(String(location));
  assert.equal(page.status, 200);
  assert.match(page.html, /20.000/, 'the reasons of the decision name the income that was declared');
}

/** `npm run drill:restore -- [CASES] [postgres]`: the store is lost, then the whole machine. */
if (import.meta.main) {
  const [cases = '200', kind] = process.argv.slice(2);
  const server = kind === 'postgres' ? await startPostgres() : undefined;
  const started = performance.now();
  const tell = (step: string) =>
    console.log(`${((performance.now() - started) / 1_000).toFixed(1).padStart(7)} s  ${step}`);
  const database = server && (() => server.database());
  try {
    for (const machineLost of [false, true])
      await drill({ cases: Number(cases), database, machineLost, tell });
    tell('the drill succeeded');
  } finally {
    await server?.stop();
  }
}

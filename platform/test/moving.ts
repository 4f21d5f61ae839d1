import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStore } from '../src/check-store.ts';
import { citizenPages } from '../src/citizen/index.ts';
import { VirtualClock } from '../src/clock.ts';
import { exportLog } from '../src/ledger/export.ts';
import { openSource } from '../src/ledger/log-source.ts';
import { monitorLog } from '../src/ledger/monitor.ts';
import { caseReceipts, verifyReceiptText } from '../src/notices/index.ts';
import { openPlatform } from '../src/open.ts';
import { openReader } from '../src/open-reader.ts';
import { proveComplete } from '../src/prove-complete.ts';
import { addAuthority } from '../src/register/authorities.ts';
import { requestReview } from '../src/reviews/index.ts';
import { AUTHORITY } from '../worlds/soutien-menages/record.ts';
import { eraseCase, readyToErase } from './erasing.ts';
import { AUTHORITY_A, publishDemonstration, TEST_START, type TestPlatform } from './make-platform.ts';
import { newCase, openedBy, refusedCase, signingReviewer } from './opened-file.ts';
import { webApp } from './web-app.ts';

/** A platform whose store is moved about, and what people hold of it. */
export interface Movable {
  readonly folder: string;
  /** Where its store is at first. */
  readonly file: string;
  readonly clock: VirtualClock;
  /** Opens the store in the database, or in its file. */
  open(database?: string): Promise<TestPlatform>;
  /** Everything that has to go on where the store now is; and one decision more. */
  goesOn(database?: string): Promise<void>;
  dispose(): void;
}

/** With a case that was granted and erased, and one that was refused and is to be reviewed. */
export async function makeMovable(): Promise<Movable> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-move-'));
  const clock = new VirtualClock(TEST_START);
  /** Receipts of every case, the erased one's too, and a checkpoint of the public log. */
  const receipts = new Map<string, string>();
  let checkpoint: string;

  async function open(database?: string): Promise<TestPlatform> {
    const originPrefix = 'test.example/log';
    const platform = await openPlatform({ folder, clock, kind: 'demonstration', originPrefix, database });
    const { close } = platform;
    return { ...platform, clock, reopen: () => close().then(() => open(database)), dispose: close };
  }

  const p = await open();
  await addAuthority(p, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(p, AUTHORITY_A);
  const { officer, second } = await readyToErase(p);
  const keep = async (caseId: string) => receipts.set(caseId, await caseReceipts(p, AUTHORITY_A, caseId));
  const erased = (await newCase(p, 'favourable')).case;
  await keep(erased);
  const refusal = await refusedCase(p, await signingReviewer(p));
  const refused = refusal.case;
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

  return {
    folder,
    file: join(folder, 'taalil.db'),
    clock,
    open,
    goesOn,
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

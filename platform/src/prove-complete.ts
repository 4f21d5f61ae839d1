import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkAssessments } from './assessment/against-log.ts';
import { checkFiles } from './attachments/against-log.ts';
import { checkCases } from './cases/against-log.ts';
import { checkBindings } from './conformity/against-log.ts';
import { checkConsultations } from './consultation/against-log.ts';
import { checkDecisions, checkOrphanDecisions } from './decisions/against-log.ts';
import { clearRowsDigest } from './erasure/clear-rows.ts';
import { checkJournal, type JournalFact, lostIn } from './ledger/completeness/check-journal.ts';
import { checkLog } from './ledger/completeness/check-log.ts';
import type { KnownHead } from './ledger/completeness/checkpoints.ts';
import { Findings } from './ledger/completeness/findings.ts';
import { checkOwners, entryReader, type Ranges } from './ledger/completeness/owners.ts';
import { type Head, readRecord } from './ledger/fence.ts';
import { vkeyOf } from './ledger/identity.ts';
import { lineage } from './ledger/log-id.ts';
import { checkPlans } from './primacy/against-log.ts';
import { checkOrphanVersions, checkPublication } from './register/against-log.ts';
import type { StoreReader } from './store/index.ts';
import { checkCompetence } from './training/against-log.ts';
import type { Vault } from './vault/vault.ts';
import { checkWithholdings } from './withholding/against-log.ts';

export interface ProveOptions {
  readonly store: StoreReader;
  readonly vault: Pick<Vault, 'caseKey' | 'keyring'>;
  readonly fenceFolder: string;
  /** Heads that the auditor holds from elsewhere: the store must contain them. By log. */
  readonly known?: ReadonlyMap<string, readonly KnownHead[]>;
  readonly onProgress?: (what: 'entries' | 'events', done: number, total: number) => void;
}

export interface Completeness {
  readonly authorityId: string;
  /** Entries of all its logs. */
  readonly entries: number;
  /** Events of erased cases: their rows are there, and nobody can open them. */
  readonly erasedEvents: number;
  readonly findings: Findings;
}

/** Rooms whose tables follow from the journal alone: what binds safeguards, who is competent, what was put to the public. */
const FOLDS = [
  checkAssessments,
  checkBindings,
  checkWithholdings,
  checkPlans,
  checkCompetence,
  checkConsultations,
] as const;
const FOLDED =
  /^(assessment|applicability|evidence|withholding|primacy|certificate|delegation|consultation|comment)-/;

/**
 * Shows that an authority's store holds exactly the entries of its log: every row that is an entry, and the rows that
 * follow from them, against what was signed. Whoever may write to the whole database, and not to the key files and the
 * fence, cannot delete, alter, add or move a row of theirs without being named here.
 */
export async function proveComplete(options: ProveOptions, authorityId: string): Promise<Completeness> {
  const { store, vault, onProgress } = options;
  const findings = new Findings();
  const logs = await lineage(store.read, authorityId);
  // The fence is read first: a platform that runs meanwhile can only be ahead of it then.
  const fences = logs.map(({ logId }) => fenceHead(options.fenceFolder, logId, findings));
  await store.freeze();
  const readEntry = entryReader(store, logs);
  let total = 0;
  for (const [i, place] of logs.entries()) {
    const size = await checkLog({
      store,
      logId: place.logId,
      keys: { vkey: vkeyOf(vault.keyring, place.logId), mac: vault.keyring.mac },
      known: [...(fences[i] ?? []), ...(options.known?.get(place.logId) ?? [])],
      findings,
      onEntries: (done, of) => onProgress?.('entries', place.base + done, place.base + of),
    });
    total = Math.max(total, place.base + size);
  }

  const lost: (readonly [number, number])[] = [];
  const erased = new Map<string, string>();
  const published = new Set<number>();
  const facts: JournalFact[] = [];
  await checkJournal(store, authorityId, readEntry, findings, async (fact: JournalFact) => {
    lost.push(...lostIn(fact));
    if (fact.type === 'case-erased') erased.set(String(fact.facts.case), String(fact.facts.rows));
    if (fact.type === 'system-published') published.add(fact.index);
    else if (FOLDED.test(fact.type)) facts.push(fact);
    await checkPublication(store, authorityId, fact, findings);
  });
  await checkOrphanVersions(store, authorityId, published, findings);
  for (const check of FOLDS) await check(store, authorityId, facts, findings);
  await checkOwners(store, authorityId, total, lost as Ranges, findings);
  let events = 0;
  const { erasedEvents } = await checkCases({
    store,
    vault,
    authorityId,
    readEntry,
    erased: new Set(erased.keys()),
    async onErased(caseId) {
      if ((await clearRowsDigest(store.read, authorityId, caseId)) === erased.get(caseId)) return;
      findings.add(
        `cases/${authorityId}/${caseId}`,
        'What is left of this erased case is not what was left.',
      );
    },
    findings,
    async onCases(proved) {
      await checkDecisions(store, authorityId, proved, findings);
      await checkFiles({ store, vault, authorityId }, proved, findings);
    },
    onEvents(count) {
      events += count;
      onProgress?.('events', events, total);
    },
  });
  await checkOrphanDecisions(store, authorityId, findings);
  return { authorityId, entries: total, erasedEvents, findings };
}

function fenceHead(folder: string, logId: string, findings: Findings): KnownHead[] {
  const file = join(folder, `${logId}.fence`);
  const record = existsSync(file) ? readRecord(file) : undefined;
  if (record === undefined) {
    findings.notes.push(
      `There is no fence file of ${logId}: the end of the log is vouched for by the store alone.`,
    );
    return [];
  }
  // Where a closed log ended is sealed as the first entry of its successor, with what was lost of it.
  if (record.closed) return [];
  const { size, root }: Head = record.settled ? record.after : record.before;
  return size === 0 ? [] : [{ source: `the fence file of ${logId}`, size, root }];
}

import { PlatformError } from '../errors.ts';
import { bytesIn, type Findings } from '../ledger/completeness/findings.ts';
import { mismatch, type ReadEntry } from '../ledger/completeness/owners.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import { type CaseEvent, openEvent } from './events.ts';
import type { CaseTables } from './tables.ts';

/** A case as the log vouches for it: its row and its events, each equal to what its log entry commits to. */
export interface ProvedCase {
  readonly caseId: string;
  readonly row: CaseTables['cases'];
  readonly events: readonly CaseEvent[];
}

export interface CasesCheck {
  readonly store: StoreReader;
  readonly vault: Pick<Vault, 'caseKey' | 'keyring'>;
  readonly authorityId: string;
  readonly readEntry: ReadEntry;
  /** Cases whose erasure the journal tells. */
  readonly erased: ReadonlySet<string>;
  /** What is left of an erased case, none of which can be opened. */
  readonly onErased?: (caseId: string) => void | Promise<void>;
  readonly findings: Findings;
  /** Some cases whose events were all opened and agree; many are given at once, since each call may ask the store. */
  readonly onCases: (proved: readonly ProvedCase[]) => void | Promise<void>;
  readonly onEvents?: (count: number) => void;
}

const PAGE = 200;

/**
 * Opens every event of every case and compares it with its log entry and with its own clear columns, and every case's row
 * with the event that opened it. Of an erased case nothing can be opened: its rows are only counted.
 */
export async function checkCases(check: CasesCheck): Promise<{ readonly erasedEvents: number }> {
  const { store, authorityId } = check;
  const db = typed<CaseTables>(store.read);
  let erasedEvents = 0;
  for (let after = ''; ; ) {
    const cases = await db
      .selectFrom('cases')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('case_id', '>', after)
      .orderBy('case_id')
      .limit(PAGE)
      .execute();
    if (cases.length === 0) break;
    const rows = await db
      .selectFrom('case_events')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where(
        'case_id',
        'in',
        cases.map((c) => c.case_id),
      )
      .execute();
    // Sorted here: asked to sort, the store would read the whole log in order for each page of cases.
    rows.sort((a, b) => Number(a.log_index) - Number(b.log_index));
    const byCase = Map.groupBy(rows, (row) => row.case_id);
    // At once: where the store is another machine, the entries of all of them are one query.
    const checked = await Promise.all(
      cases.map((row) => checkCase(check, row, byCase.get(row.case_id) ?? [])),
    );
    await check.onCases(checked.filter((one) => typeof one === 'object'));
    for (const one of checked) if (typeof one === 'number') erasedEvents += one;
    check.onEvents?.(rows.length);
    after = cases.at(-1)?.case_id as string;
  }
  await checkOrphans(check);
  return { erasedEvents };
}

/** The case where it agrees; otherwise how many events of it are of an erased case. */
async function checkCase(
  check: CasesCheck,
  row: CaseTables['cases'],
  rows: readonly CaseTables['case_events'][],
): Promise<ProvedCase | number> {
  const { findings, authorityId } = check;
  const caseId = row.case_id;
  const where = `cases/${authorityId}/${caseId}`;
  if (rows.length === 0) {
    findings.add(where, 'No event of the log belongs to this case: the row was added.');
    return 0;
  }
  const key = keyOf(check, caseId);
  if (key === undefined) {
    if (check.erased.has(caseId)) {
      await check.onErased?.(caseId);
      return rows.length;
    }
    findings.add(where, 'Its key is gone, and the log tells of no erasure.');
    return 0;
  }
  if (check.erased.has(caseId))
    findings.add(where, 'The log tells of its erasure, and its key is still there.');
  const opened = await Promise.all(rows.map((event) => openAgainstLog(check, key, event)));
  const events = opened.filter((event) => event !== undefined);
  if (events.length < rows.length) return 0;
  const wrong = rowDiffers(check, row, events[0] as CaseEvent);
  if (wrong === undefined) return { caseId, row, events };
  findings.add(where, wrong);
  return 0;
}

function keyOf({ vault, authorityId }: CasesCheck, caseId: string) {
  try {
    return vault.caseKey(authorityId, caseId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'erased') return undefined;
    throw error;
  }
}

async function openAgainstLog(
  { findings, readEntry }: CasesCheck,
  key: Buffer,
  row: CaseTables['case_events'],
): Promise<CaseEvent | undefined> {
  const index = Number(row.log_index);
  const where = `case_events/${row.authority_id}/${index}`;
  try {
    const event = openEvent(key, row);
    const { facts } = event;
    const wrong =
      facts.authority !== row.authority_id ||
      facts.case !== row.case_id ||
      facts.type !== row.type ||
      facts.at !== row.at
        ? 'Its columns are not the sealed facts.'
        : mismatch(await readEntry(index), event.openings, { at: row.at, types: ['case'] });
    if (wrong === undefined) return event;
    findings.add(where, wrong);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    findings.add(where, error.message);
  }
  return undefined;
}

function rowDiffers(
  { vault, authorityId }: CasesCheck,
  row: CaseTables['cases'],
  first: CaseEvent,
): string | undefined {
  const { facts, at } = first;
  if (facts.reference === undefined) return 'Its first event is missing: the log tells of a later one only.';
  if (facts.reference !== row.reference) return 'Its reference is not the sealed one.';
  if (facts.system !== row.system_id) return 'Its system is not the sealed one.';
  if (at !== row.opened_at) return 'It was not opened then.';
  const mac = vault.keyring.mac('subject', authorityId, row.system_id, String(facts.subject));
  return Buffer.compare(mac, bytesIn(row.subject_mac)) === 0
    ? undefined
    : 'It belongs to another person than the sealed one.';
}

async function checkOrphans({ store, authorityId, findings }: CasesCheck): Promise<void> {
  const rows = await typed<CaseTables>(store.read)
    .selectFrom('case_events as e')
    .leftJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'e.authority_id').onRef('c.case_id', '=', 'e.case_id'),
    )
    .select(['e.log_index', 'e.case_id'])
    .where('e.authority_id', '=', authorityId)
    .where('c.case_id', 'is', null)
    .execute();
  for (const row of rows) {
    findings.add(`case_events/${authorityId}/${row.log_index}`, `Its case ${row.case_id} has no row.`);
  }
}

import {
  commitmentOf,
  type Entry,
  LogError,
  type Opening,
  parseEntry,
  toBase64,
} from '@taalil/transparency-log';
import { nodeSha256 } from '@taalil/transparency-log/writer';
import { type StoreReader, typed } from '../../store/index.ts';
import { periodOf } from '../journal.ts';
import { type LogPlace, placeOf } from '../log-id.ts';
import type { LedgerTables } from '../tables.ts';
import { bytesIn, type Findings } from './findings.ts';

/** Reads entries by their index among all of an authority. */
export type ReadEntry = (index: number) => Promise<Entry | undefined>;

export function entryReader(store: StoreReader, logs: readonly LogPlace[]): ReadEntry {
  return async (index) => {
    const { logId, base } = placeOf(logs, index);
    const row = await store.lookup('log_entries', { authority_id: logId, log_index: index - base });
    if (row === undefined) return undefined;
    try {
      return parseEntry(bytesIn(row.entry));
    } catch (error) {
      if (error instanceof LogError) return undefined;
      throw error;
    }
  };
}

/**
 * What is wrong with facts that claim to be those of an entry, or undefined: each must open one of its commitments, and
 * its month and coarse type must be theirs.
 */
export function mismatch(
  entry: Entry | undefined,
  openings: readonly Opening[],
  row: { readonly at: string; readonly types: readonly Entry['type'][] },
): string | undefined {
  if (entry === undefined) return 'There is no such entry to compare it with.';
  for (const { name, value, salt } of openings) {
    const commitment = commitmentOf({ name, value }, Buffer.from(salt, 'base64'), nodeSha256);
    if (!entry.commitments.includes(toBase64(commitment))) {
      return `Its fact "${name}" is not what the log entry commits to.`;
    }
  }
  if (entry.period !== periodOf(row.at)) return `The log entry is of ${entry.period}.`;
  if (!row.types.includes(entry.type)) return `The log entry is of type ${entry.type}.`;
  return undefined;
}

/** Index ranges `[from, to)` whose payload was declared lost in a sealed journal entry. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Row by row, every index belongs to one row of `journal` or of `case_events`, and every row to an index. */
export async function checkOwners(
  store: StoreReader,
  authorityId: string,
  total: number,
  lost: Ranges,
  findings: Findings,
): Promise<void> {
  const STEP = 20_000;
  for (let from = 0; from < total; from += STEP) {
    const to = Math.min(total, from + STEP);
    const owners = new Map<number, string>();
    for (const table of OWNERS) {
      for (const index of await ownedIndexes(store, table, authorityId, from, to)) {
        const other = owners.get(index);
        if (other !== undefined)
          findings.add(`${table}/${authorityId}/${index}`, `${other} has a row of this entry too.`);
        owners.set(index, table);
      }
    }
    for (let index = from; index < to; index++) {
      if (owners.has(index) || lost.some(([a, b]) => index >= a && index < b)) continue;
      findings.add(`${OWNERS.join(' or ')}/${authorityId}/${index}`, 'The row of this log entry is missing.');
    }
  }
  for (const table of OWNERS) {
    for (const index of await ownedIndexes(store, table, authorityId, total, Number.MAX_SAFE_INTEGER)) {
      findings.add(`${table}/${authorityId}/${index}`, 'The log has no such entry: the row was added.');
    }
    for (const index of await ownedIndexes(store, table, authorityId, Number.MIN_SAFE_INTEGER, 0)) {
      findings.add(`${table}/${authorityId}/${index}`, 'The log has no such entry: the row was added.');
    }
  }
}

/** The tables whose rows are the entries of the log. The second belongs to the room of cases. */
export const OWNERS = ['journal', 'case_events'] as const;

/** The indexes in `[from, to)` that a table of owners has rows for. */
export async function ownedIndexes(
  store: StoreReader,
  table: (typeof OWNERS)[number],
  authorityId: string,
  from: number,
  to: number,
): Promise<number[]> {
  const rows = await typed<
    Record<(typeof OWNERS)[number], Pick<LedgerTables['journal'], 'authority_id' | 'log_index'>>
  >(store.read)
    .selectFrom(table)
    .select('log_index')
    .where('authority_id', '=', authorityId)
    .where('log_index', '>=', from)
    .where('log_index', '<', to)
    .execute();
  return rows.map((row) => Number(row.log_index));
}

import type { JsonValue, Opening } from '@taalil/transparency-log';
import type { Context } from '../src/context.ts';
import type { LedgerTables } from '../src/ledger/tables.ts';
import { typed } from '../src/store/index.ts';

export interface JournalLine {
  readonly index: number;
  readonly type: string;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

/** An authority's journal in the order of the log, with the facts that each line opens. */
export async function listJournal(ctx: Context, authorityId: string): Promise<JournalLine[]> {
  const rows = await typed<LedgerTables>(ctx.store.read)
    .selectFrom('journal')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('log_index')
    .execute();
  return rows.map(({ log_index, type, openings }) => ({
    index: Number(log_index),
    type,
    facts: Object.fromEntries((JSON.parse(openings) as Opening[]).map((o) => [o.name, o.value])),
  }));
}

import { equalBytes, parseEntry, verifyCheckpoint } from '@taalil/transparency-log';
import { appendLeaves, EMPTY_EDGE, edgeRoot, leafHash, nodeRuntime } from '@taalil/transparency-log/writer';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { type LogPlace, lineage } from './log-id.ts';
import type { LedgerTables } from './tables.ts';

const PAGE = 2_000;

/**
 * Reads the present log of an authority again: every entry is well formed, there is no gap, and the entries give the
 * root that was signed last. Resolves with the size; throws `altered-record` and names the first place that differs.
 */
export async function verifyLog(ctx: Context, authorityId: string): Promise<number> {
  const note = await ctx.ledger.checkpoint(authorityId);
  if (note === undefined) return 0;
  const signed = await verifyCheckpoint(note, { vkey: await ctx.ledger.vkey(authorityId) }, nodeRuntime);
  const { logId } = (await lineage(ctx.store.read, authorityId)).at(-1) as LogPlace;
  let edge = EMPTY_EDGE;
  while (edge.size < signed.size) {
    const rows = await typed<LedgerTables>(ctx.store.read)
      .selectFrom('log_entries')
      .select(['log_index', 'entry'])
      .where('authority_id', '=', logId)
      .where('log_index', '>=', edge.size)
      .orderBy('log_index')
      .limit(Math.min(PAGE, signed.size - edge.size))
      .execute();
    for (const [i, row] of rows.entries()) {
      if (Number(row.log_index) !== edge.size + i) throw altered(authorityId, edge.size + i, 'is missing');
      parseEntry(row.entry);
    }
    if (rows.length === 0) throw altered(authorityId, edge.size, 'is missing');
    edge = appendLeaves(
      edge,
      rows.map((row) => leafHash(row.entry)),
    ).edge;
  }
  if (!equalBytes(edgeRoot(edge), signed.root))
    throw altered(authorityId, 0, 'or a later one is not what was signed');
  return signed.size;
}

function altered(authorityId: string, index: number, what: string): PlatformError {
  return new PlatformError('altered-record', `Entry ${index} of the log of ${authorityId} ${what}.`, {
    where: `log_entries/${authorityId}/${index}`,
    mend: 'Do not write to this store. Compare it with the published log and restore a backup.',
  });
}

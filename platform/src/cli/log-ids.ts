import { PlatformError } from '../errors.ts';
import { authorityOf } from '../ledger/log-id.ts';
import type { LedgerTables } from '../ledger/tables.ts';
import { type StoreReader, typed } from '../store/index.ts';

/** The logs of a store that hold anything, of one authority or of all. Throws `not-found` where there is none. */
export async function logIds(store: StoreReader, authorityId: string | undefined): Promise<string[]> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_state')
    .select('authority_id')
    .where('size', '>', 0)
    .orderBy('authority_id')
    .execute();
  const ids = rows
    .map((row) => row.authority_id)
    .filter((id) => authorityId === undefined || authorityOf(id) === authorityId);
  if (ids.length > 0) return ids;
  throw new PlatformError('not-found', 'This data folder holds no such log.', {
    mend: 'Check TAALIL_DATA and --authority.',
  });
}

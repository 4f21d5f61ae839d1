import { formatBundle, type ReadBundle, type ReadTile, TILE_WIDTH } from '@taalil/transparency-log';
import { type Store, typed } from '../store/index.ts';
import type { LedgerTables } from './tables.ts';

/** Reads the stored hash tiles of a log; what comes back may be wider than what was asked. */
export function tileReader(store: Pick<Store, 'read'>, logId: string): ReadTile {
  return async (level, index) =>
    (
      await typed<LedgerTables>(store.read)
        .selectFrom('log_tiles')
        .select('hashes')
        .where('authority_id', '=', logId)
        .where('level', '=', level)
        .where('tile_index', '=', index)
        .executeTakeFirst()
    )?.hashes;
}

/** Cuts the bundle of entries `256 × index` and on, exactly `width` of them; undefined where one is missing. */
export function bundleReader(store: Pick<Store, 'read'>, logId: string): ReadBundle {
  return async (index, width) => {
    const entries = await readEntries(store, logId, index * TILE_WIDTH, width);
    return entries.length === width ? formatBundle(entries) : undefined;
  };
}

/** Up to `count` entries from `first` on, ended by the first gap. */
export async function readEntries(
  store: Pick<Store, 'read'>,
  logId: string,
  first: number,
  count: number,
): Promise<Uint8Array[]> {
  const stored = await entriesByIndex(store, logId, first, count);
  const entries: Uint8Array[] = [];
  for (let index = first; index < first + count; index++) {
    const entry = stored.get(index);
    if (entry === undefined) break;
    entries.push(entry);
  }
  return entries;
}

/** The stored entries `first` to `first + count - 1`; those that are missing are left out. */
export async function entriesByIndex(
  store: Pick<Store, 'read'>,
  logId: string,
  first: number,
  count: number,
): Promise<Map<number, Uint8Array>> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_entries')
    .select(['log_index', 'entry'])
    .where('authority_id', '=', logId)
    .where('log_index', '>=', first)
    .where('log_index', '<', first + count)
    .execute();
  return new Map(rows.map((row) => [Number(row.log_index), row.entry]));
}

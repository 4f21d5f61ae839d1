import { type Clock, stamp } from '../clock.ts';
import { type Store, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import { ErasureMemory, type RememberedErasure } from './memory.ts';
import type { ErasureTables } from './tables.ts';

interface Erasing {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Folder in which this machine remembers what was erased. */
  readonly fence: string;
}

/**
 * Destroys the keys of files that the log says are erased, then notes that it is done. This machine remembers it before
 * anything is destroyed, outside the store, so that no older backup brings a file back. Throws `store-unavailable`.
 */
export async function destroy(
  { store, vault, clock, fence }: Erasing,
  authorityId: string,
  caseIds: readonly string[],
) {
  new ErasureMemory(fence).remember(await erasedRows(store, authorityId, caseIds));
  vault.destroy(authorityId, ...caseIds);
  const at = stamp(clock.now());
  await store.transact(async (tx) => {
    await typed<ErasureTables>(tx.db)
      .updateTable('erasures')
      .set({ destroyed_at: at })
      .where('authority_id', '=', authorityId)
      .where('case_id', 'in', caseIds)
      .where('state', '=', 'erased')
      .where('destroyed_at', 'is', null)
      .execute();
  });
}

async function erasedRows(
  { read }: Pick<Store, 'read'>,
  authorityId?: string,
  caseIds?: readonly string[],
): Promise<RememberedErasure[]> {
  let query = typed<ErasureTables>(read).selectFrom('erasures').selectAll().where('state', '=', 'erased');
  if (authorityId !== undefined) query = query.where('authority_id', '=', authorityId);
  if (caseIds !== undefined) query = query.where('case_id', 'in', caseIds);
  const rows = await query.execute();
  return rows.map(({ state, destroyed_at, erased_at, confirmed_by, backups_until, ...row }) => ({
    ...row,
    erased_at: erased_at ?? '',
    confirmed_by: confirmed_by ?? '',
    backups_until: backups_until ?? '',
  }));
}

/**
 * Destroys the keys of all files that are erased and whose key is there all the same: a machine that stopped between the
 * two, or a store or key store restored from an older backup. Erased is what the log says, and what this machine remembers.
 * Run when a platform is opened, before anything is read. Resolves with how many there were.
 */
export async function finishErasures(erasing: Erasing): Promise<number> {
  const { store, vault, fence } = erasing;
  const memory = new ErasureMemory(fence);
  const rows = await typed<ErasureTables>(store.read)
    .selectFrom('erasures')
    .select(['authority_id', 'case_id', 'destroyed_at'])
    .where('state', '=', 'erased')
    .execute();
  if (rows.some((row) => !memory.has(row.authority_id, row.case_id)))
    memory.remember(await erasedRows(store));
  const left = [...rows.filter(({ destroyed_at }) => destroyed_at === null), ...memory.all].filter(
    (row) => ('destroyed_at' in row && row.destroyed_at === null) || vault.has(row.authority_id, row.case_id),
  );
  for (const [authorityId, ofAuthority] of Map.groupBy(left, (row) => row.authority_id)) {
    const ids = [...new Set(ofAuthority.map((row) => row.case_id))];
    for (let from = 0; from < ids.length; from += 500) {
      await destroy(erasing, authorityId, ids.slice(from, from + 500));
    }
  }
  return left.length;
}

import { type Clock, stamp } from '../clock.ts';
import { type Store, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import type { ErasureTables } from './tables.ts';

interface Erasing {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Destroys the keys of files that the log says are erased, then notes that it is done. Throws `store-unavailable`. */
export async function destroy(
  { store, vault, clock }: Erasing,
  authorityId: string,
  caseIds: readonly string[],
) {
  vault.destroy(authorityId, ...caseIds);
  const at = stamp(clock.now());
  await store.transact(async (tx) => {
    await typed<ErasureTables>(tx.db)
      .updateTable('erasures')
      .set({ destroyed_at: at })
      .where('authority_id', '=', authorityId)
      .where('case_id', 'in', caseIds)
      .where('destroyed_at', 'is', null)
      .execute();
  });
}

/**
 * Destroys the keys of all files that the log says are erased and whose key is there all the same: a machine that stopped
 * between the two, or a key store restored from an older backup. Run when a platform is opened, before anything is read.
 * Resolves with how many there were.
 */
export async function finishErasures(erasing: Erasing): Promise<number> {
  const rows = await typed<ErasureTables>(erasing.store.read)
    .selectFrom('erasures')
    .select(['authority_id', 'case_id', 'destroyed_at'])
    .where('state', '=', 'erased')
    .execute();
  const left = rows.filter(
    (row) => row.destroyed_at === null || erasing.vault.has(row.authority_id, row.case_id),
  );
  for (const [authorityId, ofAuthority] of Map.groupBy(left, (row) => row.authority_id)) {
    const ids = ofAuthority.map((row) => row.case_id);
    for (let from = 0; from < ids.length; from += 500) {
      await destroy(erasing, authorityId, ids.slice(from, from + 500));
    }
  }
  return left.length;
}

import { PlatformError } from '../errors.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { VaultTables } from './tables.ts';
import type { Vault } from './vault.ts';

/**
 * Destroys the key of something whose row is gone already. While somebody reads the key store, its log keeps the overwritten
 * bytes a little longer; that is not worth telling whoever asked.
 */
export function destroyKey(vault: Pick<Vault, 'destroy'>, authorityId: string, id: string): void {
  try {
    vault.destroy(authorityId, id);
  } catch (error) {
    if (!(error instanceof PlatformError && error.code === 'store-unavailable')) throw error;
  }
}

/** Within an erasure: takes the sealed row away, which nobody can open any more. */
export async function dropAttributes(tx: Transaction, authorityId: string, caseId: string): Promise<void> {
  await typed<VaultTables>(tx.db)
    .deleteFrom('protected_attributes')
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .execute();
}

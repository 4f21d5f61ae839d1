import { type Transaction, typed } from '../store/index.ts';
import type { VaultTables } from './tables.ts';

/** Within an erasure: takes the sealed row away, which nobody can open any more. */
export async function dropAttributes(tx: Transaction, authorityId: string, caseId: string): Promise<void> {
  await typed<VaultTables>(tx.db)
    .deleteFrom('protected_attributes')
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .execute();
}

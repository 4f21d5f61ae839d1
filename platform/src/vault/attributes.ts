import { createHmac } from 'node:crypto';
import type { Store, Transaction } from '../store/index.ts';
import { openBytes, sealBytes } from './seal.ts';
import type { VaultTables } from './tables.ts';
import type { CaseKey, Vault } from './vault.ts';

/** Protected attributes (sex, age, disability…): for bias audit only; no model and no reviewer ever reads them. */
export type ProtectedAttributes = Readonly<Record<string, string | number | boolean>>;

const keyOf = (key: CaseKey) => createHmac('sha256', key).update('taalil/protected-attributes').digest();
const place = (authorityId: string, caseId: string) => `attributes/${authorityId}/${caseId}`;

/** Writes them with the case they belong to, in the same transaction. */
export function writeAttributes(
  tx: Transaction,
  key: CaseKey,
  authorityId: string,
  caseId: string,
  attributes: ProtectedAttributes,
): void {
  tx.append('protected_attributes', {
    authority_id: authorityId,
    case_id: caseId,
    sealed: sealBytes(keyOf(key), place(authorityId, caseId), JSON.stringify(attributes)),
  });
}

/** The attributes of a case, or undefined. Throws `erased` once the case's key is destroyed. */
export async function readAttributes(
  { store, vault }: { readonly store: Store; readonly vault: Vault },
  authorityId: string,
  caseId: string,
): Promise<ProtectedAttributes | undefined> {
  const row = await store.lookup('protected_attributes', { authority_id: authorityId, case_id: caseId });
  if (row === undefined) return undefined;
  const { sealed } = row as unknown as VaultTables['protected_attributes'];
  const key = keyOf(vault.caseKey(authorityId, caseId));
  return JSON.parse(openBytes(key, place(authorityId, caseId), sealed).toString()) as ProtectedAttributes;
}

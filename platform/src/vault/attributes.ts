import { createHmac } from 'node:crypto';
import { PlatformError } from '../errors.ts';
import { type Store, type Transaction, typed } from '../store/index.ts';
import { type AttributeBasis, basisInForce } from './attribute-basis.ts';
import { openBytes, sealBytes } from './seal.ts';
import type { VaultTables } from './tables.ts';
import type { CaseKey, Vault } from './vault.ts';

/** Protected attributes (sex, age, disability…): for bias audit only; no model and no reviewer ever reads them. */
export type ProtectedAttributes = Readonly<Record<string, string | number | boolean>>;

const keyOf = (key: CaseKey) => createHmac('sha256', key).update('taalil/protected-attributes').digest();
const place = (authorityId: string, caseId: string) => `attributes/${authorityId}/${caseId}`;

/** The attributes under a key of their own, which follows from the case's. */
export function sealAttributes(
  key: CaseKey,
  authorityId: string,
  caseId: string,
  attributes: ProtectedAttributes,
): Uint8Array {
  return sealBytes(keyOf(key), place(authorityId, caseId), JSON.stringify(attributes));
}

/** Appends them with the case they belong to, in the same transaction. */
export function appendAttributes(
  tx: Transaction,
  authorityId: string,
  caseId: string,
  sealed: Uint8Array,
): void {
  tx.append('protected_attributes', { authority_id: authorityId, case_id: caseId, sealed });
}

export interface AttributeReading {
  readonly authorityId: string;
  readonly systemId: string;
  /** Cases of that system. */
  readonly caseIds: readonly string[];
  /** The day on which they are read, `YYYY-MM-DD`. */
  readonly day: string;
  /** Records who reads the attributes of which cases; nothing is opened before it resolves. */
  log(caseIds: readonly string[], basis: AttributeBasis): Promise<void>;
}

/**
 * Opens protected attributes. This is the only way in: it takes a recorded legal basis in force, gives what that basis
 * names and nothing else, and every reading is logged before anything is opened. Cases without attributes, and cases whose
 * key was destroyed, are not in the answer. Throws `forbidden` without a basis; then nothing was opened.
 */
export async function openAttributes(
  { store, vault }: { readonly store: Store; readonly vault: Vault },
  { authorityId, systemId, caseIds, day, log }: AttributeReading,
): Promise<ReadonlyMap<string, ProtectedAttributes>> {
  const basis = await basisInForce(store.read, authorityId, systemId, day);
  if (basis === undefined) {
    throw new PlatformError(
      'forbidden',
      'No legal basis in force lets these protected attributes be opened.',
      {
        where: systemId,
        mend: 'The data protection officer records one: the text, its article, the attributes and the time.',
      },
    );
  }
  const opened = new Map<string, ProtectedAttributes>();
  if (caseIds.length === 0) return opened;
  await log(caseIds, basis);
  const rows = await typed<VaultTables>(store.read)
    .selectFrom('protected_attributes')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', 'in', caseIds)
    .execute();
  for (const row of rows) {
    const key = liveKey(vault, authorityId, row.case_id);
    if (key === undefined) continue;
    const plain = openBytes(keyOf(key), place(authorityId, row.case_id), row.sealed).toString();
    const all = Object.entries(JSON.parse(plain) as ProtectedAttributes);
    opened.set(row.case_id, Object.fromEntries(all.filter(([name]) => basis.attributes.includes(name))));
  }
  return opened;
}

function liveKey(vault: Vault, authorityId: string, caseId: string): CaseKey | undefined {
  try {
    return vault.caseKey(authorityId, caseId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'erased') return undefined;
    throw error;
  }
}

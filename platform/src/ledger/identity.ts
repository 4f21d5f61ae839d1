import {
  createSigner,
  EMPTY_EDGE,
  edgeRoot,
  generateKey,
  type Signer,
} from '@taalil/transparency-log/writer';
import { PlatformError } from '../errors.ts';
import { type Store, typed } from '../store/index.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import { type LogPlace, lineage } from './log-id.ts';
import type { LedgerTables } from './tables.ts';

/** What it takes to know who a log is, or to make it. */
export interface IdentityParts {
  readonly store: Store;
  readonly vault: Vault;
  /** Schema-less host and path prefix of log origins, such as `specimen.example/log`. */
  readonly originPrefix: string;
}

/** Who a log is: enough to read and to verify, whether or not it may be written. */
export interface Identity {
  readonly place: LogPlace;
  readonly origin: string;
  readonly signer: Signer;
}

/** The present log of an authority, made where there is none. Throws `fenced` for a key that is not this log's. */
export async function identify(parts: IdentityParts, authorityId: string): Promise<Identity> {
  const place = (await lineage(parts.store.read, authorityId)).at(-1) as LogPlace;
  const { origin, fresh, size } = await ensureState(parts, place.logId);
  let made = false;
  const secret = parts.vault.keyring.secretFile(keyFile(place.logId), () => {
    if (size > 0) throw keyMissing(place.logId);
    made = true;
    return generateKey(origin).skey;
  });
  const signer = createSigner(secret);
  if (signer.key.name !== origin || (fresh && !made)) {
    throw new PlatformError(
      'fenced',
      `The log key file is for "${signer.key.name}", and not of this store.`,
      {
        where: keyFile(place.logId),
        mend: 'Restore the store that belongs to this key, or the key that belongs to this store.',
      },
    );
  }
  return { place, origin, signer };
}

function keyMissing(logId: string): PlatformError {
  return new PlatformError('fenced', 'The key file of this log is missing: nothing can be signed.', {
    where: keyFile(logId),
    mend: 'Restore it from the key backup. A log that was closed has none: then this store is too old.',
  });
}

/** Name of the file that holds a log's private key. */
export function keyFile(logId: string): string {
  return `log-${logId}.key`;
}

/** Name of the file that keeps the verifier key of a closed log, whose private key is destroyed. */
export function vkeyFile(logId: string): string {
  return `log-${logId}.vkey`;
}

/** The verifier key of a log, present or closed, from the key files. Throws `store-unavailable` where there is none. */
export function vkeyOf(keyring: Pick<Keyring, 'secretFile'>, logId: string): string {
  let missing = false;
  const absent = () => {
    missing = true;
    throw new PlatformError('store-unavailable', `The key file of the log ${logId} is missing.`, {
      where: keyFile(logId),
      mend: 'Restore it from the key backup.',
    });
  };
  try {
    return createSigner(keyring.secretFile(keyFile(logId), absent)).vkey;
  } catch (error) {
    if (!missing) throw error;
    return keyring.secretFile(vkeyFile(logId), absent);
  }
}

async function ensureState({ store, originPrefix }: IdentityParts, logId: string) {
  const row = await readState(store, logId);
  if (row !== undefined) return { origin: row.origin, fresh: false, size: row.size };
  const origin = `${originPrefix}/${logId}`;
  await store.transact(async (tx) =>
    tx.append('log_state', { authority_id: logId, origin, size: 0, root: edgeRoot(EMPTY_EDGE) }),
  );
  return { origin, fresh: true, size: 0 };
}

export async function readState(store: Pick<Store, 'read'>, logId: string) {
  const row = await typed<LedgerTables>(store.read)
    .selectFrom('log_state')
    .selectAll()
    .where('authority_id', '=', logId)
    .executeTakeFirst();
  return row && { ...row, size: Number(row.size) };
}

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { BLANK, checkMac, KEY_STORE_FILE, KEYS_FOLDER, keyContext, readChecks } from './key-store.ts';
import { kekFile, readKeyFile } from './keyring.ts';
import { openBytes } from './seal.ts';

export interface CheckedKeys {
  /** Keys that open. */
  readonly live: number;
  /** Keys that were destroyed. */
  readonly destroyed: number;
  /** The key-encryption keys that they are under. */
  readonly keks: readonly string[];
  /** Whether there is, or was, a key for this. */
  knows(authorityId: string, id: string): boolean;
  close(): void;
}

/**
 * Reads a key store and its key files without writing to them: the files are those under which it was sealed, and every key
 * opens. Throws `store-unavailable` and `altered-record`.
 */
export function checkKeyStore(folder: string): CheckedKeys {
  const db = new DatabaseSync(join(folder, KEY_STORE_FILE), { readOnly: true, timeout: 5_000 });
  try {
    const keys = join(folder, KEYS_FOLDER);
    for (const [name, mac] of readChecks(db)) {
      if (checkMac(join(keys, name)).equals(mac)) continue;
      throw new PlatformError('store-unavailable', `${name} is another key than the one this store needs.`, {
        where: join(keys, name),
        mend: 'Key files and vault.db belong together: take both from one backup.',
      });
    }
    const keks = new Map<string, Buffer>();
    let [live, destroyed] = [0, 0];
    for (const row of db.prepare('select * from wrapped_keys').iterate() as Iterable<unknown>) {
      const { authority_id, case_id, kek_id, wrapped } = row as {
        readonly authority_id: string;
        readonly case_id: string;
        readonly kek_id: string;
        readonly wrapped: Uint8Array;
      };
      if (BLANK.equals(wrapped)) {
        destroyed++;
        continue;
      }
      const kek = keks.get(kek_id) ?? readKeyFile(join(keys, kekFile(kek_id)));
      keks.set(kek_id, kek);
      openBytes(kek, keyContext(authority_id, case_id), wrapped).fill(0);
      live++;
    }
    const select = db.prepare('select 1 from wrapped_keys where authority_id = ? and case_id = ?');
    return {
      live,
      destroyed,
      keks: [...keks.keys()].sort(),
      knows: (authorityId, id) => select.get(authorityId, id) !== undefined,
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

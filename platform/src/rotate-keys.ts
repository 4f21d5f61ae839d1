import { join } from 'node:path';
import { endAllSessions } from './access/index.ts';
import { holdWriterLock } from './ledger/writer-lock.ts';
import { openPostgres, openSqlite } from './store/index.ts';
import { abandonKek } from './vault/abandon.ts';
import { openKeyStoreAlone } from './vault/key-store.ts';
import { type Rotated, type RotateOptions, rotateKeks, rotateSessionSecret } from './vault/rotate.ts';

export interface RotateKeysOptions extends RotateOptions {
  readonly folder: string;
  readonly database?: string | undefined;
  /** The key-encryption key, under which every case's key is wrapped. */
  readonly vault: boolean;
  /** The secret of sessions; whoever is signed in has to sign in again. */
  readonly sessions: boolean;
}

/**
 * Changes the keys of a platform that is stopped: no process may hold the writer's place or have the key store open (`writer-held`
 * otherwise). Resolves with what became of the key-encryption key, where it was asked for. May be repeated after a crash.
 */
export async function rotateKeys(options: RotateKeysOptions): Promise<Rotated | undefined> {
  const { folder, database } = options;
  const lock = holdWriterLock(folder);
  try {
    const db = openKeyStoreAlone(folder);
    try {
      if (options.sessions) {
        const store =
          database === undefined
            ? openSqlite(join(folder, 'taalil.db'))
            : await openPostgres(database, { writer: true });
        await store.transact(endAllSessions).finally(() => store.close());
        rotateSessionSecret(folder);
      }
      return options.vault ? rotateKeks(folder, db, options) : undefined;
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

/** Gives up the keys under a lost key-encryption key, of a platform that is stopped; see {@link abandonKek}. Returns how many. */
export function abandonKey(folder: string, kek: string): number {
  const lock = holdWriterLock(folder);
  try {
    const db = openKeyStoreAlone(folder);
    try {
      return abandonKek(folder, db, kek);
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

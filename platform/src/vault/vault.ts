import type { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';
import { newId, randomPool } from '../ids.ts';
import { BLANK, keyContext, openKeyStore, openKeysOf } from './key-store.ts';
import type { Keyring } from './keyring.ts';
import { openBytes, sealBytes } from './seal.ts';

/** A case's key in memory. It never leaves the process and is never logged. */
export type CaseKey = Buffer;

/**
 * The keys of cases and of people, in a store of their own: excluded from backups of the data, with secure deletion,
 * wrapped by a rotatable key-encryption key.
 *
 * What is sealed must never be durable before its key. Cases take theirs from a supply that is already durable; a
 * key from `newKey` is durable after `flush`, which the ledger calls before each commit. An orphan key, left by a
 * crash, opens nothing and harms nobody.
 */
export interface Vault {
  readonly keyring: Keyring;
  /** An identifier for a new case with its key, durable already: made ahead, many in one commit. */
  takeCase(authorityId: string): { readonly caseId: string; readonly key: CaseKey };
  /** A key for something that already has an identifier; durable with the next `flush`. */
  newKey(authorityId: string, id: string): CaseKey;
  /** Throws `erased` when the key was destroyed. */
  caseKey(authorityId: string, id: string): CaseKey;
  flush(): void;
  /** Whether there is a key that was not destroyed. */
  has(authorityId: string, id: string): boolean;
  /**
   * Destroys keys: everything sealed under them is unreadable from then on. When it returns, their bytes are overwritten
   * in the file and the write-ahead log is empty, on the disk. Throws `store-unavailable` when another process that reads
   * the key store keeps the log from being emptied: then call it again.
   */
  destroy(authorityId: string, ...ids: string[]): void;
  close(): void;
}

/** Keys kept in memory: at most twice this many, the older half let go at once. */
const KEYS_KEPT = 10_000;
const SUPPLY_LEAST = 8;
const SUPPLY_MOST = 2_048;

interface Supply {
  ready: { caseId: string; key: CaseKey }[];
  next: number;
}

/** Opens the key store and the key files of a data folder. Throws `store-unavailable`: see `openKeyStore`, `openKeysOf`. */
export function openVault(folder: string): Vault {
  const db = openKeyStore(folder);
  const keyring = keysOrClose(folder, db);
  const insert = db.prepare(
    'insert into wrapped_keys (authority_id, case_id, kek_id, wrapped) values (?, ?, ?, ?)',
  );
  const select = db.prepare(
    'select kek_id, wrapped from wrapped_keys where authority_id = ? and case_id = ?',
  );
  const overwrite = db.prepare('update wrapped_keys set wrapped = ? where authority_id = ? and case_id = ?');
  let keys = new Map<string, CaseKey>();
  let older = new Map<string, CaseKey>();
  const supplies = new Map<string, Supply>();
  let pending: [string, string, string, Buffer][] = [];
  const version = db.prepare('PRAGMA data_version');
  const versionNow = () => (version.get() as { data_version: number }).data_version;
  let seen = versionNow();

  /** Another process has written: a key that we remember may be one that it destroyed. */
  function forgetIfWritten(): void {
    const now = versionNow();
    if (now === seen) return;
    seen = now;
    const unsaved = pending.map(([authorityId, id]) => `${authorityId}/${id}`);
    const known = (name: string) => (keys.get(name) ?? older.get(name)) as CaseKey;
    [older, keys] = [new Map(), new Map(unsaved.map((name) => [name, known(name)]))];
  }

  function remember(id: string, key: CaseKey): CaseKey {
    if (keys.size >= KEYS_KEPT) [older, keys] = [keys, new Map()];
    keys.set(id, key);
    return key;
  }

  function makeKey(authorityId: string, id: string): CaseKey {
    const key = Buffer.from(randomPool(32));
    const kekId = keyring.currentKek;
    const wrapped = sealBytes(keyring.kek(kekId), keyContext(authorityId, id), key);
    pending.push([authorityId, id, kekId, wrapped]);
    return key;
  }

  /** The row of a key that was not destroyed. */
  function stored(authorityId: string, id: string): { kek_id: string; wrapped: Uint8Array } | undefined {
    const row = select.get(authorityId, id) as { kek_id: string; wrapped: Uint8Array } | undefined;
    return row === undefined || Buffer.compare(row.wrapped, BLANK) === 0 ? undefined : row;
  }

  function flush(): void {
    if (pending.length === 0) return;
    try {
      db.exec('BEGIN IMMEDIATE');
      for (const row of pending) insert.run(...row);
      db.exec('COMMIT');
    } catch (cause) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw new PlatformError(
        'store-unavailable',
        'The key store could not be written; nothing was recorded.',
        {
          mend: 'Check free space and the health of the data folder, then send the request again.',
          retryAfter: 5,
          cause,
        },
      );
    }
    pending = [];
  }

  return {
    keyring,
    takeCase(authorityId) {
      const supply = supplies.get(authorityId) ?? { ready: [], next: SUPPLY_LEAST };
      supplies.set(authorityId, supply);
      if (supply.ready.length === 0) {
        const made = Array.from({ length: supply.next }, () => {
          const caseId = newId('case');
          return { caseId, key: makeKey(authorityId, caseId) };
        });
        reach('case-keys-made');
        flush();
        reach('case-keys-durable');
        supply.ready = made;
        supply.next = Math.min(SUPPLY_MOST, supply.next * 2);
      }
      const taken = supply.ready.pop() as { caseId: string; key: CaseKey };
      remember(`${authorityId}/${taken.caseId}`, taken.key);
      return taken;
    },
    newKey: (authorityId, id) => remember(`${authorityId}/${id}`, makeKey(authorityId, id)),
    caseKey(authorityId, id) {
      forgetIfWritten();
      const name = `${authorityId}/${id}`;
      const known = keys.get(name) ?? older.get(name);
      if (known !== undefined) return known;
      const row = stored(authorityId, id);
      if (row === undefined) {
        throw new PlatformError(
          'erased',
          "This case's personal data was erased; its log entries stay valid.",
        );
      }
      const key = openBytes(keyring.kek(row.kek_id), keyContext(authorityId, id), row.wrapped);
      return remember(name, key);
    },
    flush,
    has: (authorityId, id) => stored(authorityId, id) !== undefined,
    destroy(authorityId, ...ids) {
      flush();
      db.exec('BEGIN IMMEDIATE');
      for (const id of ids) overwrite.run(BLANK, authorityId, id);
      db.exec('COMMIT');
      for (const id of ids) {
        for (const kept of [keys, older]) {
          kept.get(`${authorityId}/${id}`)?.fill(0);
          kept.delete(`${authorityId}/${id}`);
        }
      }
      db.exec('PRAGMA busy_timeout = 1000');
      const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
      db.exec('PRAGMA busy_timeout = 5000');
      if (busy !== 0) {
        throw new PlatformError(
          'store-unavailable',
          'The key store is being read: its log is not empty yet.',
          {
            mend: 'End the other process that reads vault.db, then do it again.',
            retryAfter: 5,
          },
        );
      }
    },
    close() {
      db.close();
    },
  };
}

function keysOrClose(folder: string, db: DatabaseSync): Keyring {
  try {
    return openKeysOf(folder, db);
  } catch (error) {
    db.close();
    throw error;
  }
}

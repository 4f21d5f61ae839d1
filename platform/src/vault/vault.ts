import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { newId, randomPool } from '../ids.ts';
import { type Keyring, openKeyring } from './keyring.ts';
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
  /** Destroys the key: everything sealed under it is unreadable from then on. */
  destroy(authorityId: string, id: string): void;
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

export function openVault(folder: string): Vault {
  const keyring = openKeyring(join(folder, 'keys'));
  const db = new DatabaseSync(join(folder, 'vault.db'), { timeout: 5_000 });
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA secure_delete = ON');
  db.exec(`
    create table if not exists case_keys (
      authority_id text not null, case_id text not null, kek_id text not null, wrapped blob not null,
      primary key (authority_id, case_id)) without rowid`);
  const insert = db.prepare('insert into case_keys values (?, ?, ?, ?)');
  const select = db.prepare('select kek_id, wrapped from case_keys where authority_id = ? and case_id = ?');
  const remove = db.prepare('delete from case_keys where authority_id = ? and case_id = ?');

  let keys = new Map<string, CaseKey>();
  let older = new Map<string, CaseKey>();
  const supplies = new Map<string, Supply>();
  let pending: [string, string, string, Buffer][] = [];

  function remember(id: string, key: CaseKey): CaseKey {
    if (keys.size >= KEYS_KEPT) [older, keys] = [keys, new Map()];
    keys.set(id, key);
    return key;
  }

  function makeKey(authorityId: string, id: string): CaseKey {
    const key = Buffer.from(randomPool(32));
    const kekId = keyring.currentKek;
    const wrapped = sealBytes(keyring.kek(kekId), `case-key/${authorityId}/${id}`, key);
    pending.push([authorityId, id, kekId, wrapped]);
    return key;
  }

  function flush(): void {
    if (pending.length === 0) return;
    db.exec('BEGIN IMMEDIATE');
    try {
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
        flush();
        supply.ready = made;
        supply.next = Math.min(SUPPLY_MOST, supply.next * 2);
      }
      const taken = supply.ready.pop() as { caseId: string; key: CaseKey };
      remember(`${authorityId}/${taken.caseId}`, taken.key);
      return taken;
    },
    newKey: (authorityId, id) => remember(`${authorityId}/${id}`, makeKey(authorityId, id)),
    caseKey(authorityId, id) {
      const name = `${authorityId}/${id}`;
      const known = keys.get(name) ?? older.get(name);
      if (known !== undefined) return known;
      const row = select.get(authorityId, id) as { kek_id: string; wrapped: Uint8Array } | undefined;
      if (row === undefined) {
        throw new PlatformError(
          'erased',
          "This case's personal data was erased; its log entries stay valid.",
        );
      }
      const key = openBytes(keyring.kek(row.kek_id), `case-key/${authorityId}/${id}`, row.wrapped);
      return remember(name, key);
    },
    flush,
    destroy(authorityId, id) {
      keys.delete(`${authorityId}/${id}`);
      older.delete(`${authorityId}/${id}`);
      remove.run(authorityId, id);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close() {
      db.close();
    },
  };
}

import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { randomPool } from '../ids.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import { openBytes, sealBytes } from './seal.ts';

/** A case's key in memory. It never leaves the process and is never logged. */
export type CaseKey = Buffer;

/**
 * Case keys and protected attributes, in a store of their own: excluded from backups of the data, with secure
 * deletion, wrapped by a rotatable key-encryption key.
 *
 * A new key lives in memory until `flush` made it durable; whoever commits a record sealed under it calls
 * `flush` before. An orphan key, left by a crash between the two, opens nothing and harms nobody.
 */
export interface Vault {
  readonly keyring: Keyring;
  newCaseKey(authorityId: string, caseId: string): CaseKey;
  /** Throws `erased` when the key was destroyed. */
  caseKey(authorityId: string, caseId: string): CaseKey;
  /** Protected attributes for audit only; durable with the next `flush`. */
  putAttributes(authorityId: string, caseId: string, attributes: Readonly<Record<string, unknown>>): void;
  attributes(authorityId: string, caseId: string): Record<string, unknown> | undefined;
  flush(): void;
  /** Destroys the key and the attributes: everything sealed under it is unreadable from then on. */
  destroy(authorityId: string, caseId: string): void;
  close(): void;
}

const KEYS_KEPT = 20_000;

export function openVault(folder: string): Vault {
  const keyring = openKeyring(join(folder, 'keys'));
  const db = new DatabaseSync(join(folder, 'vault.db'), { timeout: 5_000 });
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA secure_delete = ON');
  db.exec(`
    create table if not exists case_keys (
      authority_id text not null, case_id text not null, kek_id text not null, wrapped blob not null,
      primary key (authority_id, case_id)) without rowid;
    create table if not exists protected_attributes (
      authority_id text not null, case_id text not null, sealed blob not null,
      primary key (authority_id, case_id)) without rowid;`);
  const insertKey = db.prepare('insert into case_keys values (?, ?, ?, ?)');
  const selectKey = db.prepare('select kek_id, wrapped from case_keys where authority_id = ? and case_id = ?');
  const deleteKey = db.prepare('delete from case_keys where authority_id = ? and case_id = ?');
  const insertAttributes = db.prepare('insert or replace into protected_attributes values (?, ?, ?)');
  const selectAttributes = db.prepare(
    'select sealed from protected_attributes where authority_id = ? and case_id = ?',
  );
  const deleteAttributes = db.prepare('delete from protected_attributes where authority_id = ? and case_id = ?');

  const keys = new Map<string, CaseKey>();
  let pendingKeys: [string, string, string, Buffer][] = [];
  let pendingAttributes: [string, string, Buffer][] = [];

  function remember(id: string, key: CaseKey): CaseKey {
    if (keys.size >= KEYS_KEPT) keys.delete(keys.keys().next().value as string);
    keys.set(id, key);
    return key;
  }

  function caseKey(authorityId: string, caseId: string): CaseKey {
    const id = `${authorityId}/${caseId}`;
    const known = keys.get(id);
    if (known !== undefined) return known;
    const row = selectKey.get(authorityId, caseId) as { kek_id: string; wrapped: Uint8Array } | undefined;
    if (row === undefined) {
      throw new PlatformError('erased', "This case's personal data was erased; its log entries stay valid.");
    }
    return remember(id, openBytes(keyring.kek(row.kek_id), `case-key/${id}`, row.wrapped));
  }

  const attributesKey = (key: CaseKey) =>
    createHmac('sha256', key).update('taalil/protected-attributes').digest();

  return {
    keyring,
    newCaseKey(authorityId, caseId) {
      const id = `${authorityId}/${caseId}`;
      const key = Buffer.from(randomPool(32));
      const kekId = keyring.currentKek;
      pendingKeys.push([authorityId, caseId, kekId, sealBytes(keyring.kek(kekId), `case-key/${id}`, key)]);
      return remember(id, key);
    },
    caseKey,
    putAttributes(authorityId, caseId, attributes) {
      const sealed = sealBytes(
        attributesKey(caseKey(authorityId, caseId)),
        `attributes/${authorityId}/${caseId}`,
        JSON.stringify(attributes),
      );
      pendingAttributes.push([authorityId, caseId, sealed]);
    },
    attributes(authorityId, caseId) {
      const row = selectAttributes.get(authorityId, caseId) as { sealed: Uint8Array } | undefined;
      if (row === undefined) return undefined;
      const key = attributesKey(caseKey(authorityId, caseId));
      return JSON.parse(openBytes(key, `attributes/${authorityId}/${caseId}`, row.sealed).toString());
    },
    flush() {
      if (pendingKeys.length === 0 && pendingAttributes.length === 0) return;
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const row of pendingKeys) insertKey.run(...row);
        for (const row of pendingAttributes) insertAttributes.run(...row);
        db.exec('COMMIT');
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw new PlatformError('store-unavailable', 'The key store could not be written; nothing was recorded.', {
          mend: 'Check free space and the health of the data folder, then send the request again.',
          retryAfter: 5,
          cause,
        });
      }
      pendingKeys = [];
      pendingAttributes = [];
    },
    destroy(authorityId, caseId) {
      keys.delete(`${authorityId}/${caseId}`);
      db.exec('BEGIN IMMEDIATE');
      deleteKey.run(authorityId, caseId);
      deleteAttributes.run(authorityId, caseId);
      db.exec('COMMIT');
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close() {
      db.close();
    },
  };
}

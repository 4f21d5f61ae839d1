import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { type Keyring, kekFile, kekIds, macUnder, openKeyring, PEPPER_FILE, readKeyFile } from './keyring.ts';

export const KEY_STORE_FILE = 'vault.db';
export const KEYS_FOLDER = 'keys';

/** A 32-byte key as `sealBytes` seals it. */
const WRAPPED_LENGTH = 61;
/** What stands in the place of a destroyed key. */
export const BLANK = Buffer.alloc(WRAPPED_LENGTH);

/** What a wrapped key is bound to: it opens in its own row alone. */
export const keyContext = (authorityId: string, id: string) => `case-key/${authorityId}/${id}`;

const BUSY = 5;

/**
 * Opens the key store of a folder, made where there is neither store nor key file. Throws `store-unavailable` where key
 * files are there and the store is not, and while its keys are being changed.
 */
export function openKeyStore(folder: string): DatabaseSync {
  const file = join(folder, KEY_STORE_FILE);
  if (!existsSync(file) && kekIds(join(folder, KEYS_FOLDER)).length > 0) throw storeMissing(file);
  const db = new DatabaseSync(file, { timeout: 5_000 });
  try {
    prepareStore(db);
    return db;
  } catch (cause) {
    db.close();
    if ((cause as { errcode?: number }).errcode !== BUSY) throw cause;
    throw new PlatformError('store-unavailable', 'The key store is locked: its keys are being changed.', {
      where: file,
      mend: 'Wait for `taalil keys rotate` to end, then start again.',
      retryAfter: 30,
      cause,
    });
  }
}

/**
 * Opens the key store for nobody else: no other process has it open, and none can open it until this one closes it. Throws
 * `writer-held` otherwise.
 */
export function openKeyStoreAlone(folder: string): DatabaseSync {
  const file = join(folder, KEY_STORE_FILE);
  if (!existsSync(file)) throw storeMissing(file);
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    db.exec('COMMIT');
    prepareStore(db);
    return db;
  } catch (cause) {
    db.close();
    if ((cause as { errcode?: number }).errcode !== BUSY) throw cause;
    throw new PlatformError('writer-held', 'Another process has the key store open.', {
      where: file,
      mend: 'Stop every process of the platform, and whatever else reads vault.db, then do it again.',
      cause,
    });
  }
}

function prepareStore(db: DatabaseSync): void {
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA secure_delete = ON');
  // Rows are only ever added at the end and overwritten in place, so that SQLite never copies a key to another page,
  // where it would outlive the row: only identifiers are in the index.
  db.exec(`
    create table if not exists wrapped_keys (
      row integer primary key, authority_id text not null, case_id text not null, kek_id text not null,
      wrapped blob not null);
    create unique index if not exists wrapped_keys_by_id on wrapped_keys (authority_id, case_id);
    create table if not exists key_checks (name text primary key, mac blob not null)`);
}

export function storeMissing(file: string): PlatformError {
  return new PlatformError('store-unavailable', `The key store ${file} is missing.`, {
    where: file,
    mend: 'Restore it from the key backup: docs/operator.md. Without it no case can be opened.',
  });
}

/**
 * The key files of a folder, for its key store: made where nothing was sealed yet. Throws `store-unavailable` for a file that
 * is missing, or that is not the one under which this store's keys are wrapped.
 */
export function openKeysOf(folder: string, db: DatabaseSync): Keyring {
  const checks = readChecks(db);
  const used = checks.size > 0 || db.prepare('select 1 from wrapped_keys limit 1').get() !== undefined;
  if (!used && kekIds(join(folder, KEYS_FOLDER)).length > 0) throw storeEmpty(folder);
  const keyring = openKeyring(join(folder, KEYS_FOLDER), !used);
  const insert = db.prepare('insert or ignore into key_checks (name, mac) values (?, ?)');
  for (const file of new Set([kekFile(keyring.currentKek), PEPPER_FILE, ...checks.keys()])) {
    const known = checks.get(file);
    const mac = checkMac(join(folder, KEYS_FOLDER, file));
    if (known === undefined) insert.run(file, mac);
    else if (!mac.equals(known)) throw wrongKey(join(folder, KEYS_FOLDER, file));
  }
  return keyring;
}

/** The key files of a folder, for reading beside the platform: nothing is made. Throws `store-unavailable`. */
export function openKeysReadOnly(folder: string): Pick<Keyring, 'mac' | 'secretFile'> {
  const keys = join(folder, KEYS_FOLDER);
  return {
    mac: macUnder(readKeyFile(join(keys, PEPPER_FILE))),
    secretFile(name, make) {
      const file = join(keys, name);
      return existsSync(file) ? readFileSync(file, 'utf8').trim() : make();
    },
  };
}

/** By name of the key file, what tells the right one: nothing about a key can be learned from it. */
export function readChecks(db: DatabaseSync): Map<string, Uint8Array> {
  const rows = db.prepare('select name, mac from key_checks').all() as { name: string; mac: Uint8Array }[];
  return new Map(rows.map(({ name, mac }) => [name, mac]));
}

export function checkMac(file: string): Buffer {
  return createHmac('sha256', readKeyFile(file)).update('taalil/key-check').digest();
}

function storeEmpty(folder: string): PlatformError {
  return new PlatformError('store-unavailable', 'The key store is empty, and its key files are there.', {
    where: join(folder, KEY_STORE_FILE),
    mend: 'Restore it from the key backup. If nothing was ever kept here, remove vault.db and keys/, and start again.',
  });
}

function wrongKey(file: string): PlatformError {
  return new PlatformError(
    'store-unavailable',
    `${file} is another key than the one this store was sealed under.`,
    {
      where: file,
      mend: 'Restore key files and vault.db from one and the same key backup.',
    },
  );
}

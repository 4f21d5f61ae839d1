import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { BLANK, checkMac, KEYS_FOLDER, keyContext, openKeysOf, readChecks } from './key-store.ts';
import { type Keyring, kekFile, kekIds, newKeyText, SESSIONS_FILE } from './keyring.ts';
import { openBytes, sealBytes } from './seal.ts';
import { destroySecret, replaceSecret, writeSecret } from './secret-file.ts';

/** Every step of a rotation at which a process can die, in order. Tests kill one at each of them. */
export const ROTATION_FAULT_POINTS = [
  'kek-made',
  'keys-wrapped',
  'all-wrapped',
  'log-emptied',
  'old-unneeded',
  'old-destroyed',
] as const;

export type RotationFaultPoint = (typeof ROTATION_FAULT_POINTS)[number];

export interface RotateOptions {
  /** Keys that are wrapped anew in one transaction. */
  readonly step?: number;
  readonly onKeys?: (done: number, total: number) => void;
  /** For tests alone. */
  readonly reach?: (point: RotationFaultPoint) => void;
}

export interface Rotated {
  /** The key-encryption key that is current now, and those that are destroyed. */
  readonly to: string;
  readonly from: readonly string[];
  /** Keys that were wrapped anew by this run. */
  readonly keys: number;
  /** An earlier rotation had been cut off; this one ended it. */
  readonly resumed: boolean;
}

interface WrappedKey {
  readonly row: number;
  readonly authority_id: string;
  readonly case_id: string;
  readonly kek_id: string;
  readonly wrapped: Uint8Array;
}

/**
 * Makes a new key-encryption key and wraps every key of the store under it, in its own place: the bytes of the old wrapping
 * are overwritten, as an erasure overwrites a key. An old key-encryption key is destroyed once every key was read again, is
 * under the new one and opens. May be cut off at any step: until then both files are there and every key opens; the next
 * rotation ends the one that was cut off and begins none.
 *
 * `db` must be the only connection to the key store (`openKeyStoreAlone`). Throws `altered-record` for a key that does not
 * open, and `store-unavailable` where a key file is missing; then no old key-encryption key was destroyed.
 */
export function rotateKeks(folder: string, db: DatabaseSync, options: RotateOptions = {}): Rotated {
  const { reach = () => {} } = options;
  const keys = join(folder, KEYS_FOLDER);
  openKeysOf(folder, db);
  const before = kekIds(keys);
  const resumed = before.length > 1;
  const to = resumed ? (before.at(-1) as string) : nextId(before);
  if (!resumed) writeSecret(join(keys, kekFile(to)), newKeyText());
  reach('kek-made');
  const from = kekIds(keys).filter((id) => id !== to);
  const keyring = openKeysOf(folder, db);
  const wrapped = wrapAll(db, keyring, options);
  reach('all-wrapped');
  emptyLog(db);
  reach('log-emptied');
  assertAllUnder(db, keyring, to);
  for (const id of from) db.prepare('delete from key_checks where name = ?').run(kekFile(id));
  emptyLog(db);
  reach('old-unneeded');
  for (const id of from) destroySecret(join(keys, kekFile(id)));
  for (const name of readdirSync(keys).filter((name) => name.endsWith('.part')))
    destroySecret(join(keys, name));
  reach('old-destroyed');
  return { to, from, keys: wrapped, resumed };
}

/** Changes the secret of what lives no longer than a session. Nothing that it vouched for is believed any more. */
export function rotateSessionSecret(folder: string): void {
  replaceSecret(join(folder, KEYS_FOLDER, SESSIONS_FILE), newKeyText());
}

function nextId(ids: readonly string[]): string {
  const next = Number(ids.at(-1) ?? 0) + 1;
  if (next > 9_999)
    throw new PlatformError('conflict', 'There is no number left for another key-encryption key.');
  return String(next).padStart(4, '0');
}

function* livePages(db: DatabaseSync, step: number): Generator<WrappedKey[]> {
  const page = db.prepare('select * from wrapped_keys where row > ? and wrapped <> ? order by row limit ?');
  for (let after = 0; ; ) {
    const rows = page.all(after, BLANK, step) as unknown as WrappedKey[];
    if (rows.length === 0) return;
    yield rows;
    after = (rows.at(-1) as WrappedKey).row;
  }
}

function wrapAll(db: DatabaseSync, keyring: Keyring, { step = 5_000, onKeys, reach }: RotateOptions): number {
  const to = keyring.currentKek;
  const kek = keyring.kek(to);
  const { total } = db.prepare('select count(*) as total from wrapped_keys').get() as { total: number };
  // Of equal lengths: SQLite overwrites such a row where it stands.
  const overwrite = db.prepare('update wrapped_keys set kek_id = ?, wrapped = ? where row = ?');
  let wrapped = 0;
  let done = 0;
  for (const rows of livePages(db, step)) {
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const key of rows.filter(({ kek_id }) => kek_id !== to)) {
        const plain = unwrap(keyring, key);
        overwrite.run(to, sealBytes(kek, keyContext(key.authority_id, key.case_id), plain), key.row);
        plain.fill(0);
        wrapped++;
      }
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
    done += rows.length;
    onKeys?.(done, total);
    reach?.('keys-wrapped');
  }
  return wrapped;
}

const unwrap = (keyring: Keyring, { authority_id, case_id, kek_id, wrapped }: WrappedKey): Buffer =>
  openBytes(keyring.kek(kek_id), keyContext(authority_id, case_id), wrapped);

/** Reads every key again: none is under another key-encryption key, and each opens. */
function assertAllUnder(db: DatabaseSync, keyring: Keyring, kekId: string): void {
  for (const rows of livePages(db, 5_000)) {
    for (const key of rows) {
      if (key.kek_id === kekId) unwrap(keyring, key).fill(0);
      else throw new PlatformError('conflict', `A key is still under ${key.kek_id}: nothing was destroyed.`);
    }
  }
}

/** Throws `store-unavailable` while somebody else reads the key store. */
export function emptyLog(db: DatabaseSync): void {
  const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  if (busy === 0) return;
  throw new PlatformError('store-unavailable', 'The log of the key store cannot be emptied.', {
    mend: 'End whatever else reads vault.db, then run the rotation again: it goes on where it stopped.',
  });
}

export interface KekStatus {
  readonly id: string;
  /** The file holds a key, and it is the one under which this store's keys are wrapped. */
  readonly file: 'there' | 'missing' | 'wrong';
  /** Keys that are under it. */
  readonly keys: number;
}

/** The key-encryption keys of a folder: those with a file and those that are needed. Reads beside the platform. */
export function kekStatus(folder: string, db: DatabaseSync): KekStatus[] {
  const keys = join(folder, KEYS_FOLDER);
  const rows = db
    .prepare('select kek_id, count(*) as n from wrapped_keys where wrapped <> ? group by kek_id')
    .all(BLANK) as { kek_id: string; n: number }[];
  const counts = new Map(rows.map(({ kek_id, n }) => [kek_id, n]));
  const checks = readChecks(db);
  const files = kekIds(keys);
  const fileOf = (id: string): KekStatus['file'] => {
    if (!files.includes(id)) return 'missing';
    const known = checks.get(kekFile(id));
    try {
      return checkMac(join(keys, kekFile(id))).equals(known ?? BLANK) || known === undefined
        ? 'there'
        : 'wrong';
    } catch (error) {
      if (error instanceof PlatformError) return 'wrong';
      throw error;
    }
  };
  const checked = [...checks.keys()].map((name) => /^kek-(\d{4})\.key$/.exec(name)?.[1]);
  return [...new Set([...files, ...counts.keys(), ...checked.filter((id) => id !== undefined)])]
    .sort()
    .map((id) => ({ id, file: fileOf(id), keys: counts.get(id) ?? 0 }));
}

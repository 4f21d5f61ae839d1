import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { migrations } from '../rooms.ts';
import { copyStore } from '../store/index.ts';
import { STORE_FILE, syncFile } from './files.ts';

/** A database file as of one instant, to be copied beside whoever writes to it. */
export interface Snapshot {
  copyTo(file: string, onPages?: (done: number, total: number) => void): Promise<void>;
  close(): void;
}

/** How long nobody may add or destroy a key at most. */
const PINNING_MS = 2_000;

export interface PinTogether {
  readonly folder: string;
  readonly database?: string | undefined;
  /** File of the key store. */
  readonly keyStore: string;
  /** Where the store is copied to. */
  readonly to: string;
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/**
 * Pins the store (the database where one is named, else the file in the data folder) and the key store as of one instant:
 * nobody adds or destroys a key between the two.
 */
export async function pinTogether({
  folder,
  database,
  keyStore,
  to,
  onProgress,
}: PinTogether): Promise<{ readonly store: Pinned; readonly keys: Snapshot }> {
  if (database === undefined) {
    return whileKeysStand(keyStore, async () => {
      const { copyTo, close } = snapshot(join(folder, STORE_FILE));
      return { store: { finish: () => copyTo(to, onProgress), close }, keys: snapshot(keyStore) };
    });
  }
  let steps = 0;
  let copied: Promise<unknown> = Promise.resolve();
  const keys = await new Promise<Snapshot>((resolve, reject) => {
    copied = copyStore(database, to, {
      migrations,
      onRows: () => onProgress?.(++steps, undefined),
      fixInstant: (fix) =>
        whileKeysStand(keyStore, async () => {
          await inTime(fix());
          resolve(snapshot(keyStore));
        }),
    });
    copied.catch(reject);
  });
  return { store: { finish: async () => void (await copied), close: () => {} }, keys };
}

/** The writer waits for the key store meanwhile: a database that does not answer must not hold it up. */
async function inTime(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new PlatformError('store-unavailable', 'The database did not answer in time.', {
      where: 'DATABASE_URL',
      mend: 'Nothing was backed up. Try again when it answers.',
    });
    timer = setTimeout(() => reject(error), PINNING_MS);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}

/** A store as of one instant; `finish` resolves when the copy is on the disk. */
export interface Pinned {
  finish(): Promise<void>;
  close(): void;
}

const PAGES_A_STEP = 2_000;

/** Pins what is committed in a database file now. */
export function snapshot(file: string): Snapshot {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  db.exec('BEGIN');
  // The snapshot is taken by the first read of the transaction.
  db.prepare('select 1 from sqlite_schema').get();
  return {
    async copyTo(to, onPages) {
      await backup(db, to, {
        rate: PAGES_A_STEP,
        progress: ({ totalPages, remainingPages }) => onPages?.(totalPages - remainingPages, totalPages),
      });
      makeOneFile(to);
    },
    close() {
      if (db.isOpen) db.close();
    },
  };
}

/**
 * Whoever opens a copy must not take it for a log that has never signed: without a fence nothing is signed then, not even
 * on top of an empty log.
 */
export function demandFence(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('update log_state set fenced = 1');
  db.close();
  syncFile(file);
}

/** A copy is one file: no write-ahead log is needed to read it, and reading it writes nothing. */
export function makeOneFile(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = DELETE');
  db.close();
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
  chmodSync(file, 0o600);
  syncFile(file);
}

/** Runs `act` while nobody adds or destroys a key: what it pins of the store and of the key store belongs together. */
async function whileKeysStand<T>(keyStore: string, act: () => Promise<T>): Promise<T> {
  const db = new DatabaseSync(keyStore, { timeout: 5_000 });
  try {
    db.exec('BEGIN IMMEDIATE');
    return await act();
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

/** Throws `altered-record` unless the pages of a database file fit together. */
export function assertIntegrity(folder: string, path: string): void {
  const db = new DatabaseSync(join(folder, path), { readOnly: true });
  try {
    const rows = db.prepare('PRAGMA integrity_check(5)').all() as { integrity_check: string }[];
    if (rows.length === 1 && rows[0]?.integrity_check === 'ok') return;
    throw new PlatformError('altered-record', `${path} is damaged: ${rows[0]?.integrity_check}.`, {
      where: join(folder, path),
      mend: 'Take an earlier backup; check the disk that held this one.',
    });
  } finally {
    db.close();
  }
}

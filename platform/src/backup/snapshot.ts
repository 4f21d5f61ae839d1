import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { syncFile } from './files.ts';

/** A database file as of one instant, to be copied beside whoever writes to it. */
export interface Snapshot {
  copyTo(file: string, onPages?: (done: number, total: number) => void): Promise<void>;
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

/** A copy is one file: no write-ahead log is needed to read it, and reading it writes nothing. */
export function makeOneFile(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = DELETE');
  db.close();
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
  syncFile(file);
}

/** Runs `act` while nobody adds or destroys a key: what it pins of the store and of the key store belongs together. */
export async function whileKeysStand<T>(keyStore: string, act: () => Promise<T>): Promise<T> {
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

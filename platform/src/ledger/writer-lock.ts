import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';

/**
 * One writer per data folder. The lock is an operating-system file lock, held by an open SQLite transaction, so
 * it ends with the process however the process ends. A second writer is refused and told who holds it.
 */
export function holdWriterLock(folder: string): { release(): void } {
  const holderFile = join(folder, 'writer.json');
  const db = new DatabaseSync(join(folder, 'writer.lock'), { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    db.exec('create table if not exists held (one integer)');
  } catch (cause) {
    db.close();
    throw new PlatformError(
      'writer-held',
      `This data folder already has a writer: ${describeHolder(holderFile)}.`,
      {
        where: folder,
        mend: 'Stop that process, or set TAALIL_DATA to another folder.',
        cause,
      },
    );
  }
  writeFileSync(
    holderFile,
    `${JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() })}\n`,
  );
  return {
    release() {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}

function describeHolder(file: string): string {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host: string; since: string };
    return `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  } catch {
    return 'a process that has not yet written its name';
  }
}

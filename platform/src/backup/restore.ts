import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY_FILE } from '../erasure/memory.ts';
import { PlatformError } from '../errors.ts';
import { RESTORING } from '../ledger/restoring.ts';
import { holdWriterLock } from '../ledger/writer-lock.ts';
import { migrations } from '../rooms.ts';
import { copyStore, digestStore } from '../store/index.ts';
import { KEYS_FOLDER } from '../vault/key-store.ts';
import { syncFolder } from '../vault/secret-file.ts';
import { destroyClosed, eraseAgain, isRemembering, remembered } from './erase-again.ts';
import { type FenceStand, fenceStands } from './fences.ts';
import { type BackupFile, copyIn, describeFile, STORE_FILE, syncFolders, writeSynced } from './files.ts';
import { readBackup } from './manifest.ts';
import { assertEmpty, COMPLETE } from './target.ts';
import { type VerifiedBackup, verifyBackup } from './verify.ts';

export interface RestoreOptions {
  /** The backup of the data, and that of the keys; without the second the target must hold the keys. */
  readonly data: string;
  readonly keys?: string | undefined;
  /** The data folder to restore into, and where this machine's fence is. */
  readonly folder: string;
  readonly fence: string;
  /** An empty PostgreSQL database to restore the store into. */
  readonly database?: string | undefined;
  /** The operator's word that there are no newer keys: what is newer than these is never opened again. */
  readonly olderKeys?: boolean | undefined;
  /** Copies of what machines remember of erasures. */
  readonly erasures?: readonly string[] | undefined;
}

export interface Restored {
  readonly backup: VerifiedBackup;
  /** How each log stands against what this machine remembers to have signed. */
  readonly logs: readonly FenceStand[];
  /** Keys that were destroyed again: their cases were erased by the time of the backup, or since. */
  readonly erasedAgain: number;
  /** Whether it is known what was erased since the backup: this machine remembers, or a file was given that does. */
  readonly remembers: boolean;
}

/**
 * Restores a backup into an empty data folder, and an empty database where one is named. The backup is verified first; what
 * is known to be erased is erased again before anything can be opened; no fence is ever restored, so that nothing is signed
 * before `log recover` has found out what was signed last.
 *
 * Nothing can be opened before everything is there. Cut off, it is repeated with the same arguments. Throws `conflict` for a
 * target that is not empty, `altered-record` for a damaged backup; then nothing was changed.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { data, keys, folder, fence } = options;
  const staging = join(folder, RESTORING);
  await assertEmpty(options);
  const { olderKeys } = options;
  const keysInUse = keys === undefined ? folder : undefined;
  const backup = await verifyBackup({ data, keys, keysInUse, olderKeys });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = holdWriterLock(folder);
  try {
    assertSame(staging, backup.data.id);
    const remembers = (options.erasures ?? []).length > 0 || isRemembering(fence);
    const memory = remembered(options);
    let erasedAgain = 0;
    if (!existsSync(join(staging, COMPLETE))) {
      rmSync(staging, { recursive: true, force: true });
      await stage(options, staging);
      erasedAgain = await eraseAgain(data, keys === undefined ? folder : staging, memory);
      if (keys !== undefined) destroyClosed(join(staging, KEYS_FOLDER), backup.data.logs, fence);
      syncFolders(staging);
      writeSynced(join(staging, COMPLETE), backup.data.id);
      syncFolder(staging);
    }
    place(options, staging);
    if (options.database !== undefined) await intoDatabase(data, options.database);
    rmSync(staging, { recursive: true });
    syncFolder(folder);
    return {
      backup,
      logs: backup.data.logs.map((log) => fenceStands(fence, log)),
      erasedAgain,
      remembers,
    };
  } finally {
    lock.release();
  }
}

/** What was cut off is ended with the backup that it was begun with. */
function assertSame(staging: string, id: string): void {
  const complete = join(staging, COMPLETE);
  if (!existsSync(complete) || readFileSync(complete, 'utf8') === id) return;
  throw new PlatformError('conflict', 'The restoring that was cut off here was of another backup.', {
    where: staging,
    mend: 'Name that backup again, or restore into another folder.',
  });
}

async function stage({ data, keys, folder, database }: RestoreOptions, staging: string): Promise<void> {
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  const parts = [
    [data, (await readBackup(data, 'data')).files],
    ...(keys === undefined ? [] : [[keys, (await readBackup(keys, 'keys')).files] as const]),
  ] as readonly (readonly [string, readonly BackupFile[]])[];
  for (const [part, files] of parts) {
    for (const file of files) {
      const [top = ''] = file.path.split('/');
      if (file.path === MEMORY_FILE || (file.path === STORE_FILE && database !== undefined)) continue;
      // What the machine has of its own configuration stays.
      if (['witnesses', 'identity.json'].includes(top) && existsSync(join(folder, top))) continue;
      await copyIn(join(part, file.path), staging, file.path);
      const copied = await describeFile(staging, file.path);
      if (copied.sha256 === file.sha256) continue;
      throw new PlatformError('altered-record', `${file.path} was altered while it was copied.`, {
        where: join(staging, file.path),
        mend: 'Check the disk, then restore again.',
      });
    }
  }
}

/** Each gets its place at once, the store last: without it there is nothing to open. */
function place({ folder }: RestoreOptions, staging: string): void {
  const names = readdirSync(staging).filter((name) => name !== COMPLETE);
  for (const name of names.sort((a, b) => Number(a === STORE_FILE) - Number(b === STORE_FILE))) {
    renameSync(join(staging, name), join(folder, name));
  }
  syncFolder(folder);
}

async function intoDatabase(data: string, database: string): Promise<void> {
  const from = join(data, STORE_FILE);
  try {
    await copyStore(from, database, { migrations });
  } catch (error) {
    // A restore that was cut off right after this step finds its own work there.
    if (!(await sameRows(from, database))) throw error;
  }
}

async function sameRows(a: string, b: string): Promise<boolean> {
  try {
    const sums = async (store: string) => JSON.stringify(await digestStore(store, migrations));
    return (await sums(a)) === (await sums(b));
  } catch (error) {
    if (error instanceof PlatformError) return false;
    throw error;
  }
}

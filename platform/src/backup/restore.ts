import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ErasureMemory, MEMORY_FILE } from '../erasure/memory.ts';
import type { ErasureTables } from '../erasure/tables.ts';
import { PlatformError } from '../errors.ts';
import { keyFile, vkeyFile } from '../ledger/identity.ts';
import { RESTORING } from '../ledger/restoring.ts';
import { holdWriterLock } from '../ledger/writer-lock.ts';
import { migrations } from '../rooms.ts';
import {
  copyStore,
  digestStore,
  openPostgresReader,
  openSqliteReader,
  readSchema,
  typed,
} from '../store/index.ts';
import { KEY_STORE_FILE, KEYS_FOLDER } from '../vault/key-store.ts';
import { destroySecret, syncFolder, writeSecret } from '../vault/secret-file.ts';
import { openVault } from '../vault/vault.ts';
import { type FenceStand, fenceStands } from './fences.ts';
import { type BackupFile, copyIn, describeFile, STORE_FILE, syncFolders, writeSynced } from './files.ts';
import { type BackedUpLog, readBackup } from './manifest.ts';
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

const COMPLETE = 'complete';

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
  const backup = await verifyBackup({ data, keys, ...(keys === undefined ? { keysInUse: folder } : {}) });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = holdWriterLock(folder);
  try {
    const remembers = (options.erasures ?? []).length > 0 || isRemembering(fence);
    const memory = remembered(options);
    let erasedAgain = 0;
    if (!existsSync(join(staging, COMPLETE))) {
      rmSync(staging, { recursive: true, force: true });
      await stage(options, staging);
      erasedAgain = await eraseAgain(data, keys === undefined ? folder : staging, memory);
      if (keys !== undefined) destroyClosed(join(staging, KEYS_FOLDER), backup.data.logs, fence);
      syncFolders(staging);
      writeSynced(join(staging, COMPLETE), '');
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

/** What may be in a folder that counts as empty: it belongs to the machine, or is configuration. */
const MAY_BE_THERE = ['lost+found', 'witnesses', 'identity.json', RESTORING];
const WRITERS_PLACE = /^writer\.(?:lock|json)/;

async function assertEmpty({ folder, fence, keys, database }: RestoreOptions): Promise<void> {
  if (existsSync(join(folder, RESTORING, COMPLETE))) return;
  if (database !== undefined) await assertEmptyDatabase(database);
  if (!existsSync(folder)) {
    if (keys === undefined) throw needsKeys(folder);
    return;
  }
  const own = [...MAY_BE_THERE, ...(dirname(resolve(fence)) === resolve(folder) ? [basename(fence)] : [])];
  const held =
    keys === undefined ? [KEY_STORE_FILE, `${KEY_STORE_FILE}-wal`, `${KEY_STORE_FILE}-shm`, KEYS_FOLDER] : [];
  const there = readdirSync(folder).filter(
    (name) => !own.includes(name) && !held.includes(name) && !WRITERS_PLACE.test(name),
  );
  if (there.length > 0) {
    throw new PlatformError('conflict', `${folder} is not empty: it holds ${there.slice(0, 5).join(', ')}.`, {
      where: folder,
      mend: `Set TAALIL_DATA to an empty folder, or move what is there away (never delete it before the platform runs again).${database === undefined ? '' : ' The store goes into the database.'}`,
    });
  }
  if (keys === undefined && !existsSync(join(folder, KEY_STORE_FILE))) throw needsKeys(folder);
}

async function assertEmptyDatabase(database: string): Promise<void> {
  const reader = await openPostgresReader(database);
  try {
    const tables = [...(await readSchema(reader.read, reader.dialect)).keys()];
    if (tables.length === 0) return;
    throw new PlatformError('conflict', `The database holds ${tables.length} tables already.`, {
      where: 'DATABASE_URL',
      mend: 'Name an empty one: createdb --encoding UTF8 --template template0 NAME.',
    });
  } finally {
    await reader.close();
  }
}

function needsKeys(folder: string): PlatformError {
  return new PlatformError('conflict', `${folder} holds no keys: without them nothing of the backup opens.`, {
    where: folder,
    mend: 'Name the backup of the keys with --keys DIR.',
  });
}

/** A machine that has signed remembers its erasures in the same folder; where there is no such file, there were none. */
function isRemembering(fence: string): boolean {
  return (
    existsSync(fence) && readdirSync(fence).some((name) => name === MEMORY_FILE || name.endsWith('.fence'))
  );
}

/** All that this machine knows to be erased, written down beside its fence. */
function remembered({ data, fence, erasures = [] }: RestoreOptions): ErasureMemory {
  for (const file of erasures) {
    if (existsSync(file)) continue;
    throw new PlatformError('not-found', `There is no file ${file}.`, { where: file });
  }
  const memory = new ErasureMemory(fence);
  const learned = new ErasureMemory(join(fence, 'none'));
  for (const file of [...erasures, join(data, MEMORY_FILE)]) learned.learn(file);
  memory.remember(learned.all);
  return memory;
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

/** Destroys the keys of every case that the store or this machine knows to be erased. */
async function eraseAgain(data: string, keysOf: string, memory: ErasureMemory): Promise<number> {
  const store = openSqliteReader(join(data, STORE_FILE));
  const rows = await typed<ErasureTables>(store.read)
    .selectFrom('erasures')
    .select(['authority_id', 'case_id'])
    .where('state', '=', 'erased')
    .execute();
  await store.close();
  const vault = openVault(keysOf);
  try {
    const left = [...rows, ...memory.all].filter((row) => vault.has(row.authority_id, row.case_id));
    const ids = new Set(left.map((row) => `${row.authority_id}/${row.case_id}`));
    for (const [authorityId, ofAuthority] of Map.groupBy(left, (row) => row.authority_id)) {
      vault.destroy(authorityId, ...ofAuthority.map((row) => row.case_id));
    }
    return ids.size;
  } finally {
    vault.close();
  }
}

/** Older keys may hold the private key of a log that was closed since: nobody signs with it again. */
function destroyClosed(keys: string, logs: readonly BackedUpLog[], fence: string): void {
  for (const log of logs) {
    const [secret, kept] = [join(keys, keyFile(log.log)), join(keys, vkeyFile(log.log))];
    if (!existsSync(secret) || !(log.closed || fenceStands(fence, log).stand === 'closed')) continue;
    if (!existsSync(kept)) writeSecret(kept, log.vkey);
    destroySecret(secret);
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

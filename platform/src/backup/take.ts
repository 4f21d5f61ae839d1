import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Clock, stamp } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { openReader } from '../open-reader.ts';
import { openSqliteReader } from '../store/index.ts';
import { KEY_STORE_FILE, KEYS_FOLDER, openKeysReadOnly, storeMissing } from '../vault/key-store.ts';
import { syncFolder } from '../vault/secret-file.ts';
import { copyBeside, copyKeyFiles, kindOf, logsOf, programVersion } from './contents.ts';
import { STORE_FILE, syncFolders } from './files.ts';
import { writeManifest } from './manifest.ts';
import { demandFence, pinTogether } from './snapshot.ts';
import { type VerifiedBackup, verifyBackup } from './verify.ts';

export interface BackupOptions {
  /** The data folder of a platform that may be running. */
  readonly folder: string;
  readonly fence: string;
  readonly witnesses: string;
  /** File of the identity providers, which holds secrets: it goes with the keys. */
  readonly identity?: string | undefined;
  /** Address of the PostgreSQL database that holds the store, where one does. */
  readonly database?: string | undefined;
  readonly clock: Clock;
  /** Folders that are not there yet. Without the second no key is backed up. */
  readonly to: string;
  readonly keysTo?: string | undefined;
  /** Pages of a file with their total, or steps of a copy out of a database. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/**
 * Backs a platform up while it runs: the store as of one instant, in one folder, and in another one the keys of the same
 * instant, so that every case of the store has its key there, and no key is gone that the store knows. Each folder is
 * verified, and gets its name only when all of it is on the disk. The fence is in neither.
 *
 * Throws `conflict` where a folder is there already, `store-unavailable` where there is no platform, or a disk is full; then
 * nothing is left.
 */
export async function takeBackup(options: BackupOptions): Promise<VerifiedBackup> {
  const { to, keysTo } = options;
  assertApart(options);
  const parts = [to, ...(keysTo === undefined ? [] : [keysTo])];
  const partial = (part: string) => `${part}.${process.pid}.part`;
  try {
    for (const part of parts) mkdirSync(partial(part), { recursive: true, mode: 0o700 });
    await fill(options, partial(to), keysTo && partial(keysTo));
    const verified = await verifyBackup({ data: partial(to), keys: keysTo && partial(keysTo) });
    // The keys come first: data without keys is no backup that anybody could use.
    for (const part of parts.toReversed()) {
      syncFolders(partial(part));
      renameSync(partial(part), part);
      syncFolder(dirname(resolve(part)));
    }
    return verified;
  } catch (error) {
    for (const part of parts) rmSync(partial(part), { recursive: true, force: true });
    throw fromDisk(error, to);
  }
}

async function fill(options: BackupOptions, data: string, keys: string | undefined): Promise<void> {
  const { folder, database, clock } = options;
  const reader = await openReader({ folder, database });
  await reader.close();
  const at = stamp(clock.now());
  const keyStore = join(folder, KEY_STORE_FILE);
  if (!existsSync(keyStore)) throw storeMissing(keyStore);
  const { onProgress } = options;
  const pinned = await pinTogether({ folder, database, keyStore, to: join(data, STORE_FILE), onProgress });
  try {
    // The key store is let go first: while it is read, an erasure cannot be told as done.
    if (keys !== undefined) {
      await pinned.keys.copyTo(join(keys, KEY_STORE_FILE));
      await copyKeyFiles(options, keys);
    }
    pinned.keys.close();
    await pinned.store.finish();
  } finally {
    pinned.keys.close();
    pinned.store.close();
  }
  demandFence(join(data, STORE_FILE));
  await copyBeside(options, data);
  const keyring = openKeysReadOnly(folder);
  const common = { id: newId('bkp'), at, program: programVersion() };
  const store = openSqliteReader(join(data, STORE_FILE));
  try {
    await writeManifest(
      data,
      {
        ...common,
        part: 'data',
        store: await kindOf(store),
        source: database === undefined ? 'sqlite' : 'postgres',
        logs: await logsOf(store, keyring),
      },
      keyring.mac,
    );
  } finally {
    await store.close();
  }
  if (keys === undefined) return;
  const keks = readdirSync(join(keys, KEYS_FOLDER)).filter((name) => name.startsWith('kek-'));
  await writeManifest(keys, { ...common, part: 'keys', keks }, keyring.mac);
}

/** Data, keys and the platform itself are three places: none lies in another. */
function assertApart({ folder, fence, to, keysTo }: BackupOptions): void {
  const within = (inner: string, outer: string) => !/^\.\.(?:\/|$)/.test(relative(outer, inner));
  const refuse = (where: string, what: string, mend: string) =>
    new PlatformError('conflict', what, { where, mend });
  for (const part of [to, keysTo].filter((one) => one !== undefined)) {
    if (existsSync(part))
      throw refuse(
        part,
        `${part} is there already.`,
        'Name a folder that is not there yet, such as one with the date.',
      );
    for (const own of [folder, fence]) {
      if (within(resolve(part), resolve(own)))
        throw refuse(part, `${part} lies in what it is to protect.`, 'Name a folder on another disk.');
    }
  }
  if (keysTo === undefined) return;
  if (within(resolve(keysTo), resolve(to)) || within(resolve(to), resolve(keysTo)))
    throw refuse(
      keysTo,
      'Keys and data must not lie in one folder.',
      'A thief of both could open every case.',
    );
}

function fromDisk(error: unknown, where: string): unknown {
  const { code, errcode, message } = error as { code?: unknown; errcode?: unknown; message?: string };
  const disk = typeof errcode === 'number' || (typeof code === 'string' && /^E[A-Z]+$/.test(code));
  if (!disk) return error;
  return new PlatformError('store-unavailable', `The backup could not be made: ${message}.`, {
    where,
    mend: 'Check free space and rights there, and that the store can be read. Nothing is left of this backup.',
    cause: error,
  });
}

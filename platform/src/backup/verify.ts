import { join } from 'node:path';
import {
  bundlePath,
  equalBytes,
  LogError,
  parseEntry,
  rootOf,
  TILE_WIDTH,
  toBase64,
  verifyCheckpoint,
} from '@taalil/transparency-log';
import { leafHash, nodeRuntime, nodeSha256 } from '@taalil/transparency-log/writer';
import { idsOf, SEALED } from '../check-store.ts';
import { PlatformError } from '../errors.ts';
import { entriesByIndex, tileReader } from '../ledger/read-log.ts';
import type { LedgerTables } from '../ledger/tables.ts';
import { migrations } from '../rooms.ts';
import { openSqliteReader, readSchema, type StoreReader, typed } from '../store/index.ts';
import { type CheckedKeys, checkKeyStore } from '../vault/check-store.ts';
import { KEY_STORE_FILE, openKeysReadOnly } from '../vault/key-store.ts';
import { STORE_FILE } from './files.ts';
import {
  assertMark,
  type BackedUpLog,
  type DataManifest,
  type KeysManifest,
  readBackup,
} from './manifest.ts';
import { assertIntegrity } from './snapshot.ts';

export interface VerifiedBackup {
  readonly data: DataManifest;
  /** What the keys beside it hold, and how many rows have none; undefined where none were given. */
  readonly keys:
    | {
        readonly live: number;
        readonly destroyed: number;
        readonly keks: readonly string[];
        readonly lacking: number;
      }
    | undefined;
}

export interface BackupPlace {
  readonly data: string;
  readonly keys?: string | undefined;
  /** Data folder whose keys are to be asked instead, where they are no backup. */
  readonly keysInUse?: string | undefined;
  /** Keys that are older than the data are taken all the same. */
  readonly olderKeys?: boolean | undefined;
  readonly onEntries?: ((log: string, done: number, size: number) => void) | undefined;
}

/**
 * Verifies a backup from its own files, writing nothing: every file is as it was written, the database is whole, each log's
 * entries give its tiles and those the root that its key signed. With the keys: they made this backup, each of them opens, and
 * every case has one, or had one that was destroyed since. Throws what is wrong, where, and how to mend it.
 */
export async function verifyBackup({
  data,
  keys,
  keysInUse,
  olderKeys,
  onEntries,
}: BackupPlace): Promise<VerifiedBackup> {
  const manifest = await readBackup(data, 'data');
  assertIntegrity(data, STORE_FILE);
  const store = openSqliteReader(join(data, STORE_FILE));
  try {
    await assertKnownVersion(store, manifest);
    await assertAllLogs(store, manifest);
    for (const log of manifest.logs) {
      await verifyLog(store, log, (done) => onEntries?.(log.log, done, log.size));
    }
    const ofKeys = keys === undefined ? undefined : await readBackup(keys, 'keys');
    const holder = keys ?? keysInUse;
    if (holder === undefined) return { data: manifest, keys: undefined };
    assertIntegrity(holder, KEY_STORE_FILE);
    const marked: [string, DataManifest | KeysManifest][] = [[data, manifest]];
    if (ofKeys !== undefined) marked.push([holder, ofKeys]);
    return { data: manifest, keys: await verifyKeys(store, holder, marked, olderKeys) };
  } finally {
    await store.close();
  }
}

async function verifyKeys(
  store: StoreReader,
  keys: string,
  marked: readonly (readonly [folder: string, manifest: DataManifest | KeysManifest])[],
  older = false,
) {
  const checked = checkKeyStore(keys);
  try {
    const { mac } = openKeysReadOnly(keys);
    for (const [folder, manifest] of marked) assertMark(folder, manifest, mac);
    const lacking = await withoutKeys(store, checked, keys, older);
    const { live, destroyed, keks } = checked;
    return { live, destroyed, keks, lacking };
  } finally {
    checked.close();
  }
}

/** How many rows have no key, nor had one. Throws `conflict` for any, unless the keys may be older. */
async function withoutKeys(
  { read, dialect }: StoreReader,
  keys: CheckedKeys,
  where: string,
  older: boolean,
): Promise<number> {
  let lacking = 0;
  const tables = await readSchema(read, dialect);
  for (const [table, column] of SEALED.filter(([name]) => tables.has(name))) {
    let without = 0;
    for await (const { authorityId, id } of idsOf(read, table, column)) {
      if (!keys.knows(authorityId, id)) without++;
    }
    lacking += without;
    if (without === 0 || older) continue;
    throw new PlatformError('conflict', `These keys lack those of ${without} rows of ${table}.`, {
      where,
      mend: 'They are older than the data. Take the keys of the same backup, or of a later one. If there are none: taalil restore --older-keys.',
    });
  }
  return lacking;
}

/** An older version's store is brought up to date when it is opened; a newer one's cannot be read. */
async function assertKnownVersion({ read }: StoreReader, { program }: DataManifest): Promise<void> {
  const applied = await typed<{ applied_migrations: { id: string } }>(read)
    .selectFrom('applied_migrations')
    .select('id')
    .execute();
  const known = new Set(migrations.map(({ id }) => id));
  if (applied.length > 0 && applied.every(({ id }) => known.has(id))) return;
  throw new PlatformError('store-unavailable', `The backup was made by another version: ${program}.`, {
    mend: 'Verify and restore it with the version that made it, or with a later one.',
  });
}

async function assertAllLogs({ read }: StoreReader, { logs }: DataManifest): Promise<void> {
  const states = await typed<LedgerTables>(read).selectFrom('log_state').selectAll().execute();
  const stored = states
    .map((s) => `${s.authority_id} ${s.origin} ${Number(s.size)} ${toBase64(s.root)} ${s.closed_at !== null}`)
    .sort();
  const named = logs.map((l) => `${l.log} ${l.origin} ${l.size} ${l.root} ${l.closed}`).sort();
  if (stored.join('\n') === named.join('\n')) return;
  throw broken('log_state', 'The store holds other logs than the manifest names.');
}

async function verifyLog(
  store: StoreReader,
  log: BackedUpLog,
  onEntries: (done: number) => void,
): Promise<void> {
  const { log: logId, origin, vkey, size, root, checkpoint } = log;
  if (size === 0) return;
  const where = `log_checkpoints/${logId}/${size}`;
  if (checkpoint === null) throw broken(where, 'The checkpoint that was signed last is missing.');
  const readTile = tileReader(store, logId);
  try {
    const signed = await verifyCheckpoint(checkpoint, { vkey, origin }, nodeRuntime);
    if (signed.size !== size || toBase64(signed.root) !== root)
      throw broken(where, 'The checkpoint is not of the tree that the store holds.');
    if (toBase64(await rootOf(size, readTile, nodeSha256)) !== root)
      throw broken(`log_tiles/${logId}`, 'The stored tiles do not give the root that was signed.');
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw broken(`log_tiles/${logId}`, error.message);
  }
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - first);
    const tile = await readTile(0, first / TILE_WIDTH, width);
    const entries = await entriesByIndex(store, logId, first, width);
    for (let i = 0; i < width; i++) {
      const entry = entries.get(first + i);
      const at = `log_entries/${logId}/${first + i}`;
      if (entry === undefined)
        throw broken(at, `The entry is missing from ${bundlePath(first / TILE_WIDTH, width)}.`);
      if (!equalBytes(leafHash(entry), tile?.subarray(i * 32, (i + 1) * 32) ?? new Uint8Array()))
        throw broken(at, 'The entry is not the one that was signed.');
      parseEntry(entry);
    }
    onEntries(first + width);
  }
}

function broken(where: string, what: string): PlatformError {
  return new PlatformError('altered-record', what, {
    where,
    mend: 'Take an earlier backup. What came after it may be in a mirror of the log: docs/recovery.md.',
  });
}

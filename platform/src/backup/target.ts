import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PlatformError } from '../errors.ts';
import { RESTORING } from '../ledger/restoring.ts';
import { openPostgresReader, readSchema } from '../store/index.ts';
import { KEY_STORE_FILE, KEYS_FOLDER } from '../vault/key-store.ts';
import type { RestoreOptions } from './restore.ts';

/** File, in the folder of what is being restored, that says that all of it is there. */
export const COMPLETE = 'complete';

/** What may be in a folder that counts as empty: it belongs to the machine, or is configuration. */
const MAY_BE_THERE = ['lost+found', 'witnesses', 'identity.json', RESTORING];
const WRITERS_PLACE = /^writer\.(?:lock|json)/;

/** Throws `conflict` unless there is nothing to write over, and the keys are there or given. A restore that was cut off goes on. */
export async function assertEmpty({ folder, fence, keys, database }: RestoreOptions): Promise<void> {
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

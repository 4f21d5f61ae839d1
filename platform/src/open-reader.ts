import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from './errors.ts';
import { assertRestored } from './ledger/restoring.ts';
import { migrations } from './rooms.ts';
import {
  appliedMigrations,
  assertNotMoved,
  openPostgresReader,
  openSqliteReader,
  type StoreReader,
} from './store/index.ts';

/** Where a store is: see `Config`. */
export interface StorePlace {
  readonly folder: string;
  readonly database?: string | undefined;
}

/**
 * Opens a store for reading, beside the platform that may be running on it: the PostgreSQL database where one is named, else the
 * file in the data folder. Throws `store-unavailable` where there is none, or one that another version wrote.
 */
export async function openReader(place: StorePlace): Promise<StoreReader> {
  assertRestored(place.folder);
  const store = await openUnchecked(place);
  try {
    await assertMigrated(store, place.database === undefined ? fileOf(place) : 'DATABASE_URL');
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Opens a store for reading whatever version wrote it: what is read may not be what this one expects. */
export async function openUnchecked({ folder, database }: StorePlace): Promise<StoreReader> {
  const file = fileOf({ folder });
  if (database === undefined && !existsSync(file)) {
    throw new PlatformError('store-unavailable', `${folder} holds no store.`, {
      where: folder,
      mend: 'Set TAALIL_DATA to the data folder, or DATABASE_URL to the database.',
    });
  }
  return database === undefined ? openSqliteReader(file) : openPostgresReader(database);
}

const fileOf = ({ folder }: Pick<StorePlace, 'folder'>) => join(folder, 'taalil.db');

/** Throws `store-unavailable` when the store was written by another version of this program, or by none, or was moved away. */
export async function assertMigrated({ read }: Pick<StoreReader, 'read'>, where: string): Promise<void> {
  const ids = await appliedMigrations(read);
  if (ids.size === 0) {
    throw new PlatformError('store-unavailable', 'There is no store here yet.', {
      where,
      mend: 'It is made by the first command, such as: taalil authority add. See TAALIL_DATA and DATABASE_URL.',
    });
  }
  if (ids.size === migrations.length && migrations.every(({ id }) => ids.has(id)))
    return assertNotMoved(read);
  throw new PlatformError('store-unavailable', 'The store was written by another version of this program.', {
    where,
    mend: 'Stop the platform and run: taalil store migrate. Or run the version that wrote it.',
  });
}

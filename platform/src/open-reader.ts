import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from './errors.ts';
import { migrations } from './rooms.ts';
import {
  assertNotMoved,
  openPostgresReader,
  openSqliteReader,
  type StoreReader,
  typed,
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
export async function openReader({ folder, database }: StorePlace): Promise<StoreReader> {
  const file = join(folder, 'taalil.db');
  if (database === undefined && !existsSync(file)) {
    throw new PlatformError('store-unavailable', `${folder} holds no store.`, {
      where: folder,
      mend: 'Set TAALIL_DATA to the data folder, or DATABASE_URL to the database.',
    });
  }
  const store = database === undefined ? openSqliteReader(file) : await openPostgresReader(database);
  try {
    await assertMigrated(store, database === undefined ? file : 'DATABASE_URL');
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Throws `store-unavailable` when the store was written by another version of this program, or by none, or was moved away. */
export async function assertMigrated({ read }: Pick<StoreReader, 'read'>, where: string): Promise<void> {
  const applied = await typed<{ applied_migrations: { id: string } }>(read)
    .selectFrom('applied_migrations')
    .select('id')
    .execute();
  const ids = new Set(applied.map(({ id }) => id));
  if (ids.size === migrations.length && migrations.every(({ id }) => ids.has(id)))
    return assertNotMoved(read);
  throw new PlatformError('store-unavailable', 'The store was written by another version of this program.', {
    where,
    mend: 'Start the platform once with this version, or run the version that wrote it.',
  });
}

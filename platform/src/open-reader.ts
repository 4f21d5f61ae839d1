import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from './errors.ts';
import { migrations } from './rooms.ts';
import { openSqliteReader, type StoreReader, typed } from './store/index.ts';

/**
 * Opens a data folder's store for reading, beside the platform that may be running on it. Throws `store-unavailable`
 * where there is none, or one that another version wrote.
 */
export async function openReader(folder: string): Promise<StoreReader> {
  const file = join(folder, 'taalil.db');
  if (!existsSync(file)) {
    throw new PlatformError('store-unavailable', `${folder} holds no store.`, {
      where: folder,
      mend: 'Set TAALIL_DATA to the data folder.',
    });
  }
  const store = openSqliteReader(file);
  const applied = await typed<{ applied_migrations: { id: string } }>(store.read)
    .selectFrom('applied_migrations')
    .select('id')
    .execute();
  const ids = new Set(applied.map(({ id }) => id));
  if (ids.size !== migrations.length || !migrations.every(({ id }) => ids.has(id))) {
    await store.close();
    throw new PlatformError(
      'store-unavailable',
      'The store was written by another version of this program.',
      {
        where: file,
        mend: 'Start the platform once with this version, or run the version that wrote it.',
      },
    );
  }
  return store;
}

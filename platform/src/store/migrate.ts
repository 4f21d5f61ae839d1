import { sql } from 'kysely';
import { PlatformError } from '../errors.ts';
import { type Migration, type Store, typed } from './contract.ts';

interface MigrationTables {
  applied_migrations: { id: string; place: number };
  store_facts: { name: string; value: string };
}

export type StoreKind = 'demonstration' | 'production';

/**
 * Brings the schema up to date. All missing migrations are applied in one transaction, or none.
 * A store that holds a migration this program does not know was written by a newer one and is refused.
 */
export async function migrate(
  store: Store,
  migrations: readonly Migration[],
  kind: StoreKind,
): Promise<void> {
  await store.transact(async (tx) => {
    const db = typed<MigrationTables>(tx.db);
    const bytes = store.dialect === 'sqlite' ? 'blob' : 'bytea';
    await db.schema
      .createTable('applied_migrations')
      .ifNotExists()
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('place', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('store_facts')
      .ifNotExists()
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    const applied = new Set(
      (await db.selectFrom('applied_migrations').select('id').execute()).map((r) => r.id),
    );
    const known = new Set(migrations.map((m) => m.id));
    const foreign = [...applied].filter((id) => !known.has(id));
    if (foreign.length > 0) {
      throw new PlatformError(
        'store-unavailable',
        `This store was written by a newer version (${foreign.join()}).`,
        {
          mend: 'Run the version that wrote it, or restore a backup made by this one.',
        },
      );
    }
    for (const [place, migration] of migrations.entries()) {
      if (applied.has(migration.id)) continue;
      await migration.up({
        db: tx.db,
        bytes,
        clustered: (table) => (store.dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table),
      });
      await db.insertInto('applied_migrations').values({ id: migration.id, place }).execute();
    }
    await db
      .insertInto('store_facts')
      .values({ name: 'kind', value: kind })
      .onConflict((c) => c.doNothing())
      .execute();
  });
}

/** A fact about the store as a whole, such as its kind or the state of a demonstration's clock. */
export async function storeFact(store: Store, name: string): Promise<string | undefined> {
  const row = await typed<MigrationTables>(store.read)
    .selectFrom('store_facts')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

export async function setStoreFact(store: Store, name: string, value: string): Promise<void> {
  await store.transact(async (tx) => {
    await typed<MigrationTables>(tx.db)
      .insertInto('store_facts')
      .values({ name, value })
      .onConflict((c) => c.column('name').doUpdateSet({ value }))
      .execute();
  });
}

import { sql } from 'kysely';
import { PlatformError } from '../errors.ts';
import { type Db, type Migration, type SchemaTools, type Store, typed } from './contract.ts';
import { assertNotMoved } from './moved.ts';

interface MigrationTables {
  applied_migrations: { id: string; place: number };
  store_facts: { name: string; value: string };
}

export type StoreKind = 'demonstration' | 'production';

/**
 * Brings the schema up to date. All missing migrations are applied in one transaction, or none.
 * A store that holds a migration this program does not know was written by a newer one and is refused, as is one that
 * was moved to another place.
 */
export async function migrate(
  store: Store,
  migrations: readonly Migration[],
  kind: StoreKind,
): Promise<void> {
  await store.transact(async (tx) => {
    const db = typed<MigrationTables>(tx.db);
    await createBookkeeping(tx.db);
    await assertNotMoved(tx.db);
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
    const tools = schemaTools(tx.db, store.dialect);
    for (const [place, migration] of migrations.entries()) {
      if (applied.has(migration.id)) continue;
      await migration.up(tools);
      await db.insertInto('applied_migrations').values({ id: migration.id, place }).execute();
    }
    await db
      .insertInto('store_facts')
      .values({ name: 'kind', value: kind })
      .onConflict((c) => c.doNothing())
      .execute();
  });
}

/** Makes the tables of an empty store and puts nothing into them: what they hold is to come from another store. */
export async function applyMigrations(
  db: Db,
  dialect: Store['dialect'],
  migrations: readonly Migration[],
): Promise<void> {
  await createBookkeeping(db);
  const tools = schemaTools(db, dialect);
  for (const { up } of migrations) await up(tools);
}

function schemaTools(db: Db, dialect: Store['dialect']): SchemaTools {
  const sqlite = dialect === 'sqlite';
  return {
    db,
    bytes: sqlite ? 'blob' : 'bytea',
    clustered: (table) => (sqlite ? table.modifyEnd(sql`without rowid`) : table),
  };
}

async function createBookkeeping(db: Db): Promise<void> {
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

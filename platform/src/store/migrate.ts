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
 * Makes the tables of an empty store. All missing migrations are applied in one transaction, or none.
 *
 * Throws `store-unavailable` for a store that a newer version wrote (it holds a migration that this program does not
 * know), for one that was moved to another place, and for one in production that an earlier version wrote: there is no
 * way back from that but a backup, so that it takes a decision of its own (`upgrade`).
 */
export async function migrate(
  store: Store,
  migrations: readonly Migration[],
  kind: StoreKind,
): Promise<void> {
  await store.transact(async (tx) => {
    await createBookkeeping(tx.db);
    await assertNotMoved(tx.db);
    const applied = await appliedMigrations(tx.db);
    const missing = missingOf(applied, migrations);
    if (kind === 'production' && applied.size > 0 && missing.length > 0) {
      throw new PlatformError(
        'store-unavailable',
        `An earlier version wrote this store: ${missing.length} of ${migrations.length} migrations are missing.`,
        { mend: 'Back it up, see what would be done with: taalil store migrate --dry-run, then do it.' },
      );
    }
    await applyMissing(tx.db, store.dialect, migrations, missing);
    await typed<MigrationTables>(tx.db)
      .insertInto('store_facts')
      .values({ name: 'kind', value: kind })
      .onConflict((c) => c.doNothing())
      .execute();
  });
}

/** One migration, and the statements that it ran. */
export interface MigrationStep {
  readonly id: string;
  readonly statements: readonly string[];
}

export interface UpgradeOptions {
  /** Do everything, and take it back. */
  readonly dryRun: boolean;
  /** Looks at the tables before the commit; when it throws, nothing was done. */
  check(db: Db): Promise<void>;
}

/**
 * Brings a store of an earlier version up to this one, in one transaction, and tells what was run. With `dryRun` all of
 * it runs on the very rows and is taken back: what went through will go through. Throws `store-unavailable` for a store
 * of a newer version, one that was moved away, and an empty place.
 */
export async function upgrade(
  store: Store,
  migrations: readonly Migration[],
  { dryRun, check }: UpgradeOptions,
): Promise<readonly MigrationStep[]> {
  const steps: MigrationStep[] = [];
  const takenBack = new Error('dry run');
  try {
    await store.transact(async (tx) => {
      await createBookkeeping(tx.db);
      await assertNotMoved(tx.db);
      const applied = await appliedMigrations(tx.db);
      if (applied.size === 0) {
        throw new PlatformError('store-unavailable', 'There is no store here yet.', {
          mend: 'It is made by the first command, such as: taalil authority add.',
        });
      }
      await applyMissing(tx.db, store.dialect, migrations, missingOf(applied, migrations), steps);
      await check(tx.db);
      if (dryRun) throw takenBack;
    });
  } catch (error) {
    if (error !== takenBack) throw error;
  }
  return steps;
}

/** Makes the tables of an empty store and puts nothing into them: what they hold is to come from another store. */
export async function createTables(
  db: Db,
  dialect: Store['dialect'],
  migrations: readonly Migration[],
): Promise<void> {
  await createBookkeeping(db);
  const tools = schemaTools(db, dialect);
  for (const { up } of migrations) await up(tools);
}

/** Ids of the migrations that a store has; none where there is no store yet. */
export async function appliedMigrations(db: Db): Promise<ReadonlySet<string>> {
  try {
    const rows = await typed<MigrationTables>(db).selectFrom('applied_migrations').select('id').execute();
    return new Set(rows.map(({ id }) => id));
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    if (code === UNDEFINED_TABLE || /^no such table: /.test(message ?? '')) return new Set();
    throw error;
  }
}

/** SQLSTATE undefined_table; the server may say it in any language. */
const UNDEFINED_TABLE = '42P01';

/** What a store lacks. Throws `store-unavailable` where it has what this program does not know. */
export function missingOf(
  applied: ReadonlySet<string>,
  migrations: readonly Migration[],
): readonly Migration[] {
  const foreign = applied.difference(new Set(migrations.map(({ id }) => id)));
  if (foreign.size === 0) return migrations.filter(({ id }) => !applied.has(id));
  throw new PlatformError(
    'store-unavailable',
    `This store was written by a newer version (${[...foreign].join()}).`,
    { mend: 'Run the version that wrote it, or restore a backup made by this one.' },
  );
}

async function applyMissing(
  db: Db,
  dialect: Store['dialect'],
  migrations: readonly Migration[],
  missing: readonly Migration[],
  steps: MigrationStep[] = [],
): Promise<void> {
  for (const migration of missing) {
    const statements: string[] = [];
    await migration.up(schemaTools(recording(db, statements), dialect));
    await typed<MigrationTables>(db)
      .insertInto('applied_migrations')
      .values({ id: migration.id, place: migrations.indexOf(migration) })
      .execute();
    steps.push({ id: migration.id, statements });
  }
}

/** The same connection, which writes down what it is asked. */
function recording(db: Db, statements: string[]): Db {
  return db.withPlugin({
    transformQuery({ node, queryId }) {
      statements.push(db.getExecutor().compileQuery(node, queryId).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
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

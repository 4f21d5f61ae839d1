export {
  committed,
  type Db,
  type Migration,
  type Row,
  type SchemaTools,
  type Store,
  type StoreReader,
  type Transaction,
  typed,
  type Value,
  type WriterPlace,
} from './contract.ts';
export { type CopiedTable, type CopyOptions, copyStore, digestStore } from './copy/copy.ts';
export { isPostgres, shownAddress } from './copy/side.ts';
export { groupAppend } from './group-append.ts';
export {
  appliedMigrations,
  type MigrationStep,
  migrate,
  missingOf,
  type StoreKind,
  setStoreFact,
  storeFact,
  upgrade,
} from './migrate.ts';
export {
  ARRIVED_FACT,
  assertNotMoved,
  clearMoved,
  MOVED_FACT,
  type Moved,
  moveFact,
  setMoveFact,
} from './moved.ts';
export { Mutex } from './mutex.ts';
export { openPostgres, openPostgresReader, type PostgresStore } from './postgres.ts';
export { otherSessions, serverSettings } from './postgres-settings.ts';
export { type ReadOnce, readOnce } from './read-once.ts';
export { declaredSchema, readSchema, type Schema, schemaDifferences, type TableShape } from './schema.ts';
export { openSqlite, openSqliteReader } from './sqlite.ts';

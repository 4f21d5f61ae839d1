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
export { groupAppend } from './group-append.ts';
export { migrate, type StoreKind, setStoreFact, storeFact } from './migrate.ts';
export { Mutex } from './mutex.ts';
export { openPostgres, openPostgresReader, type PostgresStore } from './postgres.ts';
export { openSqlite, openSqliteReader } from './sqlite.ts';

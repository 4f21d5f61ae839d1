export {
  committed,
  type Db,
  type Migration,
  type Row,
  type SchemaTools,
  type Store,
  type Transaction,
  typed,
  type Value,
} from './contract.ts';
export { groupAppend } from './group-append.ts';
export { migrate, type StoreKind, setStoreFact, storeFact } from './migrate.ts';
export { Mutex } from './mutex.ts';
export { openSqlite } from './sqlite.ts';

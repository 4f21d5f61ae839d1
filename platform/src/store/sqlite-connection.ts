import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Statements that a connection keeps prepared; Kysely compiles the same text for the same query. */
const STATEMENTS_KEPT = 512;

/** Write-ahead log with `synchronous=FULL`: a commit has reached the disk when it returns. */
export function openConnection(file: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  if (!readOnly) {
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA foreign_keys = ON');
    // Only where the thread beside falls behind: see `sqlite-checkpointer.ts`.
    db.exec('PRAGMA wal_autocheckpoint = 32000');
  }
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec('PRAGMA cache_size = -65536');
  return db;
}

export function preparedOn(db: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    let statement = kept.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value as string);
      kept.set(sql, statement);
    }
    return statement;
  };
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { PlatformError } from '../errors.ts';
import type { Db, Row, Store, Transaction, Value } from './contract.ts';
import { Mutex } from './mutex.ts';

/** Statements that a connection keeps prepared; Kysely compiles the same text for the same query. */
const STATEMENTS_KEPT = 512;

function openConnection(file: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  if (!readOnly) {
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA foreign_keys = ON');
    db.exec('PRAGMA wal_autocheckpoint = 8000');
  }
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec('PRAGMA cache_size = -65536');
  return db;
}

function statements(db: DatabaseSync): (sql: string) => StatementSync {
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

/** Kysely over `node:sqlite`: its SQLite dialect asks for this much of a driver. */
function kyselyOver(db: DatabaseSync): Db {
  const prepare = statements(db);
  const database = {
    close() {},
    prepare(sql: string) {
      const statement = prepare(sql);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
      };
    },
  };
  return new Kysely({ dialect: new SqliteDialect({ database: database as never }) });
}

type Lookup = (table: string, key: Readonly<Record<string, Value>>) => Promise<Row | undefined>;

function lookupOver(prepare: (sql: string) => StatementSync): Lookup {
  const selects = new Map<string, StatementSync>();
  return async (table, key) => {
    const columns = Object.keys(key);
    const name = `${table}(${columns.join()})`;
    let select = selects.get(name);
    if (select === undefined) {
      select = prepare(`select * from "${table}" where ${columns.map((c) => `"${c}" = ?`).join(' and ')}`);
      selects.set(name, select);
    }
    return select.get(...(Object.values(key) as SQLInputValue[])) as Row | undefined;
  };
}

function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** SQLITE_BUSY, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the medium failed, not the caller. */
const MEDIUM_FAILED = new Set([5, 8, 10, 11, 13, 14, 26]);

function mediumError(error: unknown): unknown {
  if (!MEDIUM_FAILED.has(sqliteCode(error) ?? -1)) return error;
  return new PlatformError('store-unavailable', 'The store could not be written; nothing was recorded.', {
    mend: 'Check free space and the health of the data folder, then send the request again.',
    retryAfter: 5,
    cause: error,
  });
}

/**
 * The embedded store: one file, write-ahead log, `synchronous=FULL`, so that a commit has reached the disk.
 * One connection writes, another only reads.
 */
export function openSqlite(file: string): Store {
  const writer = openConnection(file, false);
  const reader = openConnection(file, true);
  const prepare = statements(writer);
  const lookup = lookupOver(prepare);
  const inserts = new Map<string, StatementSync>();
  const db = kyselyOver(writer);
  const turn = new Mutex();

  function append(table: string, row: Readonly<Record<string, Value>>): void {
    const columns = Object.keys(row);
    const key = `${table}(${columns.join()})`;
    let insert = inserts.get(key);
    if (insert === undefined) {
      insert = prepare(
        `insert into "${table}" (${columns.map((c) => `"${c}"`).join()}) values (${columns.map(() => '?').join()})`,
      );
      inserts.set(key, insert);
    }
    insert.run(...(Object.values(row) as SQLInputValue[]));
  }

  function transaction(): Transaction {
    const memo = new Map<string, Promise<unknown>>();
    return {
      db,
      append,
      lookup,
      once<T>(key: string, read: () => Promise<T>) {
        let value = memo.get(key) as Promise<T> | undefined;
        if (value === undefined) {
          value = read();
          memo.set(key, value);
        }
        return value;
      },
    };
  }

  return {
    dialect: 'sqlite',
    read: kyselyOver(reader),
    lookup: lookupOver(statements(reader)),
    transact: (fn) =>
      turn.run(async () => {
        try {
          writer.exec('BEGIN IMMEDIATE');
        } catch (error) {
          throw mediumError(error);
        }
        try {
          const result = await fn(transaction());
          writer.exec('COMMIT');
          return result;
        } catch (error) {
          if (writer.isTransaction) writer.exec('ROLLBACK');
          throw mediumError(error);
        }
      }),
    close: () =>
      turn.run(async () => {
        reader.close();
        writer.close();
      }),
  };
}

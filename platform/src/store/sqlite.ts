import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { reach } from '../fault-points.ts';
import {
  BufferedTransaction,
  type CommittedReads,
  type Lookup,
  type TransactionBackend,
} from './buffered-transaction.ts';
import type { Db, Row, Store, StoreReader, Value } from './contract.ts';
import { type Ask, kyselyOn, selectBy } from './driver.ts';
import { Mutex } from './mutex.ts';
import { openConnection, preparedOn } from './sqlite-connection.ts';
import { WriterThread } from './sqlite-thread.ts';
import { outcomeUnknown, unavailable } from './unavailable.ts';

/**
 * The embedded store: one file, write-ahead log, `synchronous=FULL`, so that a commit has reached the disk. A thread of
 * its own writes; this one only reads what is committed.
 */
export function openSqlite(file: string): Store {
  settleRecovered(file);
  const reader = openConnection(file, true);
  const committed = committedReads(reader);
  const writer = new WriterThread(file);
  const backend: TransactionBackend = {
    query: (sql, parameters, appends) =>
      writer.ask({ kind: 'query', sql, parameters: parameters as Value[], appends }),
    async commit(appends) {
      const committing = writer.ask({ kind: 'commit', appends });
      reach('sqlite-commit-sent');
      await committing;
    },
    rollback: async () => void (await writer.ask({ kind: 'rollback', appends: [] })),
  };
  const turn = new Mutex();

  return {
    dialect: 'sqlite',
    read: committed.kysely(committed.ask),
    lookup: committed.lookup,
    transact: (fn) =>
      turn.run(async () => {
        const tx = new BufferedTransaction(backend, committed);
        try {
          const result = await fn(tx);
          await tx.finish('commit');
          return result;
        } catch (error) {
          await tx.finish('rollback');
          throw mediumError(error);
        }
      }),
    close: () =>
      turn.run(async () => {
        reader.close();
        await writer.close();
      }),
  };
}

/**
 * What a crash has left in the write-ahead log is moved into the database before anything is built on it: pages that the disk did
 * not take can look whole until the operating system lets go of them. The last connection that closes empties the log.
 */
function settleRecovered(file: string): void {
  const db = openConnection(file, false);
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    throw mediumError(error);
  } finally {
    db.close();
  }
}

/** Opens an existing store for reading alone. */
export function openSqliteReader(file: string): StoreReader {
  const reader = openConnection(file, true);
  const { kysely, ask, lookup } = committedReads(reader);
  return {
    dialect: 'sqlite',
    read: kysely(ask),
    lookup,
    async freeze() {
      reader.exec('BEGIN');
      // The snapshot is taken by the first read of the transaction.
      reader.prepare('select 1 from sqlite_schema').get();
    },
    async close() {
      reader.close();
    },
  };
}

const placeholder = () => '?';

function committedReads(reader: DatabaseSync): CommittedReads {
  const prepare = preparedOn(reader);
  return {
    lookup: lookupOver(prepare),
    ask: askOver(prepare),
    kysely: sqliteKysely,
    placeholder,
    far: false,
  };
}

export function sqliteKysely(ask: Ask): Db {
  return kyselyOn(
    {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    ask,
  );
}

function lookupOver(prepare: (sql: string) => StatementSync): Lookup {
  const selects = new Map<string, StatementSync>();
  return async (table, key) => {
    const columns = Object.keys(key);
    const name = `${table}(${columns.join()})`;
    let select = selects.get(name);
    if (select === undefined) {
      select = prepare(selectBy(table, columns, placeholder));
      selects.set(name, select);
    }
    return select.get(...(Object.values(key) as SQLInputValue[])) as Row | undefined;
  };
}

export function askOver(prepare: (sql: string) => StatementSync): Ask {
  return async (sql, parameters) => {
    const statement = prepare(sql);
    const rows = statement.all(...(parameters as SQLInputValue[]));
    return { rows, changes: undefined, lastId: undefined };
  };
}

/** SQLITE_BUSY, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the medium failed, not the caller. */
const MEDIUM_FAILED = new Set([5, 8, 10, 11, 13, 14, 26]);

function mediumError(error: unknown): unknown {
  const { errcode: code, unknown } = (error ?? {}) as { errcode?: unknown; unknown?: unknown };
  const failed = typeof code === 'number' && MEDIUM_FAILED.has(code & 0xff);
  if (!failed) return error;
  return unknown === true ? outcomeUnknown(error) : unavailable(error);
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Db, Row, Store, StoreReader, Transaction, Value } from './contract.ts';
import { Mutex } from './mutex.ts';
import { openConnection, preparedOn } from './sqlite-connection.ts';
import type { Appends } from './sqlite-protocol.ts';
import { type WriterResult, WriterThread } from './sqlite-thread.ts';
import { unavailable } from './unavailable.ts';

/**
 * The embedded store: one file, write-ahead log, `synchronous=FULL`, so that a commit has reached the disk. A thread of
 * its own writes; this one only reads what is committed.
 */
export function openSqlite(file: string): Store {
  openConnection(file, false).close();
  const reader = openConnection(file, true);
  const lookup = lookupOver(preparedOn(reader));
  const read = askOver(preparedOn(reader));
  const writer = new WriterThread(file);
  const turn = new Mutex();

  return {
    dialect: 'sqlite',
    read: kyselyOver(reader),
    lookup,
    transact: (fn) =>
      turn.run(async () => {
        const tx = new SqliteTransaction(writer, lookup, read);
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

/** Opens an existing store for reading alone. */
export function openSqliteReader(file: string): StoreReader {
  const reader = openConnection(file, true);
  return {
    dialect: 'sqlite',
    read: kyselyOver(reader),
    lookup: lookupOver(preparedOn(reader)),
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

type Lookup = (table: string, key: Readonly<Record<string, Value>>) => Promise<Row | undefined>;

const selectBy = (table: string, columns: readonly string[]) =>
  `select * from "${table}" where ${columns.map((c) => `"${c}" = ?`).join(' and ')}`;

function lookupOver(prepare: (sql: string) => StatementSync): Lookup {
  const selects = new Map<string, StatementSync>();
  return async (table, key) => {
    const columns = Object.keys(key);
    const name = `${table}(${columns.join()})`;
    let select = selects.get(name);
    if (select === undefined) {
      select = prepare(selectBy(table, columns));
      selects.set(name, select);
    }
    return select.get(...(Object.values(key) as SQLInputValue[])) as Row | undefined;
  };
}

/** The table that a query writes to; `ANY` where it does not say so plainly. */
const WRITES = /^(?:insert into|update|delete from) "([^"]+)"/;
const ANY = '*';

/** One transaction as its caller sees it. Appended rows wait here and go with the next query or the commit. */
class SqliteTransaction implements Transaction {
  readonly #writer: WriterThread;
  readonly #committed: Lookup;
  readonly #read: Ask;
  readonly #memo = new Map<string, Promise<unknown>>();
  readonly #appended = new Set<string>();
  readonly #written = new Set<string>();
  readonly db: Db;
  #appends = new Map<string, Appends>();
  #asked = false;
  #failed: { readonly error: unknown } | undefined;

  constructor(writer: WriterThread, committed: Lookup, read: Ask) {
    this.#writer = writer;
    this.#committed = committed;
    this.#read = read;
    this.db = kyselyOn((sql, parameters) =>
      this.#seesCommitted(sql) ? this.#read(sql, parameters) : this.#query(sql, parameters),
    );
  }

  /** Whether what is committed is all that this query can see: no other transaction runs, and this one wrote none of it. */
  #seesCommitted(sql: string): boolean {
    if (!sql.startsWith('select ')) return false;
    const named = new Set(Array.from(sql.matchAll(/"([^"]+)"/g), (match) => match[1] as string));
    return this.#appended.isDisjointFrom(named) && !this.#wrote(...named);
  }

  #wrote(...tables: string[]): boolean {
    return this.#written.has(ANY) || tables.some((table) => this.#written.has(table));
  }

  append(table: string, row: Readonly<Record<string, Value>>): void {
    this.#appended.add(table);
    const columns = Object.keys(row);
    const name = `${table}(${columns.join()})`;
    let appends = this.#appends.get(name);
    if (appends === undefined) {
      appends = { table, columns, rows: [] };
      this.#appends.set(name, appends);
    }
    appends.rows.push(Object.values(row));
  }

  async lookup(table: string, key: Readonly<Record<string, Value>>): Promise<Row | undefined> {
    if (!this.#wrote(table)) return this.#committed(table, key);
    const { rows } = await this.#query(selectBy(table, Object.keys(key)), Object.values(key));
    return rows[0] as Row | undefined;
  }

  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    let value = this.#memo.get(key) as Promise<T> | undefined;
    if (value === undefined) {
      value = read();
      this.#memo.set(key, value);
    }
    return value;
  }

  async finish(kind: 'commit' | 'rollback'): Promise<void> {
    // A failed query has rolled everything back, whether or not its error was passed on.
    if (kind === 'commit' && this.#failed !== undefined) throw this.#failed.error;
    const appends = this.#take();
    if (!this.#asked && (appends.length === 0 || kind === 'rollback')) return;
    await this.#writer.ask({ kind, appends: kind === 'commit' ? appends : [] });
  }

  async #query(sql: string, parameters: readonly unknown[]): Promise<WriterResult> {
    if (this.#failed !== undefined) throw this.#failed.error;
    this.#asked = true;
    if (!sql.startsWith('select ')) this.#written.add(WRITES.exec(sql)?.[1] ?? ANY);
    try {
      return await this.#writer.ask({
        kind: 'query',
        sql,
        parameters: parameters as Value[],
        appends: this.#take(),
      });
    } catch (error) {
      this.#failed = { error };
      throw error;
    }
  }

  #take(): readonly Appends[] {
    const taken = [...this.#appends.values()];
    this.#appends = new Map();
    return taken;
  }
}

function askOver(prepare: (sql: string) => StatementSync): Ask {
  return async (sql, parameters) => ({
    id: 0,
    rows: prepare(sql).all(...(parameters as SQLInputValue[])),
    changes: undefined,
    lastId: undefined,
  });
}

type Ask = (sql: string, parameters: readonly unknown[]) => Promise<WriterResult>;

/** Kysely whose queries another thread runs. */
function kyselyOn(ask: Ask): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes, lastId } = await ask(sql, parameters);
      return {
        rows: rows as R[],
        ...(changes === undefined ? {} : { numAffectedRows: changes }),
        ...(lastId === undefined ? {} : { insertId: lastId }),
      };
    },
    // biome-ignore lint/correctness/useYield: a transaction does not stream
    async *streamQuery() {
      throw new Error('a transaction does not stream rows');
    },
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: nested,
    commitTransaction: nested,
    rollbackTransaction: nested,
    destroy: async () => {},
  };
  return new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

async function nested(): Promise<never> {
  throw new Error('transactions do not nest: use the one you were given');
}

/** Kysely over a connection of this thread: its SQLite dialect asks for this much of a driver. */
function kyselyOver(db: DatabaseSync): Db {
  const prepare = preparedOn(db);
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

/** SQLITE_BUSY, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the medium failed, not the caller. */
const MEDIUM_FAILED = new Set([5, 8, 10, 11, 13, 14, 26]);

function mediumError(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  const failed = typeof code === 'number' && MEDIUM_FAILED.has(code & 0xff);
  return failed ? unavailable(error) : error;
}

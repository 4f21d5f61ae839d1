import type { Compilable } from 'kysely';
import type { Db, Row, Transaction, Value } from './contract.ts';
import { type Answer, type Ask, selectBy } from './driver.ts';

/** Rows for one table, all with the same columns. */
export interface Appends {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: Value[][];
}

/** The connection that writes, for one transaction. Rows that come with a query are inserted before what needs them. */
export interface TransactionBackend {
  query(sql: string, parameters: readonly unknown[], appends: readonly Appends[]): Promise<Answer>;
  /** Resolves when everything is durable. */
  commit(appends: readonly Appends[]): Promise<void>;
  rollback(): Promise<void>;
}

export type Lookup = (table: string, key: Readonly<Record<string, Value>>) => Promise<Row | undefined>;

/** What an adapter lends to its transactions: reads of what is committed, and how its queries are written. */
export interface CommittedReads {
  readonly lookup: Lookup;
  readonly ask: Ask;
  kysely(ask: Ask): Db;
  placeholder(place: number): string;
  /** Whether a lookup is a message to another machine: then many are better asked at once. */
  readonly far: boolean;
}

const nameOf = (table: string, key: Readonly<Record<string, Value>>) =>
  `${table} ${Object.entries(key).join('\n')}`;

/** The table that a query writes to; `ANY` where it does not say so plainly. */
const WRITES = /^(?:insert into|update|delete from) "([^"]+)"/;
const ANY = '*';

/** The names in double quotes of a compiled query: every table it touches is among them. */
export function namesIn(sql: string): Set<string> {
  return new Set(Array.from(sql.matchAll(/"([^"]+)"/g), (match) => match[1] as string));
}

/**
 * One transaction as its caller sees it. Appended rows wait here and go with the next query or the commit. What this
 * transaction has not written itself is read from what is committed: no other transaction writes meanwhile.
 */
export class BufferedTransaction implements Transaction {
  readonly #backend: TransactionBackend;
  readonly #committed: CommittedReads;
  readonly #memo = new Map<string, Promise<unknown>>();
  readonly #expected = new Map<string, Promise<Row | undefined>>();
  readonly #appended = new Set<string>();
  readonly #written = new Set<string>();
  readonly db: Db;
  #appends = new Map<string, Appends>();
  readonly #unheard: Promise<void>[] = [];
  #asked = false;
  #failed: { readonly error: unknown } | undefined;

  constructor(backend: TransactionBackend, committed: CommittedReads) {
    this.#backend = backend;
    this.#committed = committed;
    this.db = committed.kysely((sql, parameters) =>
      this.#seesCommitted(sql) ? committed.ask(sql, parameters) : this.#query(sql, parameters),
    );
  }

  #seesCommitted(sql: string): boolean {
    if (!sql.startsWith('select ')) return false;
    const named = namesIn(sql);
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

  write(query: Compilable, otherwise?: () => Error): void {
    const { sql, parameters } = query.compile();
    const heard = async () => {
      const { changes } = await this.#query(sql, parameters);
      if (otherwise !== undefined && changes !== 1n) this.#failed ??= { error: otherwise() };
    };
    this.#unheard.push(heard().catch(() => undefined));
  }

  async lookup(table: string, key: Readonly<Record<string, Value>>): Promise<Row | undefined> {
    if (!this.#wrote(table)) {
      const expected = this.#expected.size > 0 ? this.#expected.get(nameOf(table, key)) : undefined;
      return expected ?? this.#committed.lookup(table, key);
    }
    const sql = selectBy(table, Object.keys(key), this.#committed.placeholder);
    const { rows } = await this.#query(sql, Object.values(key));
    return rows[0] as Row | undefined;
  }

  expect(table: string, key: Readonly<Record<string, Value>>): void {
    if (!this.#committed.far) return;
    const name = nameOf(table, key);
    if (this.#expected.has(name)) return;
    const row = this.#committed.lookup(table, key);
    row.catch(() => undefined);
    this.#expected.set(name, row);
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
    if (this.#unheard.length > 0) await Promise.all(this.#unheard);
    // A failed query has rolled everything back, whether or not its error was passed on.
    if (kind === 'commit' && this.#failed !== undefined) throw this.#failed.error;
    const appends = this.#take();
    if (!this.#asked && (appends.length === 0 || kind === 'rollback')) return;
    if (kind === 'commit') await this.#backend.commit(appends);
    else await this.#backend.rollback();
  }

  async #query(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    if (this.#failed !== undefined) throw this.#failed.error;
    this.#asked = true;
    if (!sql.startsWith('select ')) this.#written.add(WRITES.exec(sql)?.[1] ?? ANY);
    try {
      return await this.#backend.query(sql, parameters, this.#take());
    } catch (error) {
      this.#failed ??= { error };
      throw error;
    }
  }

  #take(): readonly Appends[] {
    const taken = [...this.#appends.values()];
    this.#appends = new Map();
    return taken;
  }
}

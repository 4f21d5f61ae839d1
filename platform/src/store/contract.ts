import type { Compilable, CreateTableBuilder, Kysely } from 'kysely';

/** A room sees its own tables through `typed<RoomTables>(db)`; the store itself knows none of them. */
export type Db = Kysely<Record<string, never>>;

export function typed<Tables>(db: Db): Kysely<Tables> {
  return db as unknown as Kysely<Tables>;
}

export type Value = string | number | bigint | Uint8Array | null;

/**
 * The store's contract. Every adapter passes the conformance suite in `conformance.ts`.
 *
 * Durability: when `transact` resolves, what `fn` wrote survives the death of the process and of the machine.
 * When it rejects, nothing that `fn` wrote is visible to anybody, then or later.
 *
 * Concurrency: `transact` calls run one after another in the order of the calls; `read` sees only what was
 * committed before the query began and never waits for a transaction.
 *
 * Errors: a store that cannot be written (disk full, input/output error, lost connection) rejects with
 * `store-unavailable`; the transaction did not happen. An error thrown by `fn` is passed on unchanged.
 */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  readonly read: Db;
  /** The lookup path: the one committed row with this full primary or unique key, without building a query. */
  lookup(table: string, key: Readonly<Record<string, Value>>): Promise<Row | undefined>;
  transact<T>(fn: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * The place of the one writer of a store. It belongs to one process at a time and ends with it, however it ends.
 */
export interface WriterPlace {
  /**
   * Takes the place if it is free; `lost` is called once when it was taken and cannot be held any more. Nothing that this process
   * began before can be committed after somebody else has taken it.
   */
  take(lost: () => void): Promise<boolean>;
  release(): Promise<void>;
}

/** Reads beside the process that writes: what is committed, and after `freeze` all of it as of one instant. */
export interface StoreReader extends Pick<Store, 'dialect' | 'read' | 'lookup' | 'close'> {
  freeze(): Promise<void>;
}

/** A row as the driver gives it: check what comes out against the room's table type. */
export type Row = Readonly<Record<string, unknown>>;

export interface Transaction {
  /** Reads and writes inside this transaction. Use it only until `fn` settles. */
  readonly db: Db;
  /**
   * The append path: adds one row. An adapter may hold rows back until the commit, so a transaction must not
   * read what it appended. A row that breaks a key makes the whole transaction reject.
   */
  append(table: string, row: Readonly<Record<string, Value>>): void;
  /**
   * Writes without waiting for the answer: the transaction rejects if it fails, or, where `otherwise` is given, with what that makes
   * if anything but one row was written. Nothing that this transaction appended may be concerned.
   */
  write(query: Compilable, otherwise?: () => Error): void;
  /** As `Store.lookup`, inside this transaction; sees what it updated, not what it appended. */
  lookup(table: string, key: Readonly<Record<string, Value>>): Promise<Row | undefined>;
  /** Says that `lookup` will be asked for this row: an adapter whose rows are far away reads all that are expected at once. */
  expect(table: string, key: Readonly<Record<string, Value>>): void;
  /**
   * Reads something once for all who ask within this transaction: admission reads the same system for every
   * decision of a batch. What this transaction itself changes must not be read so.
   */
  once<T>(key: string, read: () => Promise<T>): Promise<T>;
}

/** What one room adds to the schema. Applied once, in order, inside one transaction. */
export interface Migration {
  readonly id: string;
  up(schema: SchemaTools): Promise<void>;
}

export interface SchemaTools {
  readonly db: Db;
  /** Keeps the rows of a new table in the order of its primary key, where the adapter can (`without rowid`). */
  clustered<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** The column type for bytes: `blob` or `bytea`. */
  readonly bytes: 'blob' | 'bytea';
}

/**
 * The committed state in the shape of a transaction, for asking before sealing what will be asked again inside the
 * sealing transaction. It cannot write.
 */
export function committed(store: Store): Transaction {
  return {
    db: store.read,
    lookup: (table, key) => store.lookup(table, key),
    expect() {},
    once: (_key, read) => read(),
    append(table) {
      throw new Error(`"${table}" cannot be written outside a transaction`);
    },
    write() {
      throw new Error('nothing can be written outside a transaction');
    },
  };
}

import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PlatformError } from '../errors.ts';
import { type Appends, namesIn, type TransactionBackend } from './buffered-transaction.ts';
import type { Answer } from './driver.ts';
import { ask, connect } from './postgres-connection.ts';
import { binaryRows, type ColumnType } from './postgres-copy.ts';
import { isServerFailure, outcomeUnknown, storeError } from './postgres-errors.ts';
import { assertDurable } from './postgres-settings.ts';

/** Class of our advisory locks: "taal" in ASCII. */
const LOCKS = 0x7461616c;
const WRITER_LOCK = 1;
const TURN_LOCK = 2;

const SETTLE_MS = 15_000;
const RETRY_MS = 200;

/**
 * The connection on which one process writes.
 *
 * Writer: the place of the one writer is an advisory lock of this very session. Whoever loses the connection has lost the place
 * before anybody else can take it, and can commit nothing on it any more.
 *
 * Turn: every transaction holds a second lock to its end, so that transactions of all processes run one after another.
 *
 * Outcome: when the connection breaks during a commit, the server is asked afterwards whether the transaction happened.
 */
export class PostgresWriter implements TransactionBackend {
  readonly #url: string;
  readonly #holdsPlace: boolean;
  #lost: (() => void) | undefined;
  readonly #columns = new Map<string, ReadonlyMap<string, ColumnType>>();
  #client: Client | undefined;
  #backend: { readonly pid: number; readonly started: string } | undefined;
  #xid: string | undefined;
  #pending: Appends[] = [];
  #unsettled: { readonly xid: string } | undefined;
  #closed = false;

  constructor(url: string, holdsPlace: boolean) {
    this.#url = url;
    this.#holdsPlace = holdsPlace;
  }

  /** Connects, and takes the writer's place where this process is to have it. Throws `writer-held` naming the holder. */
  async open(): Promise<Client> {
    if (this.#closed) throw new PlatformError('store-unavailable', 'The store is closed.');
    if (this.#client !== undefined) return this.#client;
    const client = await connect(this.#url);
    try {
      await this.#endFormerSession(client);
      await assertDurable(client);
      if (this.#holdsPlace) await takePlace(client);
      const { rows } = await client.query<{ pid: number; started: string }>(
        'select pid, backend_start::text as started from pg_stat_activity where pid = pg_backend_pid()',
      );
      this.#backend = rows[0];
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    this.#client = client;
    return client;
  }

  async take(lost: () => void): Promise<boolean> {
    try {
      await takePlace(await this.open());
    } catch (error) {
      if (error instanceof PlatformError && error.code === 'writer-held') return false;
      throw error;
    }
    this.#lost = lost;
    return true;
  }

  async release(): Promise<void> {
    this.#lost = undefined;
    await this.#client?.query(`select pg_advisory_unlock(${LOCKS}, ${WRITER_LOCK})`).catch(() => undefined);
  }

  async begin(): Promise<void> {
    await this.#settleFormer();
    const client = await this.open();
    this.#pending = [];
    const results = (await this.#on(client, () =>
      client.query(
        `begin; select pg_advisory_xact_lock(${LOCKS}, ${TURN_LOCK}); select pg_current_xact_id()::text as xid`,
      ),
    )) as unknown as { rows: { xid: string }[] }[];
    this.#xid = results[2]?.rows[0]?.xid;
  }

  async query(sql: string, parameters: readonly unknown[], appends: readonly Appends[]): Promise<Answer> {
    const client = this.#running();
    this.#pending.push(...appends);
    const named = namesIn(sql);
    if (this.#pending.some(({ table }) => named.has(table))) await this.#flush(client);
    return this.#on(client, () => ask(client, sql, parameters));
  }

  async commit(appends: readonly Appends[]): Promise<void> {
    const client = this.#running();
    this.#pending.push(...appends);
    await this.#flush(client);
    const xid = this.#xid as string;
    try {
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('the server rolled the transaction back');
    } catch (error) {
      this.#drop(client);
      this.#unsettled = { xid };
      if (await this.#happened(error)) return;
      throw storeError(error);
    } finally {
      this.#xid = undefined;
    }
  }

  /** Ends a transaction that was not committed. */
  async end(): Promise<void> {
    if (this.#xid !== undefined) await this.rollback();
  }

  async rollback(): Promise<void> {
    this.#pending = [];
    this.#xid = undefined;
    const client = this.#client;
    if (client === undefined) return;
    // A connection that cannot roll back is given up: the server then does it.
    await client.query('rollback').catch(() => this.#drop(client));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #running(): Client {
    if (this.#client === undefined || this.#xid === undefined) {
      throw new Error('Connection terminated: the transaction is gone');
    }
    return this.#client;
  }

  async #on<T>(client: Client, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (isServerFailure(error)) this.#drop(client);
      throw error;
    }
  }

  async #flush(client: Client): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    for (const { table, columns, rows } of pending) {
      const types = await this.#typesOf(client, table, columns);
      const names = columns.map((column) => `"${column}"`).join();
      await this.#on(client, async () => {
        const stream = client.query(copyFrom(`copy "${table}" (${names}) from stdin with (format binary)`));
        stream.end(binaryRows(types, rows));
        await finished(stream);
      });
    }
  }

  async #typesOf(client: Client, table: string, columns: readonly string[]): Promise<ColumnType[]> {
    let known = this.#columns.get(table);
    if (known === undefined || columns.some((column) => !known?.has(column))) {
      const { rows } = await this.#on(client, () =>
        client.query<{ name: string; type: ColumnType }>(
          `select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
           where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
          [`"${table}"`],
        ),
      );
      known = new Map(rows.map(({ name, type }) => [name, type]));
      this.#columns.set(table, known);
    }
    return columns.map((column) => {
      const type = known.get(column);
      if (type === undefined) throw new Error(`the table "${table}" has no column "${column}"`);
      return type;
    });
  }

  /** The connection is of no use any more; with it goes the writer's place. */
  #drop(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#xid = undefined;
    void client.end().catch(() => undefined);
    const stream = (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection
      ?.stream;
    stream?.destroy();
    const lost = this.#lost;
    this.#lost = undefined;
    lost?.();
  }

  /** A session of ours that the server has not given up yet would keep the writer's place from us. */
  async #endFormerSession(client: Client): Promise<void> {
    if (this.#backend === undefined) return;
    await client.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid = $1 and backend_start::text = $2',
      [this.#backend.pid, this.#backend.started],
    );
    this.#backend = undefined;
  }

  async #settleFormer(): Promise<void> {
    if (this.#unsettled !== undefined) await this.#happened(new Error('an earlier commit is unsettled'));
  }

  /** Asks the server whether the unsettled transaction was committed. */
  async #happened(cause: unknown): Promise<boolean> {
    const { xid } = this.#unsettled as { xid: string };
    const until = performance.now() + SETTLE_MS;
    for (;;) {
      try {
        const client = await this.open();
        const { rows } = await client.query<{ status: string | null }>(
          'select pg_xact_status($1::xid8) as status',
          [xid],
        );
        const status = rows[0]?.status;
        if (status === 'committed' || status === 'aborted') {
          this.#unsettled = undefined;
          return status === 'committed';
        }
      } catch (error) {
        if (error instanceof PlatformError) throw error;
      }
      if (performance.now() > until) throw outcomeUnknown(cause);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** The writer's place for as long as this session lives. Throws `writer-held` naming the holder. */
export async function takePlace(client: Client): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_lock(${LOCKS}, ${WRITER_LOCK}) as held`,
  );
  if (rows[0]?.held === true) return;
  const holder = await client.query<{ application_name: string; since: string }>(
    `select a.application_name, a.backend_start::text as since from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = ${LOCKS} and l.objid = ${WRITER_LOCK}
       and l.database = (select oid from pg_database where datname = current_database())`,
  );
  const { application_name: name, since } = holder.rows[0] ?? {
    application_name: 'another process',
    since: '',
  };
  throw new PlatformError('writer-held', `This database already has a writer: ${name}, since ${since}.`, {
    where: 'DATABASE_URL',
    mend: 'Stop that process, or name another database.',
  });
}

import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';
import { type Appends, namesIn, type TransactionBackend } from './buffered-transaction.ts';
import type { Answer } from './driver.ts';
import { ask, connect } from './postgres-connection.ts';
import { binaryRows, type ColumnType } from './postgres-copy.ts';
import { isServerFailure, storeError } from './postgres-errors.ts';
import { releasePlace, takePlace } from './postgres-place.ts';
import { assertDurable } from './postgres-settings.ts';
import {
  beginInTurn,
  endSession,
  prepareSettlement,
  type Session,
  sessionOf,
  wasCommitted,
} from './postgres-settlement.ts';
import { outcomeUnknown } from './unavailable.ts';

/** How long the outcome of a commit is asked for, and how long a server that did not answer is not asked again. */
const SETTLE_MS = 8_000;
const RETRY_MS = 200;
const BEAT_MS = 2_000;

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
  #beating: NodeJS.Timeout | undefined;
  #busy = false;
  readonly #columns = new Map<string, ReadonlyMap<string, ColumnType>>();
  #client: Client | undefined;
  #session: Session | undefined;
  /** Of the transaction that runs. */
  #token: string | undefined;
  #pending: Appends[] = [];
  #flushing: Promise<unknown> | undefined;
  #unsettled: string | undefined;
  #away: { readonly until: number; readonly error: unknown } | undefined;
  #closed = false;

  constructor(url: string, holdsPlace: boolean) {
    this.#url = url;
    this.#holdsPlace = holdsPlace;
  }

  /** Connects, and takes the writer's place where this process is to have it. Throws `writer-held` naming the holder. */
  async open(): Promise<Client> {
    if (this.#closed) throw new PlatformError('store-unavailable', 'The store is closed.');
    if (this.#client !== undefined) return this.#client;
    const client = await this.#connect();
    try {
      if (this.#session !== undefined) await endSession(client, this.#session);
      this.#session = undefined;
      await assertDurable(client);
      if (this.#holdsPlace) await this.#takePlace(client);
      await prepareSettlement(client);
      this.#session = await sessionOf(client);
    } catch (error) {
      clearInterval(this.#beating);
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
      await this.#takePlace(await this.open());
    } catch (error) {
      if (error instanceof PlatformError && error.code === 'writer-held') return false;
      throw error;
    }
    this.#lost = lost;
    return true;
  }

  async release(): Promise<void> {
    this.#lost = undefined;
    clearInterval(this.#beating);
    if (this.#client !== undefined) await releasePlace(this.#client).catch(() => undefined);
  }

  async begin(): Promise<void> {
    await this.#settleFormer();
    const client = await this.open();
    this.#pending = [];
    this.#flushing = undefined;
    this.#busy = true;
    try {
      this.#token = await this.#on(client, () => beginInTurn(client));
    } catch (error) {
      await this.rollback();
      this.#busy = false;
      throw error;
    }
    reach('postgres-begun');
  }

  async query(sql: string, parameters: readonly unknown[], appends: readonly Appends[]): Promise<Answer> {
    const client = this.#running();
    this.#pending.push(...appends);
    const named = namesIn(sql);
    if (this.#pending.some(({ table }) => named.has(table))) {
      this.#flushing = Promise.all([this.#flushing, this.#flush(client)]);
    }
    // Who comes while rows are copied stays behind the query that needs them.
    await this.#flushing;
    return this.#on(client, () => ask(client, sql, parameters));
  }

  async commit(appends: readonly Appends[]): Promise<void> {
    const client = this.#running();
    this.#pending.push(...appends);
    await this.#flush(client);
    reach('postgres-copied');
    const token = this.#token as string;
    try {
      const committing = client.query('commit');
      reach('postgres-commit-sent');
      const { command } = await committing;
      if (command !== 'COMMIT') throw new Error('the server rolled the transaction back');
    } catch (error) {
      this.#drop(client);
      this.#unsettled = token;
      if (await this.#happened(error)) return;
      throw storeError(error);
    } finally {
      this.#token = undefined;
    }
  }

  /** Ends a transaction that was not committed. */
  async end(): Promise<void> {
    if (this.#token !== undefined) await this.rollback();
    this.#busy = false;
  }

  async rollback(): Promise<void> {
    this.#pending = [];
    this.#token = undefined;
    const client = this.#client;
    if (client === undefined) return;
    // A connection that cannot roll back is given up: the server then does it.
    await client.query('rollback').catch(() => this.#drop(client));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beating);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Takes the place, and shows from then on that this process has not stopped in its tracks. */
  async #takePlace(client: Client): Promise<void> {
    await takePlace(client);
    clearInterval(this.#beating);
    this.#beating = setInterval(() => {
      // Within a transaction the server itself ends who stays silent.
      if (this.#busy) return;
      client.query('select 1').catch((error) => {
        if (isServerFailure(error)) this.#drop(client);
      });
    }, BEAT_MS).unref();
  }

  #running(): Client {
    if (this.#client === undefined || this.#token === undefined) {
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
    clearInterval(this.#beating);
    this.#client = undefined;
    this.#token = undefined;
    void client.end().catch(() => undefined);
    const stream = (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection
      ?.stream;
    stream?.destroy();
    const lost = this.#lost;
    this.#lost = undefined;
    lost?.();
  }

  async #settleFormer(): Promise<void> {
    if (this.#unsettled !== undefined) await this.#happened(new Error('an earlier commit is unsettled'));
  }

  /**
   * Asks whether the unsettled transaction was committed, on a connection of its own: by then another process may have the
   * writer's place.
   */
  async #happened(cause: unknown): Promise<boolean> {
    const token = this.#unsettled as string;
    const until = performance.now() + SETTLE_MS;
    for (;;) {
      let client: Client | undefined;
      try {
        client = await this.#connect();
        if (this.#session !== undefined) await endSession(client, this.#session);
        const happened = await wasCommitted(client, token);
        this.#unsettled = undefined;
        return happened;
      } catch (error) {
        if (performance.now() > until) throw outcomeUnknown(error instanceof Error ? error : cause);
      } finally {
        await client?.end().catch(() => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** Connects. While a server does not answer, who waits in line behind the first hears of it at once. */
  async #connect(): Promise<Client> {
    if (this.#away !== undefined && performance.now() < this.#away.until) throw this.#away.error;
    try {
      const client = await connect(this.#url);
      this.#away = undefined;
      return client;
    } catch (error) {
      this.#away = { until: performance.now() + RETRY_MS, error };
      throw error;
    }
  }
}

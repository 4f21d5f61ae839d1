import type { Pool, PoolClient } from 'pg';
import { BufferedTransaction, type CommittedReads } from './buffered-transaction.ts';
import type { Store, StoreReader, WriterPlace } from './contract.ts';
import type { Ask } from './driver.ts';
import { Mutex } from './mutex.ts';
import { ask, connectReaders } from './postgres-connection.ts';
import { postgresKysely } from './postgres-dialect.ts';
import { isServerFailure, storeError } from './postgres-errors.ts';
import { lookupsTogether } from './postgres-lookups.ts';
import { PostgresWriter } from './postgres-writer.ts';
import { unreadable } from './unavailable.ts';

export interface PostgresOptions {
  /** Whether this process takes the place of the one writer, and keeps it as long as its connection lives. */
  readonly writer: boolean;
}

export interface PostgresStore extends Store {
  readonly place: WriterPlace;
}

/**
 * The store in PostgreSQL 15 or later. Rows are appended by binary COPY; a commit is on the server's disk when it returns.
 * Refuses a server whose commits are not durable with `store-unavailable`, and with `writer-held` a second writer.
 */
export async function openPostgres(
  url: string,
  { writer: holdsPlace }: PostgresOptions,
): Promise<PostgresStore> {
  const writer = new PostgresWriter(url, holdsPlace);
  try {
    await writer.open();
  } catch (error) {
    throw isServerFailure(error) ? unreadable(error) : error;
  }
  const pool = connectReaders(url);
  const committed = committedReads(pool);
  const turn = new Mutex();
  return {
    dialect: 'postgres',
    read: committed.kysely(committed.ask),
    lookup: committed.lookup,
    place: {
      take: (lost) => turn.run(() => writer.take(lost)),
      release: () => turn.run(() => writer.release()),
    },
    transact: (fn) =>
      turn.run(async () => {
        try {
          await writer.begin();
        } catch (error) {
          throw storeError(error);
        }
        const tx = new BufferedTransaction(writer, committed);
        try {
          const result = await fn(tx);
          await tx.finish('commit');
          return result;
        } catch (error) {
          throw storeError(error);
        } finally {
          // After a commit there is nothing left to roll back.
          await writer.end();
        }
      }),
    close: () =>
      turn.run(async () => {
        await writer.close();
        await pool.end();
      }),
  };
}

/** Opens an existing store for reading alone. */
export async function openPostgresReader(url: string): Promise<StoreReader> {
  const pool = connectReaders(url);
  let frozen: PoolClient | undefined;
  const source = committedReads({
    query: (...args: Parameters<Pool['query']>) => (frozen ?? pool).query(...args),
  } as Pool);
  return {
    dialect: 'postgres',
    read: source.kysely(source.ask),
    lookup: source.lookup,
    async freeze() {
      frozen = await pool.connect();
      // A session that ends while nobody asks is told of by the next query.
      frozen.on('error', () => undefined);
      await frozen.query('begin isolation level repeatable read read only; select 1');
    },
    async close() {
      if (frozen !== undefined) {
        await frozen.query('rollback').catch(() => undefined);
        frozen.release();
      }
      await pool.end();
    },
  };
}

const placeholder = (place: number) => `$${place}`;

function committedReads(pool: Pool): CommittedReads {
  const read: Ask = async (sql, parameters) => {
    try {
      return await ask(pool, sql, parameters);
    } catch (error) {
      throw isServerFailure(error) ? unreadable(error) : error;
    }
  };
  return { ask: read, kysely: postgresKysely, placeholder, lookup: lookupsTogether(read), far: true };
}

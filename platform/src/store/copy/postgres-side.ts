import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { PlatformError } from '../../errors.ts';
import { ask, connect } from '../postgres-connection.ts';
import { postgresKysely } from '../postgres-dialect.ts';
import { isServerFailure } from '../postgres-errors.ts';
import { takePlace } from '../postgres-place.ts';
import { assertDurable } from '../postgres-settings.ts';
import { readSchema, type TableShape } from '../schema.ts';
import { unavailable, unreadable } from '../unavailable.ts';
import { type CopySource, type CopyTarget, columnsOf, type FixInstant, selectRows } from './side.ts';
import { HEADER, TRAILER, type Tuples, wholeTuples } from './tuples.ts';

/** INVALID TEXT: a character that PostgreSQL keeps in no text. */
const NOT_IN_TEXT = '22021';

export async function postgresSource(url: string, fixInstant: FixInstant): Promise<CopySource> {
  const client = await reach(url);
  return opened(client, async () => {
    await fixInstant(async () => {
      await client.query('begin isolation level repeatable read read only; select 1');
    });
    return sideOf(client);
  });
}

/** A database without tables. All of a copy is one transaction there, under the place of the one writer. */
export async function postgresTarget(url: string): Promise<CopyTarget> {
  const client = await reach(url);
  return opened(client, async () => {
    await assertDurable(client);
    await takePlace(client);
    await client.query('begin');
    const side = sideOf(client);
    await assertEmpty(side);
    return {
      ...side,
      fill: (table, rows) => fill(client, table, rows),
      async finish() {
        const { command } = await client.query('commit').catch((error) => {
          throw unavailable(error);
        });
        if (command !== 'COMMIT') throw unavailable(new Error('the server rolled the copy back'));
        // What is planned before the server has counted the rows is planned for empty tables.
        await client.query('analyze').catch(() => undefined);
      },
    };
  });
}

async function reach(url: string): Promise<Client> {
  try {
    return await connect(url, { patient: true });
  } catch (error) {
    throw isServerFailure(error) ? unreadable(error) : error;
  }
}

async function opened<T>(client: Client, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw isServerFailure(error) ? unreadable(error) : error;
  }
}

function sideOf(client: Client): CopySource {
  return {
    dialect: 'postgres',
    db: postgresKysely((sql, parameters) => ask(client, sql, parameters)),
    rows: (table) => rowsOf(client, table),
    close: () => client.end().catch(() => undefined),
  };
}

async function* rowsOf(client: Client, table: TableShape): AsyncIterable<Tuples> {
  try {
    yield* wholeTuples(
      client.query(
        copyTo(`copy (${selectRows(table)}) to stdout with (format binary)`),
      ) as AsyncIterable<Buffer>,
    );
  } catch (error) {
    throw isServerFailure(error) ? unreadable(error) : error;
  }
}

async function fill(client: Client, table: TableShape, rows: AsyncIterable<Tuples>): Promise<void> {
  const into = client.query(
    copyFrom(`copy "${table.name}" (${columnsOf(table)}) from stdin with (format binary)`),
  );
  const done = finished(into);
  done.catch(() => undefined);
  try {
    const write = async (bytes: Buffer) => {
      if (!into.write(bytes)) await Promise.race([once(into, 'drain'), done]);
    };
    await write(HEADER);
    for await (const { bytes } of rows) await write(bytes);
    into.end(TRAILER);
    await done;
  } catch (error) {
    into.destroy();
    throw fillError(table, error);
  }
}

function fillError({ name }: TableShape, error: unknown): unknown {
  if (isServerFailure(error)) return unavailable(error);
  const { code, where } = error as { code?: string; where?: string };
  if (code !== NOT_IN_TEXT) return error;
  return new PlatformError(
    'invalid-record',
    `PostgreSQL keeps no text with a zero byte, and ${name} has one.`,
    {
      where: where ?? name,
      mend: 'Mend the row in the store it comes from; nothing was copied.',
    },
  );
}

async function assertEmpty({ db, dialect }: CopySource): Promise<void> {
  const tables = [...(await readSchema(db, dialect)).keys()];
  if (tables.length === 0) return;
  throw new PlatformError(
    'store-unavailable',
    `The database holds ${tables.length} tables already (${tables.slice(0, 3).join(', ')}…): a copy needs an empty one.`,
    {
      mend: "Name another database: createdb --encoding UTF8 --template template0 NAME. If nothing of this one is needed: psql DATABASE -c 'drop schema public cascade; create schema public'",
    },
  );
}

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { PlatformError } from '../../errors.ts';
import type { Value } from '../contract.ts';
import type { ColumnType } from '../postgres-copy.ts';
import type { TableShape } from '../schema.ts';
import { askOver, sqliteKysely } from '../sqlite.ts';
import { openConnection, preparedOn } from '../sqlite-connection.ts';
import { type CopySource, type CopyTarget, columnsOf, type FixInstant, selectRows, typesOf } from './side.ts';
import { decodeTuples, encodeTuples, type Tuples } from './tuples.ts';

/** What is held in memory of a table at a time. */
const CHUNK_BYTES = 1 << 20;
const CHUNK_ROWS = 2_000;

export async function sqliteSource(file: string, fixInstant: FixInstant): Promise<CopySource> {
  if (!existsSync(file)) {
    throw new PlatformError('store-unavailable', 'There is no store here.', {
      where: file,
      mend: 'Name the file of the store, such as data/taalil.db.',
    });
  }
  const connection = openConnection(file, true);
  try {
    await fixInstant(async () => {
      connection.exec('BEGIN');
      // The snapshot is taken by the first read of the transaction.
      connection.prepare('select 1 from sqlite_schema').get();
    });
    return sideOf(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function sideOf(connection: DatabaseSync): CopySource {
  return {
    dialect: 'sqlite',
    db: sqliteKysely(askOver(preparedOn(connection))),
    rows: (table) => rowsOf(connection, table),
    async close() {
      if (connection.isOpen) connection.close();
    },
  };
}

async function* rowsOf(connection: DatabaseSync, table: TableShape): AsyncIterable<Tuples> {
  const types = typesOf(table);
  const statement = connection.prepare(selectRows(table));
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  let rows: Value[][] = [];
  let bytes = 0;
  for (const row of statement.iterate() as Iterable<unknown>) {
    const values = row as Value[];
    for (const [i, value] of values.entries()) {
      if (!fits(types[i] as ColumnType, value)) throw misfit(table, i);
      if (typeof value === 'string' || value instanceof Uint8Array) bytes += value.length;
    }
    rows.push(values);
    if (rows.length < CHUNK_ROWS && bytes < CHUNK_BYTES) continue;
    yield encodeTuples(types, rows);
    [rows, bytes] = [[], 0];
    // A platform that runs in this process goes on meanwhile.
    await setImmediate();
  }
  if (rows.length > 0) yield encodeTuples(types, rows);
}

/** SQLite keeps any value in any column; only what the column declares can be kept elsewhere. */
function fits(type: ColumnType, value: Value): boolean {
  if (value === null) return true;
  if (type === 'text') return typeof value === 'string';
  if (type === 'bytea') return value instanceof Uint8Array;
  if (type === 'float8') return typeof value === 'number';
  return typeof value === 'bigint' && (type === 'int8' || BigInt.asIntN(32, value) === value);
}

function misfit({ name, columns }: TableShape, place: number): PlatformError {
  const column = columns[place];
  return new PlatformError('altered-record', `A value of ${name}.${column?.name} is no ${column?.type}.`, {
    where: `${name}.${column?.name}`,
    mend: 'This program wrote no such value. Restore the store from a backup, or mend the row.',
  });
}

/**
 * A new file, written beside its name and renamed when it is whole and on the disk. Until then it is no store: what a
 * copy that was cut off has left under the other name is written over by the next.
 */
export function sqliteTarget(file: string): CopyTarget {
  for (const taken of [file, `${file}-wal`, `${file}-journal`]) {
    if (!existsSync(taken)) continue;
    throw new PlatformError(
      'store-unavailable',
      'There is a file here already: a copy needs an empty place.',
      {
        where: taken,
        mend: `Name another file. If nothing of this one is needed: rm ${file}*`,
      },
    );
  }
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  const connection = new DatabaseSync(unfinished);
  // Nothing is read from this file before it is whole, so that it needs no journal, and one sync at the end.
  connection.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN');
  return {
    ...sideOf(connection),
    async fill(table, tuples) {
      const types = typesOf(table);
      const places = types.map(() => '?').join();
      const insert = connection.prepare(
        `insert into "${table.name}" (${columnsOf(table)}) values (${places})`,
      );
      for await (const some of tuples) {
        for (const row of decodeTuples(types, some)) insert.run(...(row as SQLInputValue[]));
      }
    },
    async finish() {
      connection.exec('COMMIT');
      connection.close();
      sync(unfinished);
      renameSync(unfinished, file);
      sync(dirname(file));
    },
    async close() {
      if (!connection.isOpen) return;
      connection.close();
      rmSync(unfinished, { force: true });
    },
  };
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

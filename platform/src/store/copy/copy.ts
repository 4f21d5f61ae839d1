import { createHash } from 'node:crypto';
import { PlatformError } from '../../errors.ts';
import type { Migration } from '../contract.ts';
import { createTables } from '../migrate.ts';
import { ARRIVED_FACT, assertNotMoved, type Moved, setMoveFact } from '../moved.ts';
import { declaredSchema, readSchema, type Schema, schemaDifferences, type TableShape } from '../schema.ts';
import { postgresSource, postgresTarget } from './postgres-side.ts';
import { atOnce, type CopySource, type CopyTarget, type FixInstant, isPostgres } from './side.ts';
import { sqliteSource, sqliteTarget } from './sqlite-side.ts';
import type { Tuples } from './tuples.ts';

export interface CopyOptions {
  /** Every room's migrations: the source must have them all, the target gets the tables that they make. */
  readonly migrations: readonly Migration[];
  readonly onRows?: ((table: string, rows: number) => void) | undefined;
  /** Does what belongs to the same instant: at once unless given. */
  readonly fixInstant?: FixInstant | undefined;
  /**
   * Runs when every row of the target was compared, before anybody can see it. When it throws, nothing was copied. What
   * it gives is kept by the target: where it came from.
   */
  readonly beforeVisible?: (() => Promise<Moved | undefined>) | undefined;
}

/** What was copied of one table. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over all its rows: PostgreSQL's binary COPY without its frame, in the order of the primary key. */
  readonly sha256: string;
}

/**
 * Copies a whole store, in either direction: `from` and `to` are each the address of a PostgreSQL database or the path
 * of a file. Keys, fence files and witnesses are no part of a store and stay where they are.
 *
 * Consistency: the source is read as of one instant, also beside a platform that runs on it; whoever moves a store holds
 * its writer's place meanwhile (`moveStore`), whoever backs it up need not.
 *
 * Atomicity: the target must be empty, and is a store when this resolves. Before that it is nothing: the copy into a
 * database is one transaction, a file gets its name when it is whole. Killed in the middle, it can be begun again.
 *
 * Exactness: rows are counted and digested as they are read, and again as the target gives them back; it resolves only
 * when both are the same for every table. Memory stays bounded, whatever the size.
 *
 * Errors: `store-unavailable` for a side that cannot be reached, a source that another version wrote or that was moved
 * away, and a target that is not empty; `writer-held` where a platform runs on the target; `altered-record` and
 * `invalid-record` for a value that the target cannot keep as it is.
 */
export async function copyStore(from: string, to: string, options: CopyOptions): Promise<CopiedTable[]> {
  const source = await openSource(from, options.fixInstant);
  try {
    const schema = await schemaOf(source, options.migrations);
    const target = await openTarget(to);
    try {
      await createTables(target.db, target.dialect, options.migrations);
      const copied: CopiedTable[] = [];
      for (const table of schema.values()) copied.push(await copyTable(source, target, table, options));
      const arrival = await options.beforeVisible?.();
      if (arrival !== undefined) await setMoveFact(target.db, ARRIVED_FACT, arrival);
      await target.finish();
      return copied;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Counts and digests every table of a store as of one instant: two stores with the same digests hold the same rows. */
export async function digestStore(
  address: string,
  migrations: readonly Migration[],
): Promise<readonly CopiedTable[]> {
  const source = await openSource(address);
  try {
    const digests: CopiedTable[] = [];
    for (const table of (await schemaOf(source, migrations, true)).values()) {
      digests.push(await digestTable(source, table));
    }
    return digests;
  } finally {
    await source.close();
  }
}

function openSource(address: string, fixInstant: FixInstant = atOnce): Promise<CopySource> {
  return isPostgres(address) ? postgresSource(address, fixInstant) : sqliteSource(address, fixInstant);
}

function openTarget(address: string): Promise<CopyTarget> | CopyTarget {
  return isPostgres(address) ? postgresTarget(address) : sqliteTarget(address);
}

async function schemaOf(
  { db, dialect }: CopySource,
  migrations: readonly Migration[],
  moved = false,
): Promise<Schema> {
  const schema = await readSchema(db, dialect);
  const [first, ...more] = schemaDifferences(await declaredSchema(migrations), schema);
  if (first !== undefined) {
    throw new PlatformError(
      'store-unavailable',
      `The tables of the store are not those of this version: ${first}${more.length === 0 ? '' : `, and ${more.length} more`}.`,
      { mend: 'Run: taalil store migrate. What differs is told by: taalil store check.' },
    );
  }
  if (!moved) await assertNotMoved(db);
  return schema;
}

async function copyTable(
  source: CopySource,
  target: CopyTarget,
  table: TableShape,
  { onRows }: CopyOptions,
): Promise<CopiedTable> {
  const read = digest(table.name);
  await target.fill(table, read.over(source.rows(table), onRows));
  const [sent, kept] = [read.result(), await digestTable(target, table)];
  if (sent.rows === kept.rows && sent.sha256 === kept.sha256) return sent;
  throw new PlatformError(
    'altered-record',
    `The target gave back other rows of ${table.name} than it was given: ${kept.rows} of ${sent.rows}. Nothing was copied.`,
    { where: table.name, mend: 'Check the disk and the memory of both machines.' },
  );
}

async function digestTable(side: CopySource, table: TableShape): Promise<CopiedTable> {
  const { over, result } = digest(table.name);
  for await (const _ of over(side.rows(table)));
  return result();
}

function digest(table: string) {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    async *over(tuples: AsyncIterable<Tuples>, onRows?: CopyOptions['onRows']): AsyncIterable<Tuples> {
      for await (const some of tuples) {
        hash.update(some.bytes);
        rows += some.rows;
        onRows?.(table, rows);
        yield some;
      }
    },
    result: (): CopiedTable => ({ table, rows, sha256: hash.digest('hex') }),
  };
}

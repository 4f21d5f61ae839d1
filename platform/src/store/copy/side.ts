import { resolve } from 'node:path';
import type { Db, Store } from '../contract.ts';
import { ARRIVED_FACT, MOVED_FACT } from '../moved.ts';
import type { ColumnType } from '../postgres-copy.ts';
import type { TableShape } from '../schema.ts';
import type { Tuples } from './tuples.ts';

/** A store as of one instant, read table by table. */
export interface CopySource {
  readonly dialect: Store['dialect'];
  /** Reads as of the same instant. */
  readonly db: Db;
  /** Every row of a table that is to be copied, in the order of the primary key. Read one table at a time. */
  rows(table: TableShape): AsyncIterable<Tuples>;
  /** A target that was not finished holds nothing afterwards. */
  close(): Promise<void>;
}

/** Fixes the instant as of which a source is read, in one round trip; it calls what it is given exactly once. */
export type FixInstant = (fix: () => Promise<void>) => Promise<void>;

export const atOnce: FixInstant = (fix) => fix();

/** An empty place that becomes a store at once, or not at all. It reads what was put into it. */
export interface CopyTarget extends CopySource {
  fill(table: TableShape, rows: AsyncIterable<Tuples>): Promise<void>;
  /** Makes it visible and durable. */
  finish(): Promise<void>;
}

const names = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(', ');

export const columnsOf = ({ columns }: TableShape) => names(columns.map(({ name }) => name));

export const typesOf = ({ columns }: TableShape) => columns.map(({ type }) => type as ColumnType);

/** The rows that are copied, in their order; of a table without a primary key, by all its columns. */
export function selectRows(table: TableShape): string {
  const own = table.name === 'store_facts' ? ` where name not in ('${MOVED_FACT}', '${ARRIVED_FACT}')` : '';
  const order =
    table.key.length > 0
      ? names(table.key)
      : table.columns.map(({ name }) => `"${name}" nulls first`).join(', ');
  return `select ${columnsOf(table)} from "${table.name}"${own} order by ${order}`;
}

/** Whether an address is that of a PostgreSQL database; anything else is the path of a file. */
export function isPostgres(address: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(address);
}

/** An address as it may be shown: a file's whole path, a database's without its password. */
export function shownAddress(address: string): string {
  if (!isPostgres(address)) return resolve(address);
  const { protocol, username, host, pathname } = new URL(address);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

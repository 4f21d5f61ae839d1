import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type KyselyPlugin,
  type QueryResult,
} from 'kysely';
import type { Db } from './contract.ts';

/** What a database answered to one query. */
export interface Answer {
  readonly rows: readonly unknown[];
  readonly changes: bigint | undefined;
  readonly lastId: bigint | undefined;
}

export type Ask = (sql: string, parameters: readonly unknown[]) => Promise<Answer>;

/** Kysely that writes queries in a dialect and lets `ask` run them. */
export function kyselyOn(
  dialect: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'>,
  ask: Ask,
  plugins: readonly KyselyPlugin[] = [],
): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes, lastId } = await ask(sql, parameters);
      return {
        rows: rows as R[],
        ...(changes === undefined ? {} : { numAffectedRows: changes }),
        ...(lastId === undefined ? {} : { insertId: lastId }),
      };
    },
    // biome-ignore lint/correctness/useYield: rows come all at once
    async *streamQuery() {
      throw new Error('the store does not stream rows: read them in pages');
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
  return new Kysely({ dialect: { ...dialect, createDriver: () => driver }, plugins: [...plugins] });
}

async function nested(): Promise<never> {
  throw new Error('transactions do not nest: use the one you were given');
}

/** The one row with these keys; `placeholder` writes the nth parameter. */
export function selectBy(
  table: string,
  columns: readonly string[],
  placeholder: (place: number) => string,
): string {
  const conditions = columns.map((column, i) => `"${column}" = ${placeholder(i + 1)}`);
  return `select * from "${table}" where ${conditions.join(' and ')}`;
}

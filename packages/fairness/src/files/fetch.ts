import type { DuckDBConnection } from '@duckdb/node-api';
import { FairnessError } from '../error.ts';
import type { Selected } from './query.ts';

/** More groups than this in one attribute is no attribute but a name, a number or a date. */
export const MOST_GROUPS = 1_000;
export const MOST_CELLS = 2_000_000;
/** From here on it pays to hand texts over as numbers. */
const MANY_CELLS = 10_000;

/**
 * Counts the cells inside the engine, refuses what is no table of groups, and hands the columns over in the order selected.
 *
 * @throws FairnessError `too-many-cells`, `too-many-groups`
 */
export async function fetchCells(
  connection: DuckDBConnection,
  sql: string,
  selected: readonly Selected[],
): Promise<readonly FetchedColumn[]> {
  const names = selected.map((_, at) => `c${at}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE cells (${names.join(', ')}) AS ${sql}`);
  const [[count]] = (await connection.runAndReadAll('SELECT COUNT(*)::DOUBLE FROM cells')).getRows() as [
    [number],
  ];
  const expressions: string[] = [];
  const lists: (readonly string[] | undefined)[] = [];
  for (const [at, one] of selected.entries()) {
    const groups = one.kind === 'attribute' ? await groupsOf(connection, `c${at}`, one.name) : 0;
    const coded = groups > 0 && count >= MANY_CELLS;
    if (coded) {
      await connection.run(
        `CREATE OR REPLACE TEMP TYPE e${at} AS ENUM (SELECT DISTINCT c${at} FROM cells WHERE c${at} IS NOT NULL)`,
      );
    }
    lists.push(coded ? await valuesOf(connection, `e${at}`) : undefined);
    expressions.push(coded ? `COALESCE(enum_code(c${at}::e${at})::INTEGER, -1)` : `c${at}`);
  }
  if (count > MOST_CELLS) {
    throw new FairnessError('too-many-cells', `the columns have ${count} combinations`, {
      mend: `At most ${MOST_CELLS} can be counted: name fewer columns, or columns with fewer values`,
    });
  }
  const result = await connection.stream(`SELECT ${expressions.join(', ')} FROM cells`);
  const coded = lists.map((of) => (of === undefined ? undefined : { codes: new Int32Array(count), of }));
  const plain: unknown[][] = lists.map(() => []);
  for (let row = 0; ; ) {
    const chunk = await result.fetchChunk();
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) break;
    lists.forEach((_, at) => {
      const codes = coded[at]?.codes;
      const vector = chunk.getColumnVector(at);
      for (let i = 0; i < rows; i++) {
        if (codes === undefined) plain[at]?.push(vector.getItem(i));
        else codes[row + i] = vector.getItem(i) as number;
      }
    });
    row += rows;
  }
  return lists.map((_, at) => coded[at] ?? (plain[at] as unknown[]));
}

/** A column as it was fetched: values, or places in a list of different texts, −1 for none. */
export type FetchedColumn =
  | readonly unknown[]
  | { readonly codes: Int32Array; readonly of: readonly string[] };

async function valuesOf(connection: DuckDBConnection, type: string): Promise<string[]> {
  const rows = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
  return rows.getRows().map(([value]) => String(value));
}

/** How many groups an attribute has. */
async function groupsOf(connection: DuckDBConnection, column: string, name: string): Promise<number> {
  const distinct = `SELECT DISTINCT ${column} FROM cells WHERE ${column} IS NOT NULL LIMIT ${MOST_GROUPS + 1}`;
  const values = (await connection.runAndReadAll(distinct)).getRows();
  if (values.length <= MOST_GROUPS) return values.length;
  const [one, two] = values.flat().map(String).sort();
  throw new FairnessError(
    'too-many-groups',
    `it has more than ${MOST_GROUPS} values, such as ${one}, ${two}`,
    {
      where: name,
      mend: 'This looks like a name, a number or a date. Name a column of groups, or make groups of it (ages by decade)',
    },
  );
}

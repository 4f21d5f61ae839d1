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
): Promise<readonly (readonly unknown[])[]> {
  const names = selected.map((_, at) => `c${at}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE cells (${names.join(', ')}) AS ${sql}`);
  const [[count]] = (await connection.runAndReadAll('SELECT COUNT(*)::DOUBLE FROM cells')).getRows() as [
    [number],
  ];
  const expressions: string[] = [];
  for (const [at, one] of selected.entries()) {
    const groups = one.kind === 'attribute' ? await groupsOf(connection, `c${at}`, one.name) : 0;
    const coded = groups > 0 && count >= MANY_CELLS;
    if (coded) {
      await connection.run(
        `CREATE OR REPLACE TEMP TYPE e${at} AS ENUM (SELECT DISTINCT c${at} FROM cells WHERE c${at} IS NOT NULL)`,
      );
    }
    expressions.push(coded ? `c${at}::e${at}` : `c${at}`);
  }
  if (count > MOST_CELLS) {
    throw new FairnessError('too-many-cells', `the columns have ${count} combinations`, {
      mend: `At most ${MOST_CELLS} can be counted: name fewer columns, or columns with fewer values`,
    });
  }
  return (await connection.run(`SELECT ${expressions.join(', ')} FROM cells`)).getColumns();
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

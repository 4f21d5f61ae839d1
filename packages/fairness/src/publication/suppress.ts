import { FairnessError } from '../error.ts';
import { type CountTable, type Mask, numberAt, type Range, readerRanges } from './reader.ts';

/** Nothing is published about fewer people than this: a minimum, not anonymity. */
export const SMALLEST_PUBLISHED = 10;

/** What may be shown of a table. */
export interface Suppressed {
  /** Of every row its cells, and last its total: `true` is withheld. */
  readonly withheld: Mask;
  /** Whether the columns may be shown at all; else only the totals of rows that are not withheld. */
  readonly columnsShown: boolean;
  /** Whether the total of the whole table may be shown. */
  readonly totalShown: boolean;
}

/**
 * Withholds counts under `minimum` and as many others as it takes that none of them can be worked out: for all that a
 * reader knows, every withheld number ranges over at least `minimum` whole values. Primary are counts under the minimum,
 * 0 too (it says something about everybody in the group), and everything about a row whose total is under it. Where a
 * column's total is itself under the minimum, no column is shown.
 *
 * Secondary numbers are chosen greedily, the fewest people first; not always the smallest choice possible, but always
 * checked against the reader.
 *
 * Source: Hundepool et al., Statistical Disclosure Control (2012), chapter 4; ranges by {@link readerRanges}.
 */
export function suppress(table: CountTable, minimum: number = SMALLEST_PUBLISHED): Suppressed {
  check(table);
  const width = table.columns.length;
  const columnTotals = table.columns.map((_, column) =>
    table.rows.reduce((sum, __, row) => sum + numberAt(table, row, column), 0),
  );
  const total = table.rows.reduce((sum, _, row) => sum + numberAt(table, row, width), 0);
  const columnsShown = columnTotals.every((one) => one >= minimum);
  if (!columnsShown) {
    const totals: CountTable = {
      rows: table.rows,
      columns: ['total'],
      counts: table.rows.map((_, row) => [numberAt(table, row, width)]),
    };
    const { withheld } = total < minimum ? { withheld: everything(table) } : suppressKnown(totals, minimum);
    return {
      withheld: table.rows.map((_, row) => [...table.columns.map(() => true), withheld[row]?.at(-1) ?? true]),
      columnsShown,
      totalShown: total >= minimum,
    };
  }
  return { ...suppressKnown(table, minimum), columnsShown, totalShown: true };
}

function suppressKnown(table: CountTable, minimum: number): { withheld: Mask } {
  const width = table.columns.length;
  const withheld = table.rows.map((_, row) =>
    Array.from({ length: width + 1 }, (__, column) => {
      return Math.min(numberAt(table, row, column), numberAt(table, row, width)) < minimum;
    }),
  );
  for (;;) {
    const weakest = weakestOf(readerRanges(table, withheld), withheld, minimum);
    if (weakest === undefined) return { withheld };
    const path = cheapestWay(table, withheld, weakest.row, weakest.column);
    if (path === undefined) return { withheld: everything(table) };
    for (const [row, column] of path) (withheld[row] as boolean[])[column] = true;
  }
}

function weakestOf(
  ranges: readonly (readonly Range[])[],
  withheld: Mask,
  minimum: number,
): { row: number; column: number } | undefined {
  let weakest: { row: number; column: number; width: number } | undefined;
  ranges.forEach((line, row) => {
    line.forEach(({ low, high }, column) => {
      const width = high - low;
      if (withheld[row]?.[column] !== true || width >= minimum) return;
      if (weakest === undefined || width < weakest.width) weakest = { row, column, width };
    });
  });
  return weakest;
}

/**
 * The numbers to withhold in addition so that one number can move further: a cycle of rows and columns through it whose
 * numbers not yet withheld are the fewest people (Dijkstra over rows and columns). `undefined` when there is none.
 */
function cheapestWay(
  table: CountTable,
  withheld: Mask,
  row: number,
  column: number,
): readonly (readonly [number, number])[] | undefined {
  const rowCount = table.rows.length;
  const nodes = rowCount + table.columns.length + 1;
  const cost = new Float64Array(nodes).fill(Infinity);
  const before = new Int32Array(nodes).fill(-1);
  const done = new Uint8Array(nodes);
  cost[row] = 0;
  for (;;) {
    let node = -1;
    for (let at = 0; at < nodes; at++) {
      if (done[at] === 0 && (cost[at] as number) < (node < 0 ? Infinity : (cost[node] as number))) node = at;
    }
    if (node < 0) return undefined;
    if (node === rowCount + column) break;
    done[node] = 1;
    const isRow = node < rowCount;
    for (let other = isRow ? rowCount : 0; other < (isRow ? nodes : rowCount); other++) {
      const [r, c] = isRow ? [node, other - rowCount] : [other, node - rowCount];
      if (r === row && c === column) continue;
      const step = priceOf(table, withheld, r, c);
      if ((cost[node] as number) + step >= (cost[other] as number)) continue;
      cost[other] = (cost[node] as number) + step;
      before[other] = node;
    }
  }
  const path: (readonly [number, number])[] = [];
  for (let node = rowCount + column; node !== row; node = before[node] as number) {
    const from = before[node] as number;
    const [r, c] = from < rowCount ? [from, node - rowCount] : [node, from - rowCount];
    if (withheld[r]?.[c] !== true) path.push([r, c]);
  }
  return path.length === 0 ? nextCheapest(table, withheld, row, column) : path;
}

/** Where the cycle exists already and is too narrow: one more number of the same row or column, the fewest people first. */
function nextCheapest(
  table: CountTable,
  withheld: Mask,
  row: number,
  column: number,
): readonly (readonly [number, number])[] | undefined {
  const open = withheld
    .flatMap((line, r) => line.map((hidden, c) => ({ r, c, hidden })))
    .filter(({ hidden }) => !hidden)
    .map(({ r, c }) => ({ r, c, far: r === row || c === column ? 0 : 1, people: numberAt(table, r, c) }))
    .sort((a, b) => a.far - b.far || a.people - b.people || a.r - b.r || a.c - b.c);
  const [first] = open;
  return first === undefined ? undefined : [[first.r, first.c]];
}

function priceOf(table: CountTable, withheld: Mask, row: number, column: number): number {
  return withheld[row]?.[column] === true ? 1e-6 : 1 + numberAt(table, row, column);
}

function everything({ rows, columns }: CountTable): Mask {
  return rows.map(() => new Array<boolean>(columns.length + 1).fill(true));
}

function check({ rows, columns, counts }: CountTable): void {
  const whole = counts.flat().every((n) => Number.isSafeInteger(n) && n >= 0);
  if (whole && counts.length === rows.length && counts.every((line) => line.length === columns.length))
    return;
  throw new FairnessError('bad-input', 'this is no table of whole counts', {
    mend: 'Give one row of counts for each group, one count for each column, unweighted',
  });
}

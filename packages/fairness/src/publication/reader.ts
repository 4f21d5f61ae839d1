/** Counts by group (rows) and outcome (columns), whole numbers. */
export interface CountTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `counts[row][column]`. */
  readonly counts: readonly (readonly number[])[];
}

/** Which numbers are withheld: of every row its cells, and last its total. */
export type Mask = readonly (readonly boolean[])[];

/** What a number can be, for all that a reader knows. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * What a reader can work out of every number of a table: those shown are known, the totals of the columns and of the whole
 * table are taken as known even where they are not shown, and no count is negative. Exact: the range of a withheld number
 * over all tables that agree with what is known, by maximum flow in the network of rows and columns.
 *
 * Source: L. H. Cox, JASA 90 (1995) 1453–1462 (network models for tables); ranges are whole because the network's matrix is
 * totally unimodular.
 *
 * @returns per row its cells, and last its total
 */
export function readerRanges(table: CountTable, withheld: Mask): readonly (readonly Range[])[] {
  const net = new Network(table, withheld);
  return withheld.map((row, r) =>
    row.map((hidden, c) => {
      const value = numberAt(table, r, c);
      if (!hidden) return { low: value, high: value };
      const [up, down] = [net.flow(r, c, 'up'), net.flow(r, c, 'down')];
      return isTotal(table, c)
        ? { low: value - up, high: value + down }
        : { low: value - down, high: value + up };
    }),
  );
}

export function numberAt({ counts }: CountTable, row: number, column: number): number {
  const cells = counts[row] ?? [];
  return column < cells.length ? (cells[column] as number) : cells.reduce((sum, n) => sum + n, 0);
}

function isTotal({ columns }: CountTable, column: number): boolean {
  return column === columns.length;
}

/**
 * The network: one node for each row, one for each column and one for the column of totals, whose numbers enter with a
 * minus sign so that every row and every column adds up to a constant. Moving a withheld number up is an edge from its
 * column to its row; moving it down, an edge from its row to its column.
 */
export class Network {
  readonly #table: CountTable;
  readonly #withheld: Mask;

  constructor(table: CountTable, withheld: Mask) {
    this.#table = table;
    this.#withheld = withheld;
  }

  /** How far the signed number can move while all others adapt. */
  flow(row: number, column: number, direction: 'up' | 'down'): number {
    const { rows, columns } = this.#table;
    const width = columns.length + 1;
    const moved = rows.map(() => new Float64Array(width));
    const own = capacity(this.#table, row, column, direction, 0);
    let total = 0;
    while (total < own) {
      const path = this.#path(row, column, direction, moved);
      if (path === undefined) break;
      const amount = Math.min(
        own - total,
        ...path.map(([r, c, way]) =>
          capacity(this.#table, r, c, way, (moved[r] as Float64Array)[c] as number),
        ),
      );
      for (const [r, c, way] of path) {
        const line = moved[r] as Float64Array;
        line[c] = (line[c] as number) + (way === 'up' ? amount : -amount);
      }
      total += amount;
    }
    return total;
  }

  /** A shortest way to balance a move of (row, column): breadth first. */
  #path(
    row: number,
    column: number,
    direction: 'up' | 'down',
    moved: readonly Float64Array[],
  ): readonly Step[] | undefined {
    const { rows, columns } = this.#table;
    const rowCount = rows.length;
    const nodes = rowCount + columns.length + 1;
    const [from, to] = direction === 'up' ? [row, rowCount + column] : [rowCount + column, row];
    const reachedBy: (Step | undefined)[] = new Array(nodes).fill(undefined);
    const before = new Int32Array(nodes).fill(-1);
    before[from] = from;
    const queue = [from];
    for (const node of queue) {
      if (node === to) break;
      const isRow = node < rowCount;
      for (let other = isRow ? rowCount : 0; other < (isRow ? nodes : rowCount); other++) {
        const [r, c] = isRow ? [node, other - rowCount] : [other, node - rowCount];
        if (before[other] !== -1 || !this.#withheld[r]?.[c] || (r === row && c === column)) continue;
        const way = isRow ? 'down' : 'up';
        if (capacity(this.#table, r, c, way, moved[r]?.[c] ?? 0) <= 0) continue;
        before[other] = node;
        reachedBy[other] = [r, c, way];
        queue.push(other);
      }
    }
    if (before[to] === -1) return undefined;
    const path: Step[] = [];
    for (let node = to; node !== from; node = before[node] as number) path.push(reachedBy[node] as Step);
    return path;
  }
}

type Step = readonly [row: number, column: number, way: 'up' | 'down'];

/** How far a signed number can still move: counts stay at 0 or above; totals, being negative, at 0 or below. */
export function capacity(
  table: CountTable,
  row: number,
  column: number,
  way: 'up' | 'down',
  moved: number,
): number {
  const value = numberAt(table, row, column);
  const bounded = isTotal(table, column) === (way === 'up');
  if (!bounded) return Number.MAX_SAFE_INTEGER / 4;
  return isTotal(table, column) ? value - moved : value + moved;
}

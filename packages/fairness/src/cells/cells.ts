import { FairnessError } from '../error.ts';

/** The code of a missing value. */
export const UNKNOWN = -1;

/** One column of the table: `codes[cell]` is a place in `values`, or {@link UNKNOWN}. */
export interface Dimension {
  readonly name: string;
  /** Sorted: numbers by size, then text by code units; the same on every machine. */
  readonly values: readonly string[];
  readonly codes: Int32Array;
}

/** What a column that is no attribute is for. */
export type Role =
  | 'stratum'
  | 'period'
  | 'truth'
  | 'prediction'
  | 'human'
  | 'objection'
  | 'remedy'
  | 'random'
  | 'bin'
  | 'officer'
  | 'cluster';

/** Roles whose codes are 0 (no, negative), 1 (yes, positive) or {@link UNKNOWN}. */
export const YES_NO = ['truth', 'prediction', 'human', 'objection', 'remedy', 'random'] as const;
export const YES_NO_VALUES: readonly string[] = ['no', 'yes'];

/** How many equal bins the scores from 0 to 1 fall into. */
export const SCORE_BINS = 10;

/**
 * Rows as counts: one cell for every combination that occurs. All that this package says of a file is computed from its
 * cells, so nothing after the first pass grows with the number of rows. Cells are in one canonical order and their counts
 * are whole, so results do not depend on the order of rows or on threads.
 */
export interface Cells {
  readonly length: number;
  readonly attributes: readonly Dimension[];
  readonly roles: Readonly<Partial<Record<Role, Dimension>>> & { readonly prediction: Dimension };
  /** Rows in each cell, whole numbers. */
  readonly count: Float64Array;
  /** Sums of sampling weights and of their squares; absent where rows have none. */
  readonly weights?: { readonly sum: Float64Array; readonly squares: Float64Array };
  /** Sums of scores and of their squares; absent where rows have none. */
  readonly scores?: { readonly sum: Float64Array; readonly squares: Float64Array };
}

/** Columns as they come from a reader: text or `null` for each cell. */
export interface RawCells {
  readonly attributes: readonly RawColumn[];
  readonly roles: Readonly<Partial<Record<Role, RawColumn>>>;
  readonly count: ArrayLike<number>;
  readonly weights?: { readonly sum: ArrayLike<number>; readonly squares: ArrayLike<number> } | undefined;
  readonly scores?: { readonly sum: ArrayLike<number>; readonly squares: ArrayLike<number> } | undefined;
}

export interface RawColumn {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Encodes columns, puts the cells in canonical order, and adds those that agree in every column. */
export function assemble(raw: RawCells): Cells {
  const attributes = raw.attributes.map((column) => encode(column));
  const roles: Partial<Record<Role, Dimension>> = {};
  for (const [role, column] of Object.entries(raw.roles) as [Role, RawColumn][]) {
    roles[role] = encode(column, (YES_NO as readonly string[]).includes(role) ? YES_NO_VALUES : undefined);
  }
  const { prediction } = roles;
  if (prediction === undefined) {
    throw new FairnessError('bad-input', 'the cells have no prediction', { mend: 'Say which column it is' });
  }
  const all = [...attributes, ...Object.values(roles)];
  const { order, starts } = canonicalOrder(all, raw.count.length);
  const place = (dimension: Dimension): Dimension => ({
    ...dimension,
    codes: Int32Array.from(starts, (at) => dimension.codes[order[at] as number] as number),
  });
  const add = (values: ArrayLike<number>) => {
    const sums = new Float64Array(starts.length);
    starts.forEach((start, cell) => {
      const end = starts[cell + 1] ?? order.length;
      for (let i = start; i < end; i++)
        sums[cell] = (sums[cell] as number) + (values[order[i] as number] as number);
    });
    return sums;
  };
  const both = (sums: { sum: ArrayLike<number>; squares: ArrayLike<number> }) => ({
    sum: add(sums.sum),
    squares: add(sums.squares),
  });
  return {
    length: starts.length,
    attributes: attributes.map(place),
    roles: {
      ...Object.fromEntries(Object.entries(roles).map(([role, dimension]) => [role, place(dimension)])),
      prediction: place(prediction),
    },
    count: add(raw.count),
    ...(raw.weights === undefined ? {} : { weights: both(raw.weights) }),
    ...(raw.scores === undefined ? {} : { scores: both(raw.scores) }),
  };
}

function encode({ name, values }: RawColumn, fixed?: readonly string[]): Dimension {
  const sorted = fixed ?? [...new Set(values.filter((value) => value !== null))].sort(byNumberThenText);
  const codeOf = new Map<string | null, number>(sorted.map((value, at) => [value, at]));
  codeOf.set(null, UNKNOWN);
  return { name, values: sorted, codes: Int32Array.from(values, (value) => codeOf.get(value) ?? UNKNOWN) };
}

/** Numbers by size before text by code units. */
export function byNumberThenText(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== y) return x === undefined ? 1 : y === undefined ? -1 : x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The cells in the order of their codes, and where each distinct combination starts in it. */
function canonicalOrder(
  dimensions: readonly Dimension[],
  length: number,
): { order: Uint32Array; starts: number[] } {
  const space = dimensions.reduce((product, { values }) => product * (values.length + 1), 1);
  const order = new Uint32Array(length);
  if (space * length < Number.MAX_SAFE_INTEGER) {
    const keys = new Float64Array(length);
    for (const { values, codes } of dimensions) {
      for (let i = 0; i < length; i++) {
        keys[i] = (keys[i] as number) * (values.length + 1) + (codes[i] as number) + 1;
      }
    }
    for (let i = 0; i < length; i++) keys[i] = (keys[i] as number) * length + i;
    keys.sort();
    for (let i = 0; i < length; i++) order[i] = (keys[i] as number) % length;
  } else {
    for (let i = 0; i < length; i++) order[i] = i;
    order.sort((a, b) => compare(dimensions, a, b));
  }
  const starts: number[] = [];
  for (let i = 0; i < length; i++) {
    if (i === 0 || compare(dimensions, order[i - 1] as number, order[i] as number) !== 0) starts.push(i);
  }
  return { order, starts };
}

function compare(dimensions: readonly Dimension[], a: number, b: number): number {
  for (const { codes } of dimensions) {
    const distance = (codes[a] as number) - (codes[b] as number);
    if (distance !== 0) return distance;
  }
  return 0;
}

/** How many rows the cells hold. */
export function rowsIn(cells: Cells): number {
  return cells.count.reduce((sum, count) => sum + count, 0);
}

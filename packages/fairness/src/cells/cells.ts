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

export type RawColumn = TextColumn | CodedColumn;

export interface TextColumn {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Each cell's value as a place in a list of different values; below 0 where it is missing. */
export interface CodedColumn {
  readonly name: string;
  readonly codes: Int32Array;
  readonly of: readonly string[];
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
    codes: codesAt(dimension.codes, order, starts),
  });
  const add = (values: ArrayLike<number>) => {
    const sums = new Float64Array(starts.length);
    for (let i = 0, cell = -1; i < order.length; i++) {
      if (starts[cell + 1] === i) cell++;
      sums[cell] = (sums[cell] as number) + (values[order[i] as number] as number);
    }
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

function codesAt(codes: Int32Array, order: Uint32Array, starts: ArrayLike<number>): Int32Array {
  const placed = new Int32Array(starts.length);
  for (let cell = 0; cell < placed.length; cell++) {
    placed[cell] = codes[order[starts[cell] as number] as number] as number;
  }
  return placed;
}

function encode(column: RawColumn, fixed?: readonly string[]): Dimension {
  if ('codes' in column) return recode(column);
  const { name, values } = column;
  const sorted = fixed ?? [...new Set(values.filter((value) => value !== null))].sort(byNumberThenText);
  const codeOf = new Map<string | null, number>(sorted.map((value, at) => [value, at]));
  codeOf.set(null, UNKNOWN);
  const codes = new Int32Array(values.length);
  for (let cell = 0; cell < codes.length; cell++) {
    codes[cell] = codeOf.get(values[cell] as string | null) ?? UNKNOWN;
  }
  return { name, values: sorted, codes };
}

/** The same with the values that occur in their own order. */
function recode({ name, codes, of }: CodedColumn): Dimension {
  const occurs = new Uint8Array(of.length);
  for (const code of codes) if (code >= 0) occurs[code] = 1;
  const sorted = of.filter((_, at) => occurs[at] === 1).sort(byNumberThenText);
  const to = Int32Array.from(of, (value) => sorted.indexOf(value));
  const placed = new Int32Array(codes.length);
  for (let cell = 0; cell < placed.length; cell++) {
    const code = codes[cell] as number;
    placed[cell] = code < 0 ? UNKNOWN : (to[code] as number);
  }
  return { name, values: sorted, codes: placed };
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
): { order: Uint32Array; starts: Uint32Array } {
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
  const starts = new Uint32Array(length);
  let cells = 0;
  for (let i = 0; i < length; i++) {
    if (i > 0 && compare(dimensions, order[i - 1] as number, order[i] as number) === 0) continue;
    starts[cells++] = i;
  }
  return { order, starts: starts.subarray(0, cells) };
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

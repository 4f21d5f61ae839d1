import { type Cells, UNKNOWN } from './cells.ts';

/**
 * Where a row is counted: by truth (t true, f false: whether the prediction was right) and prediction (p positive,
 * n negative); `un` and `up` have no known truth. The last four repeat the first four for the rows whose truth was
 * sought at random.
 */
export const SLOTS = [
  'tn',
  'fp',
  'fn',
  'tp',
  'un',
  'up',
  'randomTn',
  'randomFp',
  'randomFn',
  'randomTp',
] as const;
export type Slot = (typeof SLOTS)[number];
const WIDTH = SLOTS.length;
const PLACE = Object.fromEntries(SLOTS.map((slot, at) => [slot, at])) as Record<Slot, number>;

/** What is known of one group: rows, and sums of their weights and squared weights, slot by slot. */
export class Tally {
  readonly #rows: Float64Array;
  readonly #weight: Float64Array;
  readonly #square: Float64Array;

  constructor(rows: Float64Array, weight: Float64Array = rows, square: Float64Array = rows) {
    this.#rows = rows;
    this.#weight = weight;
    this.#square = square;
  }

  get weighted(): boolean {
    return this.#weight !== this.#rows;
  }

  rows(...slots: readonly Slot[]): number {
    return add(this.#rows, slots);
  }

  weight(...slots: readonly Slot[]): number {
    return add(this.#weight, slots);
  }

  square(...slots: readonly Slot[]): number {
    return add(this.#square, slots);
  }

  plus(other: Tally): Tally {
    return this.#with(other, (a, b) => a + b);
  }

  minus(other: Tally): Tally {
    return this.#with(other, (a, b) => a - b);
  }

  #with(other: Tally, how: (a: number, b: number) => number): Tally {
    const zip = (a: Float64Array, b: Float64Array) => a.map((value, at) => how(value, b[at] as number));
    const rows = zip(this.#rows, other.#rows);
    if (!this.weighted) return new Tally(rows);
    return new Tally(rows, zip(this.#weight, other.#weight), zip(this.#square, other.#square));
  }
}

function add(sums: Float64Array, slots: readonly Slot[]): number {
  let total = 0;
  for (const slot of slots) total += sums[PLACE[slot]] as number;
  return total;
}

/** Tallies by group; the last one is that of the rows whose group is not known. */
export interface Tallies {
  readonly known: readonly Tally[];
  readonly unknown: Tally;
  /** All groups but the unknown. */
  readonly total: Tally;
}

/**
 * Counts the cells by group.
 *
 * @param codes the group of each cell, from 0 to `groups` − 1, or {@link UNKNOWN}
 * @param times how often each cell counts; once where it is not given
 */
export function tallies(
  cells: Cells,
  codes: Int32Array,
  groups: number,
  times?: (cell: number) => number,
): Tallies {
  const sums = [sumBySlot(cells, codes, groups, cells.count, times)];
  if (cells.weights !== undefined) {
    sums.push(sumBySlot(cells, codes, groups, cells.weights.sum, times));
    sums.push(sumBySlot(cells, codes, groups, cells.weights.squares, times));
  }
  const tally = (group: number) => {
    const [rows, weight, square] = sums.map((all) => all.subarray(group * WIDTH, (group + 1) * WIDTH));
    return new Tally(rows as Float64Array, weight, square);
  };
  const known = Array.from({ length: groups }, (_, group) => tally(group));
  const unknown = tally(groups);
  const total = known.reduce((sum, one) => sum.plus(one), unknown.minus(unknown));
  return { known, unknown, total };
}

function sumBySlot(
  cells: Cells,
  codes: Int32Array,
  groups: number,
  values: Float64Array,
  times?: (cell: number) => number,
): Float64Array {
  const { prediction, truth, random } = cells.roles;
  const sums = new Float64Array((groups + 1) * WIDTH);
  for (let cell = 0; cell < cells.length; cell++) {
    const code = codes[cell] as number;
    const base = (code === UNKNOWN ? groups : code) * WIDTH;
    const value = (values[cell] as number) * (times?.(cell) ?? 1);
    const real = truth?.codes[cell] ?? UNKNOWN;
    const slot = slotOf(prediction.codes[cell] as number, real);
    sums[base + slot] = (sums[base + slot] as number) + value;
    if (real !== UNKNOWN && random?.codes[cell] === 1) {
      const again = base + slot + PLACE.randomTn;
      sums[again] = (sums[again] as number) + value;
    }
  }
  return sums;
}

function slotOf(prediction: number, truth: number): number {
  if (truth === UNKNOWN) return prediction === 1 ? PLACE.up : PLACE.un;
  if (prediction === 1) return truth === 1 ? PLACE.tp : PLACE.fp;
  return truth === 1 ? PLACE.fn : PLACE.tn;
}

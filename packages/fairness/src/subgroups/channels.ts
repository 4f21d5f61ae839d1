import { SMALLEST_DENOMINATOR } from '../audit/settings.ts';
import { type Cells, UNKNOWN } from '../cells/cells.ts';
import { countState } from '../procedure/counts.ts';
import type { Count } from '../statistics/index.ts';

/** Rates in which subgroups are searched. */
export const SEARCHED = ['selection', 'fpr', 'fnr'] as const;
export type SearchedMetric = (typeof SEARCHED)[number];

/** One rate, cell by cell. */
export interface Channel {
  readonly metric: SearchedMetric;
  readonly total: Float64Array;
  readonly successes: Float64Array;
  readonly whole: Count;
  readonly rate: number;
  /** 1: a higher rate is worse, −1: a lower one, 0: either is a disparity. */
  readonly harm: -1 | 0 | 1;
  /** Of weights and clusters, over everybody. */
  readonly designEffect: number;
}

/** The attributes alone: one cell for each combination. */
export interface SearchCells {
  /** Values that enough people have; a value with fewer can be part of no subgroup that is judged. */
  readonly values: readonly (readonly string[])[];
  /** The value of each cell, or the number of values for none. */
  readonly codes: readonly Int32Array[];
  /** The cell that each of the audit's cells belongs to. */
  readonly slots: { readonly of: Int32Array; readonly length: number };
}

/**
 * Merges cells that agree in every attribute. Values with fewer rows than may be judged are dropped first: whatever they
 * are combined with is smaller still (the bound that prunes the search).
 */
export function searchCells(cells: Cells): SearchCells {
  const encoded = cells.attributes.map(({ values, codes }) => {
    const rows = new Float64Array(values.length);
    for (let cell = 0; cell < codes.length; cell++) {
      const code = codes[cell] as number;
      if (code !== UNKNOWN) rows[code] = (rows[code] as number) + (cells.count[cell] as number);
    }
    const kept = values.flatMap((_, code) => ((rows[code] as number) >= SMALLEST_DENOMINATOR ? [code] : []));
    const to = new Int32Array(values.length).fill(kept.length);
    kept.forEach((code, at) => {
      to[code] = at;
    });
    return {
      values: kept.map((code) => values[code] as string),
      codes: recoded(codes, to, kept.length),
    };
  });
  const of = new Int32Array(cells.length);
  const firsts: number[] = [];
  // Cells come in the order of their attributes: only where values were dropped can they be out of it.
  const order = new Uint32Array(cells.length);
  for (let cell = 0; cell < order.length; cell++) order[cell] = cell;
  if (!inOrder(encoded, cells.length)) order.sort((a, b) => compare(encoded, a, b) || a - b);
  for (let at = 0; at < order.length; at++) {
    const cell = order[at] as number;
    if (at === 0 || compare(encoded, order[at - 1] as number, cell) !== 0) firsts.push(cell);
    of[cell] = firsts.length - 1;
  }
  return {
    values: encoded.map(({ values }) => values),
    codes: encoded.map(({ codes }) => Int32Array.from(firsts, (cell) => codes[cell] as number)),
    slots: { of, length: firsts.length },
  };
}

function recoded(codes: Int32Array, to: Int32Array, missing: number): Int32Array {
  const result = new Int32Array(codes.length);
  for (let cell = 0; cell < codes.length; cell++) {
    const code = codes[cell] as number;
    result[cell] = code === UNKNOWN ? missing : (to[code] as number);
  }
  return result;
}

function inOrder(columns: readonly { readonly codes: Int32Array }[], length: number): boolean {
  for (let cell = 1; cell < length; cell++) if (compare(columns, cell - 1, cell) > 0) return false;
  return true;
}

function compare(columns: readonly { readonly codes: Int32Array }[], a: number, b: number): number {
  for (const { codes } of columns) {
    const far = (codes[a] as number) - (codes[b] as number);
    if (far !== 0) return far;
  }
  return 0;
}

/** Selection always; false-positive and false-negative rates where every truth is known. */
export function channelsOf(
  cells: Cells,
  slots: SearchCells['slots'],
  favourable: 'yes' | 'no' | undefined,
): readonly Channel[] {
  const { prediction, truth } = cells.roles;
  const complete = truth !== undefined && !truth.codes.includes(UNKNOWN);
  const harm = favourable === 'no' ? 1 : favourable === 'yes' ? -1 : 0;
  const positive = (cell: number) => prediction.codes[cell] === 1;
  const real = (cell: number) => truth?.codes[cell] === 1;
  const selection = channelOf(cells, slots, 'selection', harm, () => true, positive);
  if (!complete) return [selection];
  return [
    selection,
    channelOf(cells, slots, 'fpr', 0, (cell) => !real(cell), positive),
    channelOf(cells, slots, 'fnr', 0, real, (cell) => !positive(cell)),
  ];
}

function channelOf(
  cells: Cells,
  slots: SearchCells['slots'],
  metric: SearchedMetric,
  harm: -1 | 0 | 1,
  among: (cell: number) => boolean,
  success: (cell: number) => boolean,
): Channel {
  const total = new Float64Array(slots.length);
  const successes = new Float64Array(slots.length);
  const state = new Int8Array(cells.length).fill(UNKNOWN);
  for (let cell = 0; cell < cells.length; cell++) {
    if (!among(cell)) continue;
    const slot = slots.of[cell] as number;
    const rows = cells.count[cell] as number;
    total[slot] = (total[slot] as number) + rows;
    state[cell] = success(cell) ? 1 : 0;
    if (state[cell] === 1) successes[slot] = (successes[slot] as number) + rows;
  }
  const add = (values: Float64Array) => values.reduce((sum, n) => sum + n, 0);
  const whole = { successes: add(successes), total: add(total) };
  const { count, denominator } = countState(cells, state, new Int32Array(cells.length), 1).whole;
  return {
    metric,
    total,
    successes,
    whole,
    rate: whole.total === 0 ? 0 : whole.successes / whole.total,
    harm,
    designEffect: count.total > 0 ? Math.max(1, denominator / count.total) : 1,
  };
}

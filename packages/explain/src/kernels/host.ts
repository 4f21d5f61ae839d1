import type { Forest } from '../forest/forest.ts';
import type { Table } from '../forest/tables.ts';
import { takeMargins, writeMargins } from './margin-nodes.ts';
import { marginsKernel } from './margins.ts';
import { instantiate, Layout } from './memory.ts';
import { MISSING_RANK, takeRowSpace } from './row-space.ts';
import { takeTables, writeTables } from './table-program.ts';
import { tablesKernel } from './tables.ts';
import { walkKernel } from './walk.ts';
import { BLOCK, takeWalk, writeWalk } from './walk-records.ts';

/** Rows that one tree is walked for before the next tree: their totals stay in the second-level cache. */
const WALK_ROWS = 1024;
/** Units whose table rows are added in float32 before the sum goes to float64. */
const UNITS_PER_FLUSH = 512;

/** The SIMD kernels on a memory of their own, prepared for one forest. */
export interface Host {
  readonly chunk: number;
  /** Entries from one list to the next. */
  readonly stride: number;
  /** See {@link RowSpace}: fill both lists of every feature before a run. */
  readonly ranks: Int16Array;
  /** See {@link RowSpace}: runs add to it. */
  readonly totals: Float64Array;
  readonly bytes: number;
  /** Adds the contributions of `count` of the walked trees, from the one with this place in the list. */
  walk(first: number, count: number, rows: number): void;
  /** Adds the rows of all tables. */
  addTables(rows: number): void;
  /** Adds the leaves of all trees, in order, to {@link own} and {@link exact}, without base and division. */
  addMargins(rows: number): void;
  /** One list per output, in float32. */
  readonly own: Float32Array;
  /** One list per output, in float64. */
  readonly exact: Float64Array;
}

/**
 * Prepares the kernels for walking some trees and adding some tables (of the same forest, to the outputs they name).
 * Null where WebAssembly SIMD is missing, a feature has more ranks than 16 bits hold, or the memory would pass 2 GB.
 */
export function makeHost(
  forest: Forest,
  trees: readonly number[],
  tables: readonly Table[],
  rows: number,
): Host | null {
  if (forest.edges.some(({ length }) => length >= MISSING_RANK)) return null;
  const layout = new Layout();
  const space = takeRowSpace(layout, forest.features, forest.outputs, rows);
  const walk = takeWalk(layout, forest, trees);
  const marginPlaces = takeMargins(layout, forest, space);
  const byOutput = Map.groupBy(tables, ({ output }) => output);
  const groups = [...byOutput].map(([output, own]) => ({
    output,
    own,
    places: takeTables(layout, space, forest.features, own),
  }));
  if (layout.bytes > 0x7fff0000) return null;
  const memory = layout.memory();
  const walker = instantiate(walkKernel, memory);
  const adder = instantiate(tablesKernel, memory);
  const summer = instantiate(marginsKernel, memory);
  if (walker === null || adder === null || summer === null) return null;
  writeWalk(memory.buffer, walk, space, forest, trees);
  writeMargins(memory.buffer, marginPlaces, forest, space, walk.sets);
  for (const { own, places } of groups) writeTables(memory.buffer, places, space, forest.features, own);

  const { chunk, stride } = space;
  return {
    chunk,
    stride,
    ranks: new Int16Array(memory.buffer, space.ranks, 2 * forest.features * stride),
    totals: new Float64Array(memory.buffer, space.totals, forest.features * forest.outputs * stride),
    own: new Float32Array(memory.buffer, marginPlaces.own, forest.outputs * stride),
    exact: new Float64Array(memory.buffer, marginPlaces.exact, forest.outputs * stride),
    bytes: layout.bytes,
    addMargins(wanted) {
      const { trees: list, tops, nodes, values, own, exact } = marginPlaces;
      summer.margins?.(
        list,
        forest.treeOutput.length,
        tops,
        nodes,
        values,
        Math.ceil(wanted / 8) * 8,
        space.ranks,
        own,
        exact,
      );
    },
    walk(first, count, wanted) {
      for (let start = 0; start < wanted; start += WALK_ROWS) {
        const blocks = Math.ceil(Math.min(WALK_ROWS, wanted - start) / BLOCK);
        walker.explain?.(
          walk.trees + first * 32,
          count,
          blocks,
          space.ranks + 2 * start,
          walk.phi,
          8 * start,
          8 * stride,
        );
      }
    },
    addTables(wanted) {
      const padded = Math.ceil(wanted / 32) * 32;
      for (const { output, own, places } of groups) {
        const totals = space.totals + 8 * output * forest.features * stride;
        let program = places.program;
        for (let unit = 0; unit < own.length; unit += UNITS_PER_FLUSH) {
          const count = Math.min(UNITS_PER_FLUSH, own.length - unit);
          program = adder.add?.(program, count, space.ranks, places.phi, places.states, padded) ?? 0;
          adder.flush?.(forest.features, places.phi, totals, stride, padded);
        }
      }
    },
  };
}

import type { Table } from '../forest/tables.ts';
import type { Layout } from './memory.ts';
import { MISSING_RANK, type RowSpace } from './row-space.ts';

/** Where the parts of the table kernel lie in the memory. */
export interface TablePlaces {
  readonly program: number;
  readonly tables: readonly number[];
  /** float32: for every feature, and a spare one, a list of contributions. */
  readonly phi: number;
  readonly states: number;
}

interface Step {
  readonly list: number;
  readonly from: number;
  readonly step: number;
}

/** Reserves the memory for adding these tables. */
export function takeTables(
  layout: Layout,
  space: RowSpace,
  features: number,
  tables: readonly Table[],
): TablePlaces {
  const words = tables.reduce(
    (sum, table) => sum + 5 + 2 * stepsOf(table, features).steps.length + table.width,
    0,
  );
  return {
    program: layout.take(4 * words),
    tables: tables.map(({ values }) => layout.take(values.byteLength)),
    phi: layout.take(4 * (features + 1) * space.stride),
    states: layout.take(4 * space.chunk),
  };
}

/**
 * Writes the tables and their programs.
 *
 * A feature reads the list of ranks in which a missing value counts as the class it has among the lowest or the highest
 * ranks; only where it is neither, a step of its own corrects it.
 */
export function writeTables(
  memory: ArrayBuffer,
  at: TablePlaces,
  space: RowSpace,
  features: number,
  tables: readonly Table[],
): void {
  const words = new Int32Array(memory);
  const floats = new Float32Array(memory);
  let w = at.program >> 2;
  tables.forEach((table, index) => {
    const place = at.tables[index] as number;
    floats.set(table.values, place >> 2);
    const { base, steps } = stepsOf(table, features);
    words.set([steps.length, base, table.width / 4, table.width * 4, place], w);
    w += 5;
    for (const { list, from, step } of steps) {
      words[w++] = list * space.stride * 2;
      words[w++] = ((from - 1) & 0xffff) | (step << 16);
    }
    for (let column = 0; column < table.width; column++) {
      words[w++] = (table.unit.features[column]?.feature ?? features) * space.stride * 4;
    }
  });
}

function stepsOf({ unit }: Table, features: number): { base: number; steps: Step[] } {
  const steps: Step[] = [];
  for (const { feature, steps: own, missingStep } of unit.features) {
    const highest = own.reduce((sum, { step }) => sum + step, 0);
    const list = missingStep === 0 ? features + feature : feature;
    steps.push(...own.map(({ from, step }) => ({ list, from, step })));
    if (missingStep !== 0 && missingStep !== highest)
      steps.push({ list, from: MISSING_RANK, step: missingStep - highest });
  }
  return { base: unit.base, steps };
}

import { type Host, makeHost } from '../kernels/host.ts';
import { MISSING_RANK } from '../kernels/row-space.ts';
import type { Forest } from './forest.ts';
import { makeRowExplainer } from './quadrature.ts';
import { forestOfUnits, type Unit, type UnitFeature } from './units.ts';

/** The contributions of a unit in every state. */
export interface Table {
  readonly unit: Unit;
  readonly output: number;
  /** Columns of a row: one per feature of the unit, and zeros up to a multiple of 4. */
  readonly width: number;
  /** states × width, in units of the margin before the forest's division. */
  readonly values: Float32Array;
}

/** States that are explained in one call while tables are filled. */
const FILL_ROWS = 1024;

/**
 * Fills the tables of units: each state is a row with ranks that stand for it, explained along the unit's own paths.
 * In float64, or by the SIMD walk where there is one.
 */
export function fillTables(forest: Forest, units: readonly Unit[]): Table[] {
  const pruned = { ...forestOfUnits(forest, units), divisor: 1 };
  const host = makeHost(pruned, [...units.keys()], [], FILL_ROWS);
  const fill = host === null ? scalarFill(pruned) : kernelFill(pruned, host);
  return units.map((unit, index) => {
    const width = Math.ceil(unit.features.length / 4) * 4;
    const table: Table = {
      unit,
      output: forest.treeOutput[unit.tree] as number,
      width,
      values: new Float32Array(unit.states * width),
    };
    fill(index, table);
    return table;
  });
}

/** Calls `use` with every state from `first` and the rank that stands for its class of one feature. */
function eachSample(
  { features }: Unit,
  column: number,
  first: number,
  count: number,
  use: (row: number, rank: number) => void,
): void {
  const { samples, stride } = features[column] as UnitFeature;
  let digit = Math.floor(first / stride) % samples.length;
  let left = stride - (first % stride);
  for (let row = 0; row < count; row++) {
    use(row, samples[digit] as number);
    if (--left > 0) continue;
    left = stride;
    digit = digit + 1 === samples.length ? 0 : digit + 1;
  }
}

function kernelFill(pruned: Forest, host: Host) {
  const { ranks, totals, chunk, stride } = host;
  const second = pruned.features * stride;
  return (index: number, { unit, width, values }: Table) => {
    for (let first = 0; first < unit.states; first += chunk) {
      const count = Math.min(chunk, unit.states - first);
      unit.features.forEach(({ feature }, column) => {
        const list = feature * stride;
        eachSample(unit, column, first, count, (row, rank) => {
          ranks[list + row] = rank < 0 ? MISSING_RANK : rank;
          ranks[second + list + row] = rank;
        });
      });
      host.walk(index, 1, count);
      unit.features.forEach(({ feature }, column) => {
        const start = feature * stride;
        let to = first * width + column;
        for (let row = start; row < start + count; row++, to += width) values[to] = totals[row] as number;
        totals.fill(0, start, start + Math.ceil(count / 32) * 32);
      });
    }
  };
}

function scalarFill(pruned: Forest) {
  const explainer = makeRowExplainer(pruned);
  const ranks = new Int32Array(pruned.features);
  const phi = new Float64Array(pruned.features);
  return (index: number, { unit, width, values }: Table) => {
    for (let state = 0; state < unit.states; state++) {
      unit.features.forEach(({ feature }, column) => {
        eachSample(unit, column, state, 1, (_, rank) => {
          ranks[feature] = rank;
        });
        phi[feature] = 0;
      });
      explainer.tree(index, ranks, phi);
      unit.features.forEach(({ feature }, column) => {
        values[state * width + column] = phi[feature] as number;
      });
    }
  };
}

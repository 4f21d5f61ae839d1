import { type Host, makeHost } from '../kernels/host.ts';
import { MISSING_RANK } from '../kernels/row-space.ts';
import type { Forest } from './forest.ts';
import { makeRowExplainer } from './quadrature.ts';
import { forestOfUnits, type Unit } from './units.ts';

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

/** The rank that stands for a state's class of one feature. */
function sampleOf({ features }: Unit, column: number, state: number): number {
  const feature = features[column];
  return feature?.samples[Math.floor(state / feature.stride) % feature.samples.length] ?? 0;
}

function kernelFill(pruned: Forest, host: Host) {
  const { ranks, totals, chunk, stride } = host;
  const second = pruned.features * stride;
  return (index: number, { unit, width, values }: Table) => {
    for (let first = 0; first < unit.states; first += chunk) {
      const count = Math.min(chunk, unit.states - first);
      unit.features.forEach(({ feature }, column) => {
        for (let row = 0; row < count; row++) {
          const sample = sampleOf(unit, column, first + row);
          ranks[feature * stride + row] = sample < 0 ? MISSING_RANK : sample;
          ranks[second + feature * stride + row] = sample;
        }
      });
      host.walk(index, 1, count);
      unit.features.forEach(({ feature }, column) => {
        const start = feature * stride;
        for (let row = 0; row < count; row++)
          values[(first + row) * width + column] = totals[start + row] as number;
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
        ranks[feature] = sampleOf(unit, column, state);
        phi[feature] = 0;
      });
      explainer.tree(index, ranks, phi);
      unit.features.forEach(({ feature }, column) => {
        values[state * width + column] = phi[feature] as number;
      });
    }
  };
}

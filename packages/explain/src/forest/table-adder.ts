import type { Forest } from './forest.ts';
import type { Table } from './tables.ts';

/** Adds the table rows of one row of ranks (−1 is missing) to its contributions, outputs × features. */
export type TableAdder = (ranks: Int32Array, phi: Float64Array) => void;

/** The tables in plain typed arrays: what kernel/tables.ts does, one row at a time. */
export function makeTableAdder(forest: Forest, tables: readonly Table[]): TableAdder {
  const scale = 1 / forest.divisor;
  const units = tables.map(({ unit, output, width, values }) => ({
    base: unit.base,
    width,
    values,
    missing: unit.features.map(({ feature, missingStep }) => ({ feature, missingStep })),
    feature: Int32Array.from(unit.features.flatMap(({ feature, steps }) => steps.map(() => feature))),
    from: Int32Array.from(unit.features.flatMap(({ steps }) => steps.map(({ from }) => from))),
    step: Int32Array.from(unit.features.flatMap(({ steps }) => steps.map(({ step }) => step))),
    to: Int32Array.from(unit.features, ({ feature }) => output * forest.features + feature),
  }));
  return (ranks, phi) => {
    for (const unit of units) {
      let state = unit.base;
      for (let i = 0; i < unit.from.length; i++) {
        if ((ranks[unit.feature[i] as number] as number) >= (unit.from[i] as number))
          state += unit.step[i] as number;
      }
      for (const { feature, missingStep } of unit.missing)
        if ((ranks[feature] as number) < 0) state += missingStep;
      const start = state * unit.width;
      for (let column = 0; column < unit.to.length; column++) {
        const place = unit.to[column] as number;
        phi[place] = (phi[place] as number) + (unit.values[start + column] as number) * scale;
      }
    }
  };
}

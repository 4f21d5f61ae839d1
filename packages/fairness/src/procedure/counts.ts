import { type Cells, UNKNOWN } from '../cells/cells.ts';
import type { Measure } from '../cells/metrics.ts';
import { deflate, effectiveCount } from '../statistics/index.ts';
import type { State } from './state.ts';

/** Counts of one state in a group and in those it is compared with. */
export interface Sides {
  readonly group: Measure;
  readonly comparison: Measure;
}

/** Sums over the cells of one group: rows, weights, squared weights, each for all and for those to whom it happened. */
type Sums = Float64Array;
const WIDTH = 6;

/**
 * Counts a state by group, each group beside all others (or beside `reference`). Rows of an unknown group count nowhere.
 *
 * Weights make effective counts. Where clusters repeat, the count is divided by the design effect of the ultimate-cluster
 * variance C/(C − 1) Σ (y − p n)² / N².
 *
 * Source: Kish (1965), section 11.7; Rao & Scott, Biometrics 48 (1992) 577–585; Wolter (2007), section 6.
 */
export function countState(
  cells: Cells,
  state: State,
  codes: Int32Array,
  groups: number,
  reference?: number,
): { readonly sides: readonly Sides[]; readonly whole: Measure } {
  const sums = Array.from({ length: groups }, () => new Float64Array(WIDTH));
  for (let cell = 0; cell < cells.length; cell++) {
    const into = sums[codes[cell] as number];
    if (into === undefined || state[cell] === UNKNOWN) continue;
    const weight = (cells.weights?.sum ?? cells.count)[cell] as number;
    const square = (cells.weights?.squares ?? cells.count)[cell] as number;
    [cells.count[cell] as number, weight, square].forEach((value, at) => {
      into[at] = (into[at] as number) + value;
      if (state[cell] === 1) into[at + 3] = (into[at + 3] as number) + value;
    });
  }
  const whole = sums.reduce(
    (sum, one) => sum.map((value, at) => value + (one[at] as number)),
    new Float64Array(WIDTH),
  );
  const effect = clusterEffects(cells, state, codes);
  const measured = (of: Sums, belongs: (code: number) => boolean) => measureOf(cells, of, effect, belongs);
  return {
    sides: sums.map((one, group) => ({
      group: measured(one, (code) => code === group),
      comparison:
        reference === undefined
          ? measured(
              whole.map((value, at) => value - (one[at] as number)),
              (code) => code !== group && code !== UNKNOWN,
            )
          : measured(sums[reference] as Sums, (code) => code === reference),
    })),
    whole: measured(whole, (code) => code !== UNKNOWN),
  };
}

/** For counts by officer, where the officer is the cluster: what one officer does stands for that officer. */
export function withoutClusters(cells: Cells): Cells {
  const { cluster: _, ...roles } = cells.roles;
  return { ...cells, roles };
}

type ClusterEffects = ((rate: number, belongs: (code: number) => boolean) => number) | undefined;

function measureOf(
  cells: Cells,
  sums: Sums,
  clusterEffect: ClusterEffects,
  belongs: (code: number) => boolean,
): Measure {
  const [rows = 0, weight = 0, square = 0, hits = 0, successWeight = 0, successSquare = 0] = sums;
  const weighted = cells.weights !== undefined;
  const count = weighted
    ? effectiveCount({ weight, square, successWeight, successSquare })
    : { successes: hits, total: rows };
  if (clusterEffect === undefined || rows === 0) return { count, denominator: rows, exact: !weighted };
  const effect = clusterEffect(count.successes / count.total, belongs);
  return { count: deflate(count, effect), denominator: rows, exact: !weighted && effect === 1 };
}

/** The design effect of a rate among the rows of some groups; `undefined` where every row stands for itself. */
function clusterEffects(cells: Cells, state: State, codes: Int32Array): ClusterEffects {
  const { cluster } = cells.roles;
  if (cluster === undefined) return undefined;
  return (rate, belongs) => {
    const clusters = cluster.values.length + 1;
    const sizes = new Float64Array(clusters);
    const hits = new Float64Array(clusters);
    for (let cell = 0; cell < cells.length; cell++) {
      if (state[cell] === UNKNOWN || !belongs(codes[cell] as number)) continue;
      const at = cluster.codes[cell] === UNKNOWN ? clusters - 1 : (cluster.codes[cell] as number);
      sizes[at] = (sizes[at] as number) + (cells.count[cell] as number);
      if (state[cell] === 1) hits[at] = (hits[at] as number) + (cells.count[cell] as number);
    }
    let [used, rows, squares, spread] = [0, 0, 0, 0];
    sizes.forEach((size, at) => {
      if (size === 0) return;
      used++;
      rows += size;
      squares += size * size;
      spread += ((hits[at] as number) - rate * size) ** 2;
    });
    const alike = squares / rows;
    if (used < 2 || rate <= 0 || rate >= 1) return Math.max(1, alike);
    return Math.max(1, ((used / (used - 1)) * spread) / (rows * rate * (1 - rate)));
  };
}

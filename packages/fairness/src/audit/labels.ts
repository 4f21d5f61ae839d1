import { type Cells, UNKNOWN } from '../cells/cells.ts';
import { tallies } from '../cells/tally.ts';

/** Whose truth is known: where it was sought for some only, rates that need it stand on an assumption. */
export interface SelectiveLabels {
  readonly positive: { readonly labelled: number; readonly rows: number; readonly atRandom: number };
  readonly negative: { readonly labelled: number; readonly rows: number; readonly atRandom: number };
  /**
   * `random-arm`: cases chosen at random stand for those never looked at. `assumed`: those looked at stand for the others
   * of the same prediction, which nothing in the file can show. `unknowable`: one prediction was never looked at, and what
   * depends on it is undefined.
   */
  readonly basis: 'random-arm' | 'assumed' | 'unknowable';
}

/**
 * `undefined` where every truth is known or none was asked for.
 *
 * Source: Lakkaraju, Kleinberg, Leskovec, Ludwig & Mullainathan, KDD (2017) 275–284 (selective labels).
 */
export function selectiveLabels(cells: Cells): SelectiveLabels | undefined {
  const { truth } = cells.roles;
  if (truth === undefined || !truth.codes.includes(UNKNOWN)) return undefined;
  const all = tallies(cells, new Int32Array(cells.length), 1).total;
  const positive = {
    labelled: all.rows('tp', 'fp'),
    rows: all.rows('tp', 'fp', 'up'),
    atRandom: all.rows('randomTp', 'randomFp'),
  };
  const negative = {
    labelled: all.rows('tn', 'fn'),
    rows: all.rows('tn', 'fn', 'un'),
    atRandom: all.rows('randomTn', 'randomFn'),
  };
  const incomplete = [positive, negative].filter(({ labelled, rows }) => labelled < rows);
  const basis = incomplete.some(({ labelled }) => labelled === 0)
    ? 'unknowable'
    : incomplete.every(({ atRandom }) => atRandom > 0)
      ? 'random-arm'
      : 'assumed';
  return { positive, negative, basis };
}

import { type Forest, goesLeft } from './forest.ts';
import type { Ranker } from './ranks.ts';
import type { Rows } from './rows.ts';

/** The leaf of one tree that a row of ranks falls into. */
export function leafOf(forest: Forest, root: number, ranks: Int32Array): number {
  const { right, feature, cut } = forest;
  let node = root;
  for (let other = right[node] as number; other !== 0; other = right[node] as number) {
    const rank = ranks[feature[node] as number] as number;
    const bound = cut[node] as number;
    const left = rank >= 0 && bound >= 0 ? rank <= bound : goesLeft(forest, node, rank);
    node = left ? node + 1 : other;
  }
  return node;
}

/** The leaf of every tree for one row. */
export function leavesOf(forest: Forest, ranks: Int32Array, leaves: Int32Array): void {
  for (let tree = 0; tree < leaves.length; tree++)
    leaves[tree] = leafOf(forest, forest.roots[tree] as number, ranks);
}

export interface Margins {
  /** rows × outputs, in the model library's own arithmetic: XGBoost adds the trees in order in float32. */
  readonly own: Float64Array;
  /** rows × outputs, the same leaves added in float64. */
  readonly exact: Float64Array;
}

export function emptyMargins({ outputs }: Forest, rows: number): Margins {
  return { own: new Float64Array(rows * outputs), exact: new Float64Array(rows * outputs) };
}

/** Writes the margins of one row of ranks at `row`. */
export function addMargins(forest: Forest, ranks: Int32Array, { own, exact }: Margins, row: number): void {
  const { outputs, base, divisor, value, treeOutput, roots } = forest;
  const float32 = forest.sums === 'float32';
  const at = row * outputs;
  for (let output = 0; output < outputs; output++)
    own[at + output] = exact[at + output] = base[output] as number;
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const place = at + (treeOutput[tree] as number);
    const added = value[leafOf(forest, roots[tree] as number, ranks)] as number;
    exact[place] = (exact[place] as number) + added;
    own[place] = float32 ? Math.fround((own[place] as number) + added) : (own[place] as number) + added;
  }
  if (divisor === 1) return;
  for (let output = at; output < at + outputs; output++) {
    own[output] = (own[output] as number) / divisor;
    exact[output] = (exact[output] as number) / divisor;
  }
}

/** The margins (raw scores) of rows. */
export function margins(forest: Forest, ranker: Ranker, rows: Rows): Margins {
  const result = emptyMargins(forest, rows.count);
  const ranks = new Int32Array(forest.features);
  for (let row = 0; row < rows.count; row++) {
    ranker.row(rows.data, row * forest.features, ranks);
    addMargins(forest, ranks, result, row);
  }
  return result;
}

import type { Forest } from './forest.ts';

/** What repeated features on a path do to its nodes. Indexes are nodes of the forest. */
export interface Paths {
  /** For an inner node: the node on its own path that was entered by a split on the same feature, the nearest; −1 if none. */
  readonly sameAbove: Int32Array;
  /** For a node: the product of the shares of all edges of its path that split on the same feature as the edge into it. */
  readonly merged: Float64Array;
  /** The node above each node; −1 for roots. */
  readonly parent: Int32Array;
  /** 1 for a node whose feature is split on again below it. */
  readonly splitAgain: Uint8Array;
  /** Per tree: the largest number of different features on one path. */
  readonly distinct: Int32Array;
  /** Expected margin per output when nothing is known of a row: base + Σ leaf × Π shares, divided as the forest divides. */
  readonly bias: Float64Array;
}

const computed = new WeakMap<Forest, Paths>();

/** Walks all paths of the forest once. */
export function pathsOf(forest: Forest): Paths {
  let paths = computed.get(forest);
  if (paths === undefined) {
    paths = walk(forest);
    computed.set(forest, paths);
  }
  return paths;
}

function walk(forest: Forest): Paths {
  const { right, feature, share, roots, value, treeOutput } = forest;
  const nodes = right.length;
  const sameAbove = new Int32Array(nodes).fill(-1);
  const merged = new Float64Array(nodes).fill(1);
  const parent = new Int32Array(nodes).fill(-1);
  const splitAgain = new Uint8Array(nodes);
  const distinct = new Int32Array(treeOutput.length);
  const bias = Float64Array.from(forest.base);
  // per feature, the node of the current path that was entered by its last split; −1 when not on the path
  const entered = new Int32Array(forest.features).fill(-1);
  let tree = 0;
  const visit = (node: number, probability: number, different: number): void => {
    if (right[node] === 0) {
      const output = treeOutput[tree] as number;
      bias[output] = (bias[output] as number) + probability * (value[node] as number);
      distinct[tree] = Math.max(distinct[tree] as number, different);
      return;
    }
    const split = feature[node] as number;
    const above = entered[split] as number;
    sameAbove[node] = above;
    if (above >= 0) splitAgain[parent[above] as number] = 1;
    for (const child of [node + 1, right[node] as number]) {
      parent[child] = node;
      const part = share[child] as number;
      merged[child] = above < 0 ? part : (merged[above] as number) * part;
      entered[split] = child;
      visit(child, probability * part, above < 0 ? different + 1 : different);
    }
    entered[split] = above;
  };
  for (tree = 0; tree < treeOutput.length; tree++) visit(roots[tree] as number, 1, 0);
  return { sameAbove, merged, parent, splitAgain, distinct, bias: bias.map((sum) => sum / forest.divisor) };
}

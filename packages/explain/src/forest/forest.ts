/**
 * Trees in one pool of arrays, whatever file they came from.
 *
 * Nodes of a tree lie in pre-order: the left child of an inner node follows it, `right` names the other; a leaf has
 * `right` 0. Values are compared by rank only: the rank of x for feature f is the number of `edges[f]` that are ≤ x,
 * and every split is a set of ranks that go left, so that `<`, `<=`, categories and zero-as-missing are all one thing.
 */
export interface Forest {
  /** Columns of a row. */
  readonly features: number;
  /** Margins of a row. */
  readonly outputs: number;
  /** First node of each tree, then the number of nodes: trees + 1 entries. */
  readonly roots: Int32Array;
  /** The output that each tree adds to. */
  readonly treeOutput: Int32Array;
  readonly right: Int32Array;
  /** Feature of an inner node; −1 at a leaf. */
  readonly feature: Int32Array;
  /** Left when rank ≤ cut; when negative, left when `sets[−1 − cut][rank]` is 1. */
  readonly cut: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** What a leaf adds to its output; 0 at inner nodes. */
  readonly value: Float64Array;
  /** Share of the parent's training weight that reached the node (roots: 1); NaN below a node that nothing reached. */
  readonly share: Float64Array;
  /** The number of the node or leaf in its own library: XGBoost's node, LightGBM's leaf. */
  readonly number: Int32Array;
  /** False when some split has no covers: path-dependent values are then undefined. */
  readonly hasCover: boolean;
  /** Sorted breakpoints per feature. */
  readonly edges: readonly Float64Array[];
  readonly sets: readonly Uint8Array[];
  /** Margins before the first tree. */
  readonly base: Float64Array;
  /** The sum of the trees is divided by this (averaging forests); 1 otherwise. */
  readonly divisor: number;
  /** How the model's own library reads a value before it compares it. */
  readonly inputs: 'float32' | 'float64';
  /** How it adds the trees. */
  readonly sums: 'float32' | 'float64';
  /** Longest path in edges. */
  readonly depth: number;
}

export function treeCount(forest: Forest): number {
  return forest.roots.length - 1;
}

/** Whether a row with this rank (−1: missing) goes left at an inner node. */
export function goesLeft(forest: Forest, node: number, rank: number): boolean {
  if (rank < 0) return forest.missingLeft[node] === 1;
  const cut = forest.cut[node] as number;
  return cut >= 0 ? rank <= cut : forest.sets[-1 - cut]?.[rank] === 1;
}

import { type Forest, goesLeft } from './forest.ts';

/** How one feature enters the state of a unit: its ranks fall into classes, and the class is a digit of the state. */
export interface UnitFeature {
  readonly feature: number;
  /** One rank of each class; −1 is a missing value. */
  readonly samples: readonly number[];
  /** What the digit is worth in the state's number. */
  readonly stride: number;
  /** Where the class changes: at ranks ≥ `from` the state's number grows by `step` (a multiple of the stride). */
  readonly steps: readonly { readonly from: number; readonly step: number }[];
  /** What is added instead when the value is missing, counted from the class of the lowest rank. */
  readonly missingStep: number;
}

/** A subtree whose contributions depend on a row only through one of `states` joint states. */
export interface Unit {
  readonly tree: number;
  readonly root: number;
  /** The nodes above the root, from the top, with the side that leads on. */
  readonly path: readonly Edge[];
  readonly features: readonly UnitFeature[];
  readonly states: number;
  /** The state's number when every feature has its lowest rank. */
  readonly base: number;
}

interface Edge {
  readonly node: number;
  readonly left: boolean;
}

/** A subtree with more inner nodes than this is divided without looking closer. */
const MOST_NODES = 96;

/**
 * Divides a tree into the largest subtrees with at most `cap` joint states each; null when even a single leaf has more.
 * Conditions on one feature along the path to the subtree collapse into "met" and "not met".
 */
export function unitsOf(forest: Forest, tree: number, cap: number): Unit[] | null {
  const { right } = forest;
  const size = subtreeSizes(forest, tree);
  const root = forest.roots[tree] as number;
  const units: Unit[] = [];
  const path: Edge[] = [];
  const visit = (node: number): boolean => {
    const leaf = right[node] === 0;
    if (leaf && (forest.value[node] === 0 || path.length === 0)) return true;
    if ((size[node - root] as number) <= 2 * MOST_NODES) {
      const unit = describe(forest, tree, node, size[node - root] as number, path, cap);
      if (unit !== null) {
        units.push(unit);
        return true;
      }
    }
    if (leaf) return false;
    for (const left of [true, false]) {
      path.push({ node, left });
      const done = visit(left ? node + 1 : (right[node] as number));
      path.pop();
      if (!done) return false;
    }
    return true;
  };
  return visit(root) ? units : null;
}

/** Nodes below and including each node of a tree, counted from its root. */
function subtreeSizes({ right, roots }: Forest, tree: number): Int32Array {
  const [root, end] = [roots[tree] as number, roots[tree + 1] as number];
  const size = new Int32Array(end - root).fill(1);
  for (let node = end - 1; node >= root; node--) {
    const other = right[node] as number;
    if (other !== 0)
      size[node - root] = 1 + (size[node + 1 - root] as number) + (size[other - root] as number);
  }
  return size;
}

function describe(
  forest: Forest,
  tree: number,
  root: number,
  size: number,
  path: readonly Edge[],
  cap: number,
): Unit | null {
  const inside = new Map<number, number[]>();
  for (const { node } of path) inside.set(forest.feature[node] as number, []);
  for (let node = root; node < root + size; node++) {
    if (forest.right[node] === 0) continue;
    const feature = forest.feature[node] as number;
    const nodes = inside.get(feature);
    if (nodes === undefined) inside.set(feature, [node]);
    else nodes.push(node);
    if (2 ** inside.size > cap) return null;
  }
  const features: UnitFeature[] = [];
  let states = 1;
  let base = 0;
  for (const [feature, nodes] of inside) {
    const above = path.filter(({ node }) => forest.feature[node] === feature);
    const { samples, classes, changes, missing } = classesOf(forest, nodes, above);
    const stride = states;
    states *= samples.length;
    if (states > cap) return null;
    const [lowest = 0] = classes;
    base += stride * lowest;
    features.push({
      feature,
      samples,
      stride,
      steps: changes.map((from, index) => ({
        from,
        step: stride * ((classes[index + 1] as number) - (classes[index] as number)),
      })),
      missingStep: stride * (missing - lowest),
    });
  }
  return { tree, root, path: [...path], features, states, base };
}

/** The ranks of one feature by what its nodes decide: equal decisions are one class, and so is every miss of the path. */
function classesOf(forest: Forest, nodes: readonly number[], above: readonly Edge[]) {
  const found: Classes = { keys: [], samples: [] };
  const classes = [classOf(forest, nodes, above, 0, found)];
  const changes: number[] = [];
  for (const rank of changesOf(forest, nodes, above)) {
    const number = classOf(forest, nodes, above, rank, found);
    if (number === classes.at(-1)) continue;
    changes.push(rank);
    classes.push(number);
  }
  return { samples: found.samples, classes, changes, missing: classOf(forest, nodes, above, -1, found) };
}

interface Classes {
  readonly keys: (number | string)[];
  readonly samples: number[];
}

function classOf(
  forest: Forest,
  nodes: readonly number[],
  above: readonly Edge[],
  rank: number,
  found: Classes,
): number {
  const key = nodes.length > 30 ? wideKey(forest, nodes, above, rank) : narrowKey(forest, nodes, above, rank);
  const known = found.keys.indexOf(key);
  if (known >= 0) return known;
  found.keys.push(key);
  return found.samples.push(rank) - 1;
}

function missesPath(forest: Forest, above: readonly Edge[], rank: number): boolean {
  for (const { node, left } of above) if (goesLeft(forest, node, rank) !== left) return true;
  return false;
}

/** The decisions of up to 30 nodes as bits; −1 for a miss of the path. */
function narrowKey(forest: Forest, nodes: readonly number[], above: readonly Edge[], rank: number): number {
  if (missesPath(forest, above, rank)) return -1;
  let key = 0;
  for (const node of nodes) key = 2 * key + (goesLeft(forest, node, rank) ? 1 : 0);
  return key;
}

function wideKey(forest: Forest, nodes: readonly number[], above: readonly Edge[], rank: number): string {
  if (missesPath(forest, above, rank)) return 'out';
  return nodes.map((node) => (goesLeft(forest, node, rank) ? '1' : '0')).join('');
}

/** The ranks at which some of these nodes decide otherwise than at the rank before, sorted. */
function changesOf(forest: Forest, nodes: readonly number[], above: readonly Edge[]): number[] {
  const found: number[] = [];
  for (const node of nodes) addChanges(forest, node, found);
  for (const { node } of above) addChanges(forest, node, found);
  return found.sort((a, b) => a - b);
}

function addChanges(forest: Forest, node: number, found: number[]): void {
  const cut = forest.cut[node] as number;
  if (cut >= 0) {
    if (!found.includes(cut + 1)) found.push(cut + 1);
    return;
  }
  const set = forest.sets[-1 - cut] as Uint8Array;
  for (let rank = 1; rank < set.length; rank++) {
    if (set[rank] !== set[rank - 1] && !found.includes(rank)) found.push(rank);
  }
}

/**
 * A forest with one tree per unit: the path to it with zero leaves beside, and the subtree itself. Shapley values are
 * linear in the leaves, so the contributions of these trees add up to those of the divided ones.
 */
export function forestOfUnits(forest: Forest, units: readonly Unit[]): Forest {
  const nodes = units.map(
    ({ tree, root, path }) => 2 * path.length + (subtreeEnd(forest, tree, root) - root),
  );
  const total = nodes.reduce((sum, count) => sum + count, 0);
  const roots = new Int32Array(units.length + 1);
  const right = new Int32Array(total);
  const feature = new Int32Array(total).fill(-1);
  const cut = new Int32Array(total);
  const missingLeft = new Uint8Array(total);
  const value = new Float64Array(total);
  const share = new Float64Array(total).fill(1);
  let depth = 0;
  let at = 0;
  const copy = (from: number, to: number) => {
    feature[to] = forest.feature[from] as number;
    cut[to] = forest.cut[from] as number;
    missingLeft[to] = forest.missingLeft[from] as number;
    value[to] = forest.value[from] as number;
  };
  units.forEach((unit, index) => {
    roots[index] = at;
    const end = subtreeEnd(forest, unit.tree, unit.root);
    const size = end - unit.root;
    const pathLength = unit.path.length;
    // an edge to the left keeps its zero leaf behind everything below it, an edge to the right before
    let last = at + (nodes[index] as number);
    unit.path.forEach(({ node, left }, place) => {
      copy(node, at);
      const other = forest.right[node] as number;
      if (left) {
        right[at] = --last;
        share[at + 1] = forest.share[node + 1] as number;
        share[last] = forest.share[other] as number;
        at += 1;
      } else {
        right[at] = at + 2;
        share[at + 1] = forest.share[node + 1] as number;
        share[at + 2] = forest.share[other] as number;
        at += 2;
      }
      depth = Math.max(depth, place + 1);
    });
    const shift = at - unit.root;
    for (let node = unit.root; node < end; node++) {
      copy(node, node + shift);
      if (node > unit.root) share[node + shift] = forest.share[node] as number;
      if (forest.right[node] !== 0) right[node + shift] = (forest.right[node] as number) + shift;
    }
    depth = Math.max(depth, pathLength + size);
    at = (roots[index] as number) + (nodes[index] as number);
  });
  roots[units.length] = at;
  return {
    ...forest,
    roots,
    treeOutput: new Int32Array(units.length),
    outputs: 1,
    base: new Float64Array(1),
    right,
    feature,
    cut,
    missingLeft,
    value,
    share,
    number: new Int32Array(total),
    depth: Math.min(depth, forest.depth),
  };
}

function subtreeEnd({ right, roots }: Forest, tree: number, root: number): number {
  let node = root;
  while (right[node] !== 0) node = right[node] as number;
  return Math.min(node + 1, roots[tree + 1] as number);
}

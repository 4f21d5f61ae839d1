import { ExplainError } from '../error.ts';
import type { Forest } from './forest.ts';
import type { Split } from './split.ts';

/** One node as a file describes it. */
export type SourceNode =
  | { readonly value: number }
  | { readonly split: Split; readonly left: number; readonly right: number };

/** One tree of a file: its nodes by the file's own numbers, from `root`. */
export interface SourceTree {
  readonly root: number;
  readonly output: number;
  /** How many node numbers there are: 0 … size−1. */
  readonly size: number;
  node(id: number): SourceNode;
  /** Training weight that reached the node; NaN when the file does not say. */
  cover(id: number): number;
  /** The number that the library itself gives to a node or leaf; the id when left out. */
  number?(id: number): number;
}

export interface ForestFrame {
  readonly features: number;
  readonly outputs: number;
  readonly base: Float64Array;
  readonly divisor: number;
  readonly inputs: Forest['inputs'];
  readonly sums: Forest['sums'];
}

const MAX_DEPTH = 1_000;
const MAX_NODES = 5_000_000;
/** Ranks are kept in 16 bits where it matters; a feature with more breakpoints than this is refused. */
const MAX_EDGES = 1_000_000;
const MAX_SET_BYTES = 256 * 1024 * 1024;

interface Laid {
  readonly splits: (Split | undefined)[];
  readonly right: number[];
  readonly value: number[];
  readonly share: number[];
  readonly number: number[];
  hasCover: boolean;
  depth: number;
}

/**
 * Checks trees from an untrusted file and lays them out.
 * @throws {ExplainError} `bad-tree` (a cycle, a shared or missing child, a wrong feature, a leaf that is not finite),
 *   `too-deep`, `out-of-limits`; the path is `tree 12, node 40`, with the file's own numbers
 */
export function buildForest(frame: ForestFrame, trees: readonly SourceTree[]): Forest {
  const seen = new Int32Array(trees.reduce((most, { size }) => Math.max(most, size), 0)).fill(-1);
  const laid: Laid = { splits: [], right: [], value: [], share: [], number: [], hasCover: true, depth: 0 };
  const roots = new Int32Array(trees.length + 1);
  trees.forEach((tree, index) => {
    if (!(Number.isInteger(tree.output) && tree.output >= 0 && tree.output < frame.outputs)) {
      bad(index, tree.root, `adds to output ${tree.output}; the model has ${frame.outputs}`);
    }
    layTree(tree, index, frame.features, laid, seen);
    roots[index + 1] = laid.right.length;
  });
  if (!frame.base.every(Number.isFinite)) throw new ExplainError('bad-tree', 'base score', 'is not finite');
  return {
    ...frame,
    roots,
    treeOutput: Int32Array.from(trees, ({ output }) => output),
    right: Int32Array.from(laid.right),
    value: Float64Array.from(laid.value),
    share: Float64Array.from(laid.share),
    number: Int32Array.from(laid.number),
    hasCover: laid.hasCover,
    depth: laid.depth,
    ...rankSplits(laid.splits, frame.features),
  };
}

interface Pending {
  readonly id: number;
  readonly share: number;
  readonly depth: number;
  /** The laid node whose right child this is; −1 for roots and left children. */
  readonly rightOf: number;
}

/** @param seen the last tree in which each node number was reached */
function layTree(tree: SourceTree, index: number, features: number, laid: Laid, seen: Int32Array): void {
  const stack: Pending[] = [{ id: tree.root, share: 1, depth: 0, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { id, share, depth, rightOf } = next;
    if (!(Number.isInteger(id) && id >= 0 && id < tree.size))
      bad(index, id, `is not among the ${tree.size} nodes of its tree`);
    if (seen[id] === index) bad(index, id, 'is reached twice: the nodes do not form a tree');
    seen[id] = index;
    if (depth > MAX_DEPTH)
      throw new ExplainError(
        'too-deep',
        `tree ${index}, node ${id}`,
        `the tree is more than ${MAX_DEPTH} deep`,
      );
    if (laid.right.length >= MAX_NODES) {
      throw new ExplainError(
        'out-of-limits',
        `tree ${index}`,
        `the trees have more than ${MAX_NODES} nodes together`,
      );
    }
    laid.depth = Math.max(laid.depth, depth);
    const place = laid.right.length;
    if (rightOf >= 0) laid.right[rightOf] = place;
    laid.right.push(0);
    laid.share.push(share);
    laid.number.push(tree.number?.(id) ?? id);
    const node = tree.node(id);
    if (!('split' in node)) {
      if (!Number.isFinite(node.value)) bad(index, id, 'has a leaf value that is not finite');
      laid.splits.push(undefined);
      laid.value.push(node.value);
      continue;
    }
    checkSplit(node.split, index, id, features);
    laid.splits.push(node.split);
    laid.value.push(0);
    const left = coverOf(tree, node.left);
    const right = coverOf(tree, node.right);
    const both = left + right;
    if (!(both > 0 && left >= 0 && right >= 0 && both < Number.POSITIVE_INFINITY)) laid.hasCover = false;
    stack.push(
      { id: node.right, share: right / both, depth: depth + 1, rightOf: place },
      { id: node.left, share: left / both, depth: depth + 1, rightOf: -1 },
    );
  }
}

function coverOf(tree: SourceTree, id: number): number {
  return Number.isInteger(id) && id >= 0 && id < tree.size ? tree.cover(id) : Number.NaN;
}

function checkSplit({ feature, edges, left }: Split, tree: number, node: number, features: number): void {
  if (!(Number.isInteger(feature) && feature >= 0 && feature < features)) {
    bad(tree, node, `splits on feature ${feature}; the model has ${features}`);
  }
  if (edges.some(Number.isNaN) || left.length !== edges.length + 1)
    bad(tree, node, 'has a threshold that is not a number');
}

function rankSplits(splits: readonly (Split | undefined)[], features: number) {
  const collected = Array.from({ length: features }, () => new Set<number>());
  for (const split of splits) {
    for (const edge of split?.edges ?? []) collected[split?.feature ?? 0]?.add(edge === 0 ? 0 : edge);
  }
  const edges = collected.map((set) => Float64Array.from(set).sort());
  const crowded = edges.findIndex(({ length }) => length > MAX_EDGES);
  if (crowded >= 0)
    throw new ExplainError(
      'out-of-limits',
      `feature ${crowded}`,
      `has more than ${MAX_EDGES} different thresholds`,
    );
  const places = edges.map((list) => new Map(Array.from(list, (edge, place) => [edge, place])));
  const sets: Uint8Array[] = [];
  let setBytes = 0;
  const feature = new Int32Array(splits.length).fill(-1);
  const cut = new Int32Array(splits.length);
  const missingLeft = new Uint8Array(splits.length);
  splits.forEach((split, node) => {
    if (split === undefined) return;
    feature[node] = split.feature;
    missingLeft[node] = split.missingLeft ? 1 : 0;
    const [first = 0] = split.edges;
    if (split.edges.length === 1 && split.left[0] === true && split.left[1] === false) {
      cut[node] = places[split.feature]?.get(first === 0 ? 0 : first) ?? 0;
      return;
    }
    const list = edges[split.feature] ?? new Float64Array();
    setBytes += list.length + 1;
    if (setBytes > MAX_SET_BYTES)
      throw new ExplainError('out-of-limits', `feature ${split.feature}`, 'has too many category sets');
    sets.push(leftRanks(split, list));
    cut[node] = -sets.length;
  });
  return { edges, sets, feature, cut, missingLeft };
}

/** 1 for every rank whose values go left. */
function leftRanks(split: Split, edges: Float64Array): Uint8Array {
  const ranks = new Uint8Array(edges.length + 1);
  let segment = 0;
  for (let rank = 0; rank <= edges.length; rank++) {
    const from = rank === 0 ? Number.NEGATIVE_INFINITY : (edges[rank - 1] ?? 0);
    while (segment < split.edges.length && (split.edges[segment] ?? 0) <= from) segment++;
    ranks[rank] = split.left[segment] === true ? 1 : 0;
  }
  return ranks;
}

function bad(tree: number, node: number, what: string): never {
  throw new ExplainError(
    'bad-tree',
    `tree ${tree}, node ${node}`,
    `${what}; the file is damaged, export it again`,
  );
}

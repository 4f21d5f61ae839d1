import type { Forest } from '../forest/forest.ts';
import { gaussLegendre } from '../forest/gauss.ts';
import { type Paths, pathsOf } from '../forest/paths.ts';
import type { Layout } from './memory.ts';
import type { RowSpace } from './row-space.ts';
import { takeSets, writeSets } from './sets.ts';

/** Rows of a block, as kernel/walk.ts works on them, and the bytes of one list of a block. */
export const BLOCK = 32;
const LIST = 4 * BLOCK;
const RECORD_WORDS = 12;
const TREE_WORDS = 8;
const LEFT_LEAF = 1;
const RIGHT_LEAF = 2;
const REPEATED = 4;
const READ_BELOW = 8;
const SET = 16;

/** Where the parts of a walk lie in the memory. */
export interface WalkPlaces {
  readonly points: readonly number[];
  readonly weights: readonly number[];
  readonly rootSum: number;
  readonly frame: number;
  readonly sets: readonly number[];
  readonly trees: number;
  readonly listed: number;
  readonly records: number;
  readonly program: number;
  readonly phi: number;
}

/** Points that the quadrature of each tree needs: ⌈d/2⌉ for d different features on a path. */
function degrees(forest: Forest, trees: readonly number[]): number[] {
  const { distinct } = pathsOf(forest);
  return trees.map((tree) => Math.max(1, ((distinct[tree] as number) + 1) >> 1));
}

/** Reserves the memory for walking these trees. */
export function takeWalk(layout: Layout, forest: Forest, trees: readonly number[]): WalkPlaces {
  const most = degrees(forest, trees).reduce((a, b) => Math.max(a, b), 1);
  const inner = trees.reduce((sum, tree) => sum + innerNodes(forest, tree), 0);
  return {
    points: Array.from({ length: most + 1 }, (_, count) => layout.take(4 * count)),
    weights: Array.from({ length: most + 1 }, (_, count) => layout.take(LIST * count)),
    rootSum: layout.take(LIST * most),
    frame: layout.take((3 + 5 * most) * LIST * (forest.depth + 1)),
    sets: takeSets(layout, forest),
    trees: layout.take(4 * TREE_WORDS * trees.length),
    listed: layout.take(4 * inner),
    records: layout.take(4 * RECORD_WORDS * inner),
    program: layout.take(8 * inner),
    phi: layout.take(LIST * forest.features),
  };
}

function innerNodes({ roots }: Forest, tree: number): number {
  return ((roots[tree + 1] as number) - (roots[tree] as number) - 1) / 2;
}

/** Writes constants, category sets, records and programs. */
export function writeWalk(
  memory: ArrayBuffer,
  at: WalkPlaces,
  space: RowSpace,
  forest: Forest,
  trees: readonly number[],
): void {
  writeConstants(memory, at);
  writeSets(forest, memory, at.sets);
  const writer = new RecordWriter(memory, at, space, forest);
  degrees(forest, trees).forEach((count, index) => {
    writer.tree(index, trees[index] as number, count);
  });
}

function writeConstants(memory: ArrayBuffer, at: WalkPlaces): void {
  const floats = new Float32Array(memory);
  for (let count = 1; count < at.points.length; count++) {
    const { points, weights } = gaussLegendre(count);
    floats.set(points, (at.points[count] as number) >> 2);
    for (let q = 0; q < count; q++) {
      const start = ((at.weights[count] as number) >> 2) + q * BLOCK;
      floats.fill(weights[q] as number, start, start + BLOCK);
    }
  }
}

class RecordWriter {
  private readonly at: WalkPlaces;
  private readonly space: RowSpace;
  private readonly forest: Forest;
  private readonly words: Int32Array;
  private readonly floats: Float32Array;
  private readonly paths: Paths;
  private readonly depthOf: Int32Array;
  private readonly listedIn: Int32Array;
  private record = 0;
  private program: number;
  private listed: number;
  /** Of the tree that is being written. */
  private current = 0;
  private firstRecord = 0;
  private size = 0;

  constructor(memory: ArrayBuffer, at: WalkPlaces, space: RowSpace, forest: Forest) {
    this.at = at;
    this.space = space;
    this.forest = forest;
    this.words = new Int32Array(memory);
    this.floats = new Float32Array(memory);
    this.paths = pathsOf(forest);
    this.depthOf = new Int32Array(forest.right.length);
    this.listedIn = new Int32Array(forest.features).fill(-1);
    this.program = at.program >> 2;
    this.listed = at.listed >> 2;
  }

  tree(index: number, tree: number, count: number): void {
    const { at, forest } = this;
    this.current = tree;
    this.firstRecord = this.record;
    this.size = LIST * count;
    const [program, listed] = [this.program, this.listed];
    const root = forest.roots[tree] as number;
    if (forest.right[root] !== 0) this.node(root, 0, at.weights[count] as number, at.rootSum);
    const entry = (at.trees >> 2) + index * TREE_WORDS;
    this.words.set(
      [
        program << 2,
        this.program << 2,
        at.records + this.firstRecord * RECORD_WORDS * 4,
        at.points[count] as number,
        count,
        listed << 2,
        this.listed - listed,
        this.space.totals + (forest.treeOutput[tree] as number) * forest.features * this.space.stride * 8,
      ],
      entry,
    );
  }

  private frameOf(depth: number): number {
    return this.at.frame + depth * (3 * LIST + 5 * this.size);
  }

  /** @param product where C of the node lies; @param sum where its S goes */
  private node(node: number, depth: number, product: number, sum: number): void {
    const { forest, words, floats, size } = this;
    const other = forest.right[node] as number;
    const leftLeaf = forest.right[node + 1] === 0;
    const rightLeaf = forest.right[other] === 0;
    const above = this.paths.sameAbove[node] as number;
    const split = forest.feature[node] as number;
    const bound = forest.cut[node] as number;
    const frame = this.frameOf(depth);
    const own = this.record++;
    const w = (this.at.records >> 2) + own * RECORD_WORDS;
    this.depthOf[node] = depth;
    if (this.listedIn[split] !== this.current) {
      this.listedIn[split] = this.current;
      words[this.listed++] = split;
    }
    words[w] =
      (leftLeaf ? LEFT_LEAF : 0) |
      (rightLeaf ? RIGHT_LEAF : 0) |
      (above >= 0 ? REPEATED : 0) |
      (this.paths.splitAgain[node] === 1 ? READ_BELOW : 0) |
      (bound < 0 ? SET : 0);
    words[w + 1] = frame;
    words[w + 2] = product;
    words[w + 3] = sum;
    // missing values are above all cuts in the first list of ranks and below in the second
    const low = bound < 0 || forest.missingLeft[node] === 1;
    words[w + 4] = (low ? forest.features + split : split) * this.space.stride * 2;
    words[w + 5] = bound < 0 ? (this.at.sets[-1 - bound] as number) : bound;
    words[w + 6] = split * LIST;
    floats[w + 7] = forest.share[node + 1] as number;
    if (above >= 0) {
      // the met mask of a left edge is the second list of the frame of the node above it, that of a right edge the third
      const entered = this.paths.parent[above] as number;
      words[w + 8] = this.frameOf(this.depthOf[entered] as number) + (above === entered + 1 ? 1 : 2) * LIST;
      floats[w + 9] = this.paths.merged[above] as number;
    }
    floats[w + 10] = forest.value[node + 1] as number;
    floats[w + 11] = forest.value[other] as number;
    const entry = (own - this.firstRecord) << 1;
    words[this.program++] = entry;
    if (leftLeaf && rightLeaf) return;
    const lists = frame + 3 * LIST;
    if (!leftLeaf) this.node(node + 1, depth + 1, lists + size, lists + 3 * size);
    if (!rightLeaf) this.node(other, depth + 1, lists + 2 * size, lists + 4 * size);
    words[this.program++] = entry | 1;
  }
}

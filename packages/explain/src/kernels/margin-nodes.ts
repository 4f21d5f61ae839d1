import { type Forest, treeCount } from '../forest/forest.ts';
import type { Layout } from './memory.ts';
import type { RowSpace } from './row-space.ts';

/** The first four levels of a tree, as a heap: 15 splits of 8 bytes and 16 nodes of 4. */
const TOP_LEVELS = 4;
const TOP_SPLITS = 2 ** TOP_LEVELS - 1;
const TOP = 8 * TOP_SPLITS + 4 * (TOP_SPLITS + 1);
/** A cut that no rank exceeds. */
const ALL_LEFT = 32_767;

/** Where the parts of the margins kernel lie in the memory. */
export interface MarginPlaces {
  readonly trees: number;
  readonly tops: number;
  readonly nodes: number;
  readonly values: number;
  /** float32 sums, one list per output, and float64 sums likewise. */
  readonly own: number;
  readonly exact: number;
}

export function takeMargins(layout: Layout, forest: Forest, space: RowSpace): MarginPlaces {
  return {
    trees: layout.take(16 * treeCount(forest)),
    tops: layout.take(TOP * treeCount(forest)),
    nodes: layout.take(16 * forest.right.length),
    values: layout.take(8 * forest.right.length),
    own: layout.take(4 * forest.outputs * space.stride),
    exact: layout.take(8 * forest.outputs * space.stride),
  };
}

/** Writes trees, nodes and values as kernel/margins.ts reads them. */
export function writeMargins(
  memory: ArrayBuffer,
  at: MarginPlaces,
  forest: Forest,
  space: RowSpace,
  sets: readonly number[],
): void {
  const { right, feature, cut, missingLeft, value, roots, treeOutput, features } = forest;
  const words = new Int32Array(memory);
  new Float64Array(memory, at.values, value.length).set(value);
  const depth = new Int32Array(right.length);
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const [root, end] = [roots[tree] as number, roots[tree + 1] as number];
    let steps = 0;
    let hasSets = 0;
    depth[root] = 0;
    for (let node = root; node < end; node++) {
      const other = right[node] as number;
      const own = at.nodes + 16 * node;
      const w = own >> 2;
      if (other === 0) {
        words[w] = 0;
        words[w + 1] = 0;
        words[w + 2] = own;
        words[w + 3] = own;
        steps = Math.max(steps, depth[node] as number);
        continue;
      }
      depth[node + 1] = depth[other] = (depth[node] as number) + 1;
      const bound = cut[node] as number;
      const isSet = bound < 0;
      const low = isSet || missingLeft[node] === 1;
      const split = feature[node] as number;
      hasSets |= isSet ? 1 : 0;
      words[w] = (low ? features + split : split) * space.stride * 2;
      words[w + 1] = isSet ? (sets[-1 - bound] as number) : bound;
      words[w + 2] = (own + 16) | (isSet ? 1 : 0);
      words[w + 3] = at.nodes + 16 * other;
    }
    words.set(
      [at.nodes + 16 * root, steps, hasSets, (treeOutput[tree] as number) * space.stride],
      (at.trees >> 2) + 4 * tree,
    );
    if (hasSets === 0) writeTop(words, at, forest, tree);
  }
}

/** Copies the offsets and cuts of the nodes that {@link writeMargins} has written. */
function writeTop(words: Int32Array, at: MarginPlaces, { roots, right }: Forest, tree: number): void {
  const top = (at.tops + TOP * tree) >> 2;
  const heap = new Int32Array(2 * TOP_SPLITS + 1);
  heap[0] = roots[tree] as number;
  for (let place = 0; place < TOP_SPLITS; place++) {
    const node = heap[place] as number;
    const other = right[node] as number;
    const w = (at.nodes >> 2) + 4 * node;
    words[top + 2 * place] = words[w] as number;
    words[top + 2 * place + 1] = other === 0 ? ALL_LEFT : (words[w + 1] as number);
    heap[2 * place + 1] = other === 0 ? node : node + 1;
    heap[2 * place + 2] = other === 0 ? node : other;
  }
  for (let place = TOP_SPLITS; place < heap.length; place++)
    words[top + TOP_SPLITS + place] = at.nodes + 16 * (heap[place] as number);
}

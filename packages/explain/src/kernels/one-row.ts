import { type Forest, treeCount } from '../forest/forest.ts';
import { gaussLegendre } from '../forest/gauss.ts';
import { pathsOf } from '../forest/paths.ts';
import { instantiate, Layout } from './memory.ts';
import { oneKernel } from './one.ts';
import { takeSets, writeSets } from './sets.ts';

const RECORD = 64;
const LEFT_LEAF = 1;
const RIGHT_LEAF = 2;
const REPEATED = 4;
const READ_BELOW = 8;
const SET = 16;

/** The rank of a missing value in the first half of {@link OneRow.ranks}. */
export const MISSING_ABOVE = 1 << 30;

/** A forest prepared for explaining single rows in float64 (kernel/one.ts). */
export interface OneRow {
  /** Per feature the rank; a missing value is {@link MISSING_ABOVE} in the first half and −1 in the second. */
  readonly ranks: Int32Array;
  /** outputs × features; `run` adds to it, before the forest's division. */
  readonly phi: Float64Array;
  run(): void;
  readonly bytes: number;
}

/** Prepares the kernel; null where WebAssembly SIMD is missing or the memory would pass 2 GB. */
export function makeOneRow(forest: Forest): OneRow | null {
  const { features, outputs } = forest;
  const trees = treeCount(forest);
  const layout = new Layout();
  const at = takePlaces(layout, forest, vectorsOf(forest));
  if (layout.bytes > 0x7fff0000) return null;
  const memory = layout.memory();
  const exports = instantiate(oneKernel, memory);
  if (exports === null) return null;
  writePoints(memory.buffer, at);
  writeSets(forest, memory.buffer, at.sets);
  writeRecords(memory.buffer, at, forest);
  return {
    ranks: new Int32Array(memory.buffer, at.ranks, 2 * features),
    phi: new Float64Array(memory.buffer, at.phi, features * outputs),
    bytes: layout.bytes,
    run() {
      exports.explain?.(at.trees, trees, at.frames);
    },
  };
}

/** Vectors of two quadrature points per tree. */
function vectorsOf(forest: Forest): Int32Array {
  return pathsOf(forest).distinct.map((count) => Math.max(1, (count + 3) >> 2));
}

type Places = ReturnType<typeof takePlaces>;

function takePlaces(layout: Layout, forest: Forest, vectors: Int32Array) {
  const { features, outputs, depth } = forest;
  const most = vectors.reduce((a, b) => Math.max(a, b), 2);
  const inner = (forest.right.length - treeCount(forest)) / 2;
  return {
    points: Array.from({ length: most + 1 }, (_, count) => layout.take(16 * count)),
    weights: Array.from({ length: most + 1 }, (_, count) => layout.take(16 * count)),
    frames: layout.take(16 * most * (4 * (depth + 2) + 1)),
    ranks: layout.take(8 * features),
    phi: layout.take(8 * features * outputs),
    met: layout.take(8 * inner),
    sets: takeSets(layout, forest),
    trees: layout.take(16 * treeCount(forest)),
    records: layout.take(RECORD * inner),
  };
}

/** An even number of points: one more than needed integrates just as exactly. */
function writePoints(memory: ArrayBuffer, at: Places): void {
  const floats = new Float64Array(memory);
  for (let size = 1; size < at.points.length; size++) {
    const { points, weights } = gaussLegendre(2 * size);
    floats.set(points, (at.points[size] as number) >> 3);
    floats.set(weights, (at.weights[size] as number) >> 3);
  }
}

function writeRecords(memory: ArrayBuffer, at: Places, forest: Forest): void {
  const { right, feature, cut, share, value, missingLeft, roots, treeOutput, features } = forest;
  const { sameAbove, merged, parent, splitAgain } = pathsOf(forest);
  const vectors = vectorsOf(forest);
  const words = new Int32Array(memory);
  const floats = new Float64Array(memory);
  const numberOf = new Int32Array(right.length).fill(-1);
  let count = 0;
  for (let node = 0; node < right.length; node++) if (right[node] !== 0) numberOf[node] = count++;
  const recordOf = (node: number) =>
    right[node] === 0 ? 0 : at.records + RECORD * (numberOf[node] as number);
  const metOf = (node: number) => at.met + 8 * (numberOf[node] as number);

  for (let tree = 0; tree < treeOutput.length; tree++) {
    const root = roots[tree] as number;
    const size = vectors[tree] as number;
    const offset = (treeOutput[tree] as number) * features;
    words.set(
      [recordOf(root), at.points[size] as number, at.weights[size] as number, 16 * size],
      (at.trees >> 2) + 4 * tree,
    );
    for (let node = root; node < (roots[tree + 1] as number); node++) {
      const other = right[node] as number;
      if (other === 0) continue;
      const bound = cut[node] as number;
      const above = sameAbove[node] as number;
      const entered = above < 0 ? node : (parent[above] as number);
      const split = feature[node] as number;
      const low = bound < 0 || missingLeft[node] === 1;
      const kind =
        (right[node + 1] === 0 ? LEFT_LEAF : 0) |
        (right[other] === 0 ? RIGHT_LEAF : 0) |
        (above >= 0 ? REPEATED : 0) |
        (splitAgain[node] === 1 ? READ_BELOW : 0) |
        (bound < 0 ? SET : 0);
      const w = recordOf(node) >> 2;
      words[w] = kind;
      words[w + 1] = at.ranks + 4 * (low ? features + split : split);
      words[w + 2] = bound < 0 ? (at.sets[-1 - bound] as number) : bound;
      words[w + 3] = at.phi + 8 * (offset + split);
      words[w + 4] = metOf(node);
      words[w + 5] = metOf(entered) + (above === entered + 1 ? 0 : 4);
      words[w + 6] = recordOf(node + 1);
      words[w + 7] = recordOf(other);
      const f = (w >> 1) + 4;
      floats[f] = share[node + 1] as number;
      floats[f + 1] = above < 0 ? 1 : (merged[above] as number);
      floats[f + 2] = value[node + 1] as number;
      floats[f + 3] = value[other] as number;
    }
  }
}

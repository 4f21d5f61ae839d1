import { type Forest, goesLeft, treeCount } from './forest.ts';

/** Adds φ of the row against one background row to `phi` (outputs × features), in units of the margin. */
export type PairExplainer = (ranks: Int32Array, background: Int32Array, phi: Float64Array) => void;

/**
 * Interventional Shapley values of one row against one background row, exact.
 *
 * A coalition takes its features from the row and the others from the background row. Only features that send the two
 * different ways matter: with p of them taken from the row and q from the background on the way to a leaf of value v,
 * each of the p gets v (p−1)! q! / (p+q)!, each of the q loses v p! (q−1)! / (p+q)! (Lundberg et al. 2020, algorithm 3;
 * the pairs of sums that travel upwards are Laberge & Pequignot 2022, "Understanding interventional TreeSHAP").
 */
export function makePairExplainer(forest: Forest): PairExplainer {
  const { right, feature, value, roots, treeOutput, features } = forest;
  const scale = 1 / forest.divisor;
  const weights = weightTable(Math.min(forest.depth, features) + 1);
  /** 0: not decided on this path; 1: from the row; 2: from the background. */
  const side = new Uint8Array(features);
  let row = new Int32Array();
  let other = new Int32Array();
  let phi = new Float64Array();
  let offset = 0;
  let losses = 0;

  /** Returns Σ v (p−1)! q! / (p+q)! over the leaves below; leaves Σ v p! (q−1)! / (p+q)! in `losses`. */
  const walk = (start: number, p: number, q: number): number => {
    let node = start;
    for (;;) {
      const next = right[node] as number;
      if (next === 0) {
        const leaf = value[node] as number;
        losses = q === 0 ? 0 : leaf * (weights[p]?.[q - 1] as number);
        return p === 0 ? 0 : leaf * (weights[q]?.[p - 1] as number);
      }
      const split = feature[node] as number;
      const fromRow = goesLeft(forest, node, row[split] as number);
      const fromOther = goesLeft(forest, node, other[split] as number);
      const decided = side[split] as number;
      if (fromRow !== fromOther && decided === 0) {
        side[split] = 1;
        const gained = walk(fromRow ? node + 1 : next, p + 1, q);
        const lost = losses;
        side[split] = 2;
        const gainedOther = walk(fromOther ? node + 1 : next, p, q + 1);
        side[split] = 0;
        phi[offset + split] = (phi[offset + split] as number) + (gained - losses) * scale;
        losses += lost;
        return gained + gainedOther;
      }
      node = (decided === 2 ? fromOther : fromRow) ? node + 1 : next;
    }
  };

  return (ranks, background, result) => {
    row = ranks as Int32Array<ArrayBuffer>;
    other = background as Int32Array<ArrayBuffer>;
    phi = result as Float64Array<ArrayBuffer>;
    for (let tree = 0; tree < treeCount(forest); tree++) {
      offset = (treeOutput[tree] as number) * features;
      walk(roots[tree] as number, 0, 0);
    }
  };
}

/** weights[a][b] = a! b! / (a+b+1)! */
function weightTable(size: number): Float64Array[] {
  return Array.from({ length: size + 1 }, (_, a) => {
    const list = new Float64Array(size + 1);
    list[0] = 1 / (a + 1);
    for (let b = 1; b <= size; b++) list[b] = ((list[b - 1] as number) * b) / (a + b + 1);
    return list;
  });
}

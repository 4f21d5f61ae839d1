import { type Forest, goesLeft } from './forest.ts';
import { gaussLegendre } from './gauss.ts';
import { pathsOf } from './paths.ts';

/** Explains single rows of ranks (−1 is missing); results are added to `phi` (outputs × features), in units of the margin. */
export interface RowExplainer {
  /** All trees. */
  row(ranks: Int32Array, phi: Float64Array): void;
  /** One tree. */
  tree(tree: number, ranks: Int32Array, phi: Float64Array): void;
}

/**
 * Path-dependent Shapley values without tables, exact up to float64 rounding.
 *
 * The Shapley value of feature j in a tree is, by the Beta integral of the subset weights,
 *   φ_j = ∫₀¹ Σ_leaves v Π_{k≠j} g_k(t) · (s_j − w_j) dt,   g_k(t) = (1−t) w_k + t s_k,
 * where s_k says whether the row meets all conditions of the path on feature k and w_k is the share of the training
 * weight that does (Lundberg et al. 2020, "From local explanations to global understanding", algorithm 2, gives the same
 * values; the integral form is that of the multilinear extension, Owen 1972). The integrand is a polynomial of degree
 * d−1 for d different features, so Gauss-Legendre with ⌈d/2⌉ points is exact.
 *
 * One walk per tree: down with C = Π g, up with S = Σ_leaves v Π g below. The two edges of a split have g's that add to
 * 1, so S = S_right + g·(S_left − S_right) and the split adds (s − w) ∫ C (S_left − S_right). When the feature was split
 * on above by an edge with g_a, g becomes the quotient of the merged edge and g_a, and the addend w_a s_a / g_a² of it.
 */
export function makeRowExplainer(forest: Forest): RowExplainer {
  const { right, feature, share, value, roots, treeOutput, features } = forest;
  const { sameAbove, merged, distinct } = pathsOf(forest);
  const scale = 1 / forest.divisor;
  const most = Math.max(1, ...distinct.map((count) => (count + 1) >> 1));
  const slots = (forest.depth + 2) * most;
  /** By depth and point: C above the node, g of its left edge, S below it, S of its left child. */
  const product = new Float64Array(slots);
  const quotient = new Float64Array(slots);
  const sum = new Float64Array(slots);
  const leftSum = new Float64Array(slots);
  const met = new Uint8Array(right.length);
  let count = 1;
  let points = gaussLegendre(1).points;
  let ranks = new Int32Array();
  let phi = new Float64Array();
  let offset = 0;

  const walk = (node: number, at: number): void => {
    const other = right[node] as number;
    const split = feature[node] as number;
    const left = goesLeft(forest, node, ranks[split] as number) ? 1 : 0;
    const weight = share[node + 1] as number;
    const above = sameAbove[node] as number;
    const aboveMet = above < 0 ? 1 : (met[above] as number);
    const aboveWeight = above < 0 ? 1 : (merged[above] as number);
    met[node + 1] = aboveMet & left;
    met[other] = aboveMet & (1 - left);
    if (aboveMet === 0) {
      for (let q = at; q < at + count; q++) quotient[q] = weight;
    } else {
      for (let q = 0; q < count; q++) {
        const t = points[q] as number;
        const reached = (1 - t) * weight;
        quotient[at + q] =
          above < 0 ? reached + t * left : (reached * aboveWeight + t * left) / ((1 - t) * aboveWeight + t);
      }
    }
    const below = at + count;
    if (right[node + 1] === 0) {
      const leaf = value[node + 1] as number;
      for (let q = at; q < below; q++) leftSum[q] = leaf;
    } else {
      for (let q = at; q < below; q++) product[q + count] = (product[q] as number) * (quotient[q] as number);
      walk(node + 1, below);
      for (let q = at; q < below; q++) leftSum[q] = sum[q + count] as number;
    }
    if (right[other] === 0) {
      const leaf = value[other] as number;
      for (let q = below; q < below + count; q++) sum[q] = leaf;
    } else {
      for (let q = at; q < below; q++)
        product[q + count] = (product[q] as number) * (1 - (quotient[q] as number));
      walk(other, below);
    }
    let total = 0;
    for (let q = 0; q < count; q++) {
      const rest = sum[below + q] as number;
      const difference = (leftSum[at + q] as number) - rest;
      sum[at + q] = rest + (quotient[at + q] as number) * difference;
      const part = (product[at + q] as number) * difference;
      if (above < 0) {
        total += part;
      } else {
        const t = points[q] as number;
        const edge = (1 - t) * aboveWeight + t;
        total += (part * aboveWeight) / (edge * edge);
      }
    }
    if (aboveMet === 1)
      phi[offset + split] = (phi[offset + split] as number) + (left - weight) * total * scale;
  };

  const explainTree = (tree: number, rowRanks: Int32Array, result: Float64Array): void => {
    ranks = rowRanks as Int32Array<ArrayBuffer>;
    phi = result as Float64Array<ArrayBuffer>;
    count = Math.max(1, ((distinct[tree] as number) + 1) >> 1);
    const rule = gaussLegendre(count);
    points = rule.points as Float64Array<ArrayBuffer>;
    product.set(rule.weights);
    offset = (treeOutput[tree] as number) * features;
    const root = roots[tree] as number;
    if (right[root] !== 0) walk(root, 0);
  };
  return {
    tree: explainTree,
    row(rowRanks, result) {
      for (let tree = 0; tree < treeOutput.length; tree++) explainTree(tree, rowRanks, result);
    },
  };
}

import { type Forest, goesLeft, treeCount } from './forest.ts';
import { gaussLegendre } from './gauss.ts';

/** Adds the Shapley interaction indices of one row to `pairs` (outputs × features × features, i < j only). */
export type PairwiseExplainer = (ranks: Int32Array, pairs: Float64Array) => void;

/**
 * Path-dependent Shapley interaction index of every pair of features, exact: per leaf
 *   I_ij = v ∫₀¹ (s_i − w_i)(s_j − w_j) Π_{k≠i,j} g_k(t) dt
 * with the notation of quadrature.ts (the second derivative of the multilinear extension along its diagonal; Grabisch &
 * Roubens 1999). Takes O(leaves · d² · ⌈(d−1)/2⌉) per row: for small models.
 */
export function makePairwiseExplainer(forest: Forest): PairwiseExplainer {
  const { right, feature, share, value, roots, treeOutput, features } = forest;
  const scale = 1 / forest.divisor;
  const order: number[] = [];
  const met = new Uint8Array(features);
  const weight = new Float64Array(features);

  const leaf = (v: number, base: number, pairs: Float64Array): void => {
    const { points, weights } = gaussLegendre(Math.max(1, order.length >> 1));
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const [i, j] = [order[a] as number, order[b] as number];
        let integral = 0;
        for (let q = 0; q < points.length; q++) {
          const t = points[q] as number;
          let product = weights[q] as number;
          for (let c = 0; c < order.length; c++) {
            if (c === a || c === b) continue;
            const k = order[c] as number;
            product *= (1 - t) * (weight[k] as number) + t * (met[k] as number);
          }
          integral += product;
        }
        const both =
          ((met[i] as number) - (weight[i] as number)) * ((met[j] as number) - (weight[j] as number));
        const place = base + Math.min(i, j) * features + Math.max(i, j);
        pairs[place] = (pairs[place] as number) + v * scale * both * integral;
      }
    }
  };

  const walk = (node: number, ranks: Int32Array, base: number, pairs: Float64Array): void => {
    const other = right[node] as number;
    if (other === 0) {
      if (value[node] !== 0) leaf(value[node] as number, base, pairs);
      return;
    }
    const split = feature[node] as number;
    const left = goesLeft(forest, node, ranks[split] as number);
    const seen = order.includes(split);
    const [metBefore, weightBefore] = seen ? [met[split] as number, weight[split] as number] : [1, 1];
    if (!seen) order.push(split);
    for (const child of [node + 1, other]) {
      met[split] = metBefore === 1 && left === (child === node + 1) ? 1 : 0;
      weight[split] = weightBefore * (share[child] as number);
      walk(child, ranks, base, pairs);
    }
    if (seen) {
      met[split] = metBefore;
      weight[split] = weightBefore;
    } else {
      order.pop();
    }
  };

  return (ranks, pairs) => {
    for (let tree = 0; tree < treeCount(forest); tree++) {
      walk(roots[tree] as number, ranks, (treeOutput[tree] as number) * features * features, pairs);
    }
  };
}

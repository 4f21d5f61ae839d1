import fc from 'fast-check';
import { buildForest, type SourceNode, type SourceTree } from '../../src/forest/builder.ts';
import { type Forest, goesLeft } from '../../src/forest/forest.ts';
import { makeRanker, type Ranker } from '../../src/forest/ranks.ts';
import { below, oneOf, type Split } from '../../src/forest/split.ts';

interface Grown {
  readonly cover: number;
  readonly value?: number;
  readonly split?: Split;
  readonly left?: Grown;
  readonly right?: Grown;
}

const value = fc.integer({ min: -20, max: 20 }).map((n) => n / 4);

function splitOn(features: number): fc.Arbitrary<Split> {
  return fc
    .record({
      feature: fc.integer({ min: 0, max: features - 1 }),
      threshold: fc.integer({ min: -3, max: 3 }).map((n) => n / 2),
      categories: fc.option(fc.uniqueArray(fc.integer({ min: -1, max: 2 }), { minLength: 1, maxLength: 3 }), {
        freq: 4,
      }),
      inGoesLeft: fc.boolean(),
      missingLeft: fc.boolean(),
    })
    .map(({ feature, threshold, categories, inGoesLeft, missingLeft }) =>
      categories === null
        ? below(feature, threshold, missingLeft)
        : oneOf(feature, categories, inGoesLeft, missingLeft),
    );
}

function grown(features: number, depth: number): fc.Arbitrary<Grown> {
  const leaf = fc.record({ cover: fc.integer({ min: 0, max: 5 }), value });
  if (depth === 0) return leaf;
  const below = grown(features, depth - 1);
  const inner = fc
    .tuple(splitOn(features), below, below)
    .map(([split, left, right]) =>
      left.cover + right.cover === 0
        ? { cover: 1, split, left: { ...left, cover: 1 }, right }
        : { cover: left.cover + right.cover, split, left, right },
    );
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 5, arbitrary: inner });
}

function sourceOf(tree: Grown, output: number): SourceTree {
  const nodes: Grown[] = [];
  const links: [number, number][] = [];
  const add = (node: Grown): number => {
    const id = nodes.push(node) - 1;
    links[id] = [-1, -1];
    if (node.left !== undefined && node.right !== undefined) links[id] = [add(node.left), add(node.right)];
    return id;
  };
  add(tree);
  return {
    root: 0,
    output,
    size: nodes.length,
    cover: (id) => nodes[id]?.cover ?? Number.NaN,
    node(id): SourceNode {
      const node = nodes[id];
      const [left, right] = links[id] ?? [-1, -1];
      return node?.split === undefined ? { value: node?.value ?? 0 } : { split: node.split, left, right };
    },
  };
}

export interface Sample {
  readonly forest: Forest;
  readonly ranker: Ranker;
  /** Values that hit thresholds, lie between them, are missing, or are categories. */
  readonly row: Float64Array;
  readonly background: Float64Array;
}

/** Small random forests with repeated features, missing values, category sets and subtrees that no training row reached. */
export function sample(features: number, depth: number, outputs = 1): fc.Arbitrary<Sample> {
  const cell = fc.oneof(
    fc.integer({ min: -4, max: 4 }).map((n) => n / 2),
    fc.constant(Number.NaN),
    fc.constant(0.25),
  );
  const rows = (count: number) =>
    fc.array(cell, { minLength: count * features, maxLength: count * features });
  return fc
    .tuple(
      fc.array(fc.tuple(grown(features, depth), fc.integer({ min: 0, max: outputs - 1 })), {
        minLength: 1,
        maxLength: 3,
      }),
      rows(1),
      rows(4),
      fc.constantFrom(1, 3),
    )
    .map(([trees, row, background, divisor]) => {
      const forest = buildForest(
        {
          features,
          outputs,
          base: new Float64Array(outputs).fill(divisor === 1 ? 0.5 : 0),
          divisor,
          inputs: 'float64',
          sums: 'float64',
        },
        trees.map(([tree, output]) => sourceOf(tree, output)),
      );
      return {
        forest,
        ranker: makeRanker(forest),
        row: Float64Array.from(row),
        background: Float64Array.from(background),
      };
    });
}

/** E[margin | the features of `known` are the row's]: unknown splits are weighted by their shares. */
export function conditional(forest: Forest, ranks: Int32Array, known: number, output: number): number {
  const visit = (node: number): number => {
    if (forest.right[node] === 0) return forest.value[node] as number;
    const [left, right] = [node + 1, forest.right[node] as number];
    const feature = forest.feature[node] as number;
    if ((known >> feature) & 1) return visit(goesLeft(forest, node, ranks[feature] as number) ? left : right);
    return (forest.share[left] as number) * visit(left) + (forest.share[right] as number) * visit(right);
  };
  let total = forest.base[output] as number;
  forest.treeOutput.forEach((own, tree) => {
    if (own === output) total += visit(forest.roots[tree] as number);
  });
  return total / forest.divisor;
}

/** Shapley values of a game on `players` players by all subsets. */
export function shapley(players: number, worth: (coalition: number) => number): Float64Array {
  const worths = Float64Array.from({ length: 2 ** players }, (_, coalition) => worth(coalition));
  const factorial = Float64Array.from({ length: players + 1 });
  factorial[0] = 1;
  for (let n = 1; n <= players; n++) factorial[n] = (factorial[n - 1] as number) * n;
  return Float64Array.from({ length: players }, (_, player) => {
    let total = 0;
    for (let coalition = 0; coalition < worths.length; coalition++) {
      if ((coalition >> player) & 1) continue;
      const size = popcount(coalition);
      const weight =
        ((factorial[size] as number) * (factorial[players - size - 1] as number)) /
        (factorial[players] as number);
      total += weight * ((worths[coalition | (1 << player)] as number) - (worths[coalition] as number));
    }
    return total;
  });
}

export function popcount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

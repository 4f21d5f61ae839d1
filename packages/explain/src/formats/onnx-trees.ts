import { ExplainError } from '../error.ts';
import type { SourceNode, SourceTree } from '../forest/builder.ts';
import { nextUp, type Split } from '../forest/split.ts';
import type { OnnxNode } from './onnx-graph.ts';
import { beforeScaling, type Scaling } from './onnx-scaler.ts';

/** The scalings that a column goes through before the trees, in order. */
export type ChainOf = (column: number) => readonly Scaling[];

type Mode = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ' | 'MEMBER';

/** Where a comparison sends values; a missing value fails every comparison but ≠, unless the node says otherwise. */
export function splitOf(
  feature: number,
  mode: Mode,
  values: readonly number[],
  missingIsTrue: boolean,
): Split {
  const [value = 0] = values;
  const missingLeft = missingIsTrue || mode === 'NEQ';
  const step = (edge: number, leftBelow: boolean): Split => ({
    feature,
    edges: [edge],
    left: [leftBelow, !leftBelow],
    missingLeft,
  });
  const points = (inside: boolean): Split => {
    const sorted = [...new Set(values)].sort((a, b) => a - b);
    return {
      feature,
      edges: sorted.flatMap((point) => [point, nextUp(point)]),
      left: [!inside, ...sorted.flatMap(() => [inside, !inside])],
      missingLeft,
    };
  };
  switch (mode) {
    case 'LT':
      return step(value, true);
    case 'LEQ':
      return step(nextUp(value), true);
    case 'GTE':
      return step(value, false);
    case 'GT':
      return step(nextUp(value), false);
    case 'EQ':
    case 'MEMBER':
      return points(true);
    case 'NEQ':
      return points(false);
  }
}

/** What the leaves of a tree operator add: parallel lists of tree, node, output and weight. */
export interface Votes {
  readonly trees: readonly number[];
  readonly nodes: readonly number[];
  readonly outputs: readonly number[];
  readonly weights: Float64Array;
}

/** Reads the `nodes_*` attributes of TreeEnsembleClassifier and TreeEnsembleRegressor: one source tree per tree and output. */
export function readOldTrees(node: OnnxNode, votes: Votes, chainOf: ChainOf): SourceTree[] {
  const treeIds = node.integers('nodes_treeids');
  const count = treeIds.length;
  const list = <T extends { readonly length: number }>(name: string, values: T, otherwise?: T): T => {
    if (values.length === 0 && otherwise !== undefined) return otherwise;
    if (values.length !== count)
      throw new ExplainError(
        'bad-tree',
        node.path,
        `${name} has ${values.length} entries for ${count} nodes`,
      );
    return values;
  };
  const none = new Float64Array(count).fill(Number.NaN);
  const nodeIds = list('nodes_nodeids', node.integers('nodes_nodeids'));
  const features = list('nodes_featureids', node.integers('nodes_featureids'));
  const modes = list('nodes_modes', node.strings('nodes_modes'));
  const values = list('nodes_values', node.numbers('nodes_values'));
  const whenTrue = list('nodes_truenodeids', node.integers('nodes_truenodeids'));
  const whenFalse = list('nodes_falsenodeids', node.integers('nodes_falsenodeids'));
  const missing = list(
    'nodes_missing_value_tracks_true',
    node.integers('nodes_missing_value_tracks_true'),
    new Array<number>(count).fill(0),
  );
  const cover = list('nodes_hitrates', node.numbers('nodes_hitrates'), none);

  const places = new Map<string, number>();
  const roots = new Map<number, number>();
  treeIds.forEach((tree, place) => {
    const key = `${tree} ${nodeIds[place]}`;
    if (places.has(key))
      throw new ExplainError('bad-tree', node.path, `tree ${tree} has node ${nodeIds[place]} twice`);
    places.set(key, place);
    if (!roots.has(tree)) roots.set(tree, place);
  });
  const placeOf = (tree: number, id: number | undefined) => places.get(`${tree} ${id}`) ?? -1;
  const isLeaf = (place: number) => modes[place] === 'LEAF';
  const covered = treeIds.every((tree, place) => {
    if (isLeaf(place)) return true;
    const sum =
      (cover[placeOf(tree, whenTrue[place])] as number) + (cover[placeOf(tree, whenFalse[place])] as number);
    return Math.abs(sum - (cover[place] as number)) <= 1e-3 * sum;
  });

  const leaves = leafValues(node, votes, placeOf);
  return [...leaves].flatMap(([output, weights]) =>
    [...roots].map(
      ([tree, root]): SourceTree => ({
        root,
        output,
        size: count,
        cover: (place) => (covered ? (cover[place] as number) : Number.NaN),
        number: (place) => nodeIds[place] as number,
        node(place): SourceNode {
          if (isLeaf(place)) return { value: weights.get(place) ?? 0 };
          const mode = /^BRANCH_(LEQ|LT|GTE|GT|EQ|NEQ)$/.exec(modes[place] as string)?.[1] as
            | Mode
            | undefined;
          if (mode === undefined)
            return node.refuse(`the comparison "${String(modes[place]).slice(0, 30)}" is not known`);
          const feature = features[place] as number;
          const split = splitOf(feature, mode, [values[place] as number], missing[place] === 1);
          return {
            split: beforeScaling(split, chainOf(feature)),
            left: placeOf(tree, whenTrue[place]),
            right: placeOf(tree, whenFalse[place]),
          };
        },
      }),
    ),
  );
}

/** Leaf weights by output, then by place of the leaf; several votes of a leaf for one output add up. */
function leafValues(
  node: OnnxNode,
  votes: Votes,
  placeOf: (tree: number, id: number | undefined) => number,
): Map<number, Map<number, number>> {
  const { trees, nodes, outputs, weights } = votes;
  if (nodes.length !== trees.length || outputs.length !== trees.length || weights.length !== trees.length) {
    throw new ExplainError('bad-tree', node.path, 'the lists of votes have different lengths');
  }
  const leaves = new Map<number, Map<number, number>>();
  trees.forEach((tree, vote) => {
    const place = placeOf(tree, nodes[vote]);
    if (place < 0)
      throw new ExplainError(
        'bad-tree',
        node.path,
        `a vote names node ${nodes[vote]} of tree ${tree}, which is not there`,
      );
    const output = outputs[vote] as number;
    const own = leaves.get(output) ?? new Map<number, number>();
    leaves.set(output, own.set(place, (own.get(place) ?? 0) + (weights[vote] as number)));
  });
  return leaves;
}

const MODES: readonly Mode[] = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];

/** Reads the attributes of TreeEnsemble (ai.onnx.ml 5), which has inner nodes and leaves apart and no covers of leaves. */
export function readNewTrees(node: OnnxNode, chainOf: ChainOf): SourceTree[] {
  const features = node.integers('nodes_featureids');
  const inner = features.length;
  const leafOutputs = node.integers('leaf_targetids');
  const leafWeights = node.tensor('leaf_weights');
  const lists = [
    node.integers('nodes_truenodeids'),
    node.integers('nodes_falsenodeids'),
    node.integers('nodes_trueleafs'),
    node.integers('nodes_falseleafs'),
  ];
  const [whenTrue = [], whenFalse = [], trueLeafs = [], falseLeafs = []] = lists;
  const modes = node.tensor('nodes_modes');
  const splits = node.tensor('nodes_splits');
  const missing = node.integers('nodes_missing_value_tracks_true');
  if (
    [...lists, modes, splits].some(({ length }) => length !== inner) ||
    leafWeights.length !== leafOutputs.length
  ) {
    throw new ExplainError('bad-tree', node.path, 'its lists of nodes or leaves have different lengths');
  }
  const members = membersOf(node, modes);
  const child = (list: readonly number[], leafs: readonly number[], place: number) =>
    leafs[place] === 1 ? inner + (list[place] as number) : (list[place] as number);
  return [...new Set(leafOutputs)].flatMap((output) =>
    node.integers('tree_roots').map(
      (root): SourceTree => ({
        // a tree of one leaf is written as a node whose two branches are that leaf
        root:
          trueLeafs[root] === 1 && falseLeafs[root] === 1 && whenTrue[root] === whenFalse[root]
            ? child(whenTrue, trueLeafs, root)
            : root,
        output,
        size: inner + leafOutputs.length,
        cover: () => Number.NaN,
        node(place): SourceNode {
          if (place >= inner)
            return {
              value: leafOutputs[place - inner] === output ? (leafWeights[place - inner] as number) : 0,
            };
          const mode = MODES[modes[place] as number];
          if (mode === undefined) return node.refuse(`the comparison ${modes[place]} is not known`);
          const feature = features[place] as number;
          const split = splitOf(
            feature,
            mode,
            members.get(place) ?? [splits[place] as number],
            missing[place] === 1,
          );
          return {
            split: beforeScaling(split, chainOf(feature)),
            left: child(whenTrue, trueLeafs, place),
            right: child(whenFalse, falseLeafs, place),
          };
        },
      }),
    ),
  );
}

/** `membership_values` holds the sets of the MEMBER nodes in order, each ended by NaN. */
function membersOf(node: OnnxNode, modes: Float64Array): ReadonlyMap<number, readonly number[]> {
  const sets: number[][] = [[]];
  for (const value of node.tensor('membership_values')) {
    if (Number.isNaN(value)) sets.push([]);
    else sets.at(-1)?.push(value);
  }
  const places = [...modes.keys()].filter((place) => modes[place] === 6);
  if (places.length > 0 && places.length > sets.filter(({ length }) => length > 0).length) {
    throw new ExplainError(
      'bad-tree',
      node.path,
      'membership_values has fewer sets than there are MEMBER nodes',
    );
  }
  return new Map(places.map((place, index) => [place, sets[index] ?? []]));
}

import type { Forest } from '../forest/forest.ts';
import type { Requirement } from './search.ts';

interface Sizes {
  /** Σ over the trees of the largest leaf, and the base, per output. */
  readonly size: Float64Array;
  readonly trees: Float64Array;
}

const sizes = new WeakMap<Forest, Sizes>();

function sizesOf(forest: Forest): Sizes {
  let found = sizes.get(forest);
  if (found === undefined) {
    const size = Float64Array.from(forest.base, Math.abs);
    const trees = new Float64Array(forest.outputs);
    forest.treeOutput.forEach((output, tree) => {
      const leaves = forest.value.subarray(forest.roots[tree], forest.roots[tree + 1]);
      size[output] =
        (size[output] as number) + leaves.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      trees[output] = (trees[output] as number) + 1;
    });
    found = { size, trees };
    sizes.set(forest, found);
  }
  return found;
}

/** How far the model's own sum of the trees can be from the exact one. */
export function slackOf(forest: Forest, requirements: readonly Requirement[]): Float64Array {
  const unit = forest.sums === 'float32' ? 2 ** -23 : 2 ** -50;
  const { size, trees } = sizesOf(forest);
  return Float64Array.from(requirements, ({ weights }) =>
    weights.reduce(
      (sum, weight, output) =>
        sum + Math.abs(weight) * unit * ((trees[output] as number) + 2) * (size[output] as number),
      0,
    ),
  );
}

import { FairnessError } from '../error.ts';

/** One set of attributes and where the sums of its groups lie. */
export interface Subset {
  /** Places of the attributes, ascending. */
  readonly attributes: readonly number[];
  /** Where its groups begin; the last attribute varies fastest. */
  readonly offset: number;
  readonly size: number;
}

/** Every group that up to `depth` attributes can make, in one array. */
export interface Lattice {
  /** Values of each attribute. */
  readonly sizes: readonly number[];
  readonly depth: number;
  readonly subsets: readonly Subset[];
  /** All groups. */
  readonly length: number;
}

/** More groups than this are not searched. */
export const MOST_GROUPS_SEARCHED = 8_000_000;

/** @throws FairnessError `too-many-cells` */
export function latticeOf(sizes: readonly number[], depth: number): Lattice {
  const subsets: Subset[] = [];
  let length = 0;
  const extend = (attributes: readonly number[], size: number) => {
    if (attributes.length > 0) {
      subsets.push({ attributes, offset: length, size });
      length += size;
    }
    if (attributes.length === depth) return;
    for (let next = (attributes.at(-1) ?? -1) + 1; next < sizes.length; next++) {
      if ((sizes[next] as number) > 0) extend([...attributes, next], size * (sizes[next] as number));
    }
  };
  extend([], 1);
  if (length > MOST_GROUPS_SEARCHED) {
    throw new FairnessError('too-many-cells', `${length} subgroups would have to be searched`, {
      mend: `At most ${MOST_GROUPS_SEARCHED} can be: name fewer attributes, attributes with fewer values, or a smaller depth`,
    });
  }
  return { sizes, depth, subsets, length };
}

/** Places and values of one group's attributes. */
export function groupAt({ subsets, sizes }: Lattice, node: number): readonly (readonly [number, number])[] {
  const subset = subsetAt(subsets, node);
  let left = node - subset.offset;
  return subset.attributes
    .toReversed()
    .map((attribute) => {
      const size = sizes[attribute] as number;
      const value = left % size;
      left = Math.floor(left / size);
      return [attribute, value] as const;
    })
    .reverse();
}

/** The group without one attribute at a time; none for a single attribute. */
export function parentsOf(lattice: Lattice, node: number): readonly number[] {
  const group = groupAt(lattice, node);
  if (group.length < 2) return [];
  return group.map((_, left) =>
    nodeOf(
      lattice,
      group.filter((__, at) => at !== left),
    ),
  );
}

export function nodeOf({ subsets, sizes }: Lattice, group: readonly (readonly [number, number])[]): number {
  const subset = subsets.find(
    ({ attributes }) =>
      attributes.length === group.length && attributes.every((attribute, at) => group[at]?.[0] === attribute),
  );
  return (
    group.reduce(
      (place, [attribute, value], at) => (at === 0 ? value : place * (sizes[attribute] as number) + value),
      0,
    ) + (subset?.offset ?? 0)
  );
}

function subsetAt(subsets: readonly Subset[], node: number): Subset {
  let [low, high] = [0, subsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((subsets[middle] as Subset).offset <= node) low = middle;
    else high = middle - 1;
  }
  return subsets[low] as Subset;
}

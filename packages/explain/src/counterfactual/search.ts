import type { Forest } from '../forest/forest.ts';
import { leafOf } from '../forest/predict.ts';
import type { Cells } from './cells.ts';
import { type Box, CollapsedTrees } from './collapsed.ts';
import { slackOf } from './slack.ts';

/** Σ weights[output] × margin[output] must be at least `atLeast`. */
export interface Requirement {
  readonly weights: Float64Array;
  readonly atLeast: number;
}

/** A combination of ranks that meets every requirement. */
export interface Hit {
  readonly cells: readonly Cells[];
  readonly ranks: Int32Array;
  readonly cost: number;
}

/** A tree that the chosen features can still decide, by its number among the collapsed ones. */
interface Open {
  readonly node: number;
  readonly output: number;
}

/** The best hits so far, shared by the searches of all subsets. */
export class SearchState {
  /** By the set of features that a hit really changes, the cheapest of each set. */
  private readonly hits = new Map<string, Hit & { readonly features: ReadonlySet<number> }>();
  private readonly wanted: number;
  /** What a change must cost less than to be of use. */
  limit = Number.POSITIVE_INFINITY;
  /** Boxes that may still be opened; below 0 the search is incomplete. */
  boxesLeft: number;
  boxes = 0;

  constructor(wanted: number, boxesLeft: number) {
    this.wanted = wanted;
    this.boxesLeft = boxesLeft;
  }

  add(hit: Hit): void {
    const changed = hit.cells.filter(({ current }, place) => hit.ranks[place] !== current);
    const features = new Set(changed.map(({ feature }) => feature));
    const key = [...features].join(' ');
    const known = this.hits.get(key);
    if (known !== undefined && known.cost <= hit.cost) return;
    this.hits.set(key, { ...hit, features });
    this.limit = this.best()[this.wanted - 1]?.cost ?? Number.POSITIVE_INFINITY;
  }

  /** The wanted hits, cheapest first; a set that contains a cheaper one is left out. */
  best(): Hit[] {
    const kept: (Hit & { readonly features: ReadonlySet<number> })[] = [];
    for (const hit of [...this.hits.values()].sort((a, b) => a.cost - b.cost)) {
      if (!kept.some(({ features }) => features.isSubsetOf(hit.features))) kept.push(hit);
    }
    return kept.slice(0, this.wanted);
  }
}

/**
 * Searches the cheapest change of exactly chosen features by branch and bound.
 *
 * A box of ranks is dropped when its cheapest corner costs too much, or when the sum over the trees of the best leaf that
 * the box can reach misses a requirement (by more than the rounding of the model's own arithmetic can make up). What is
 * accepted meets the requirements in the model's own arithmetic.
 */
export class SubsetSearch {
  private readonly forest: Forest;
  private readonly requirements: readonly Requirement[];
  private readonly ranks: Int32Array;
  private readonly state: SearchState;
  private readonly trees: CollapsedTrees;
  private readonly slack: Float64Array;
  /** Trees that the row's path leads through a split on the feature, by feature. */
  private readonly touched: readonly (readonly number[])[];
  /** The row's own leaf value of each tree. */
  private readonly own: Float64Array;
  /** Margins of the row as it is, before the forest's division. */
  private readonly unchanged: Float64Array;
  private readonly fixed: Float64Array;
  /** Sums over the open trees per requirement: of the best leaf in a box, and of the leaf at its corner. */
  private readonly best: Float64Array;
  private readonly here: Float64Array;
  private chosen: readonly Cells[] = [];
  private open: Open[] = [];

  constructor(forest: Forest, requirements: readonly Requirement[], ranks: Int32Array, state: SearchState) {
    this.forest = forest;
    this.requirements = requirements;
    this.ranks = ranks;
    this.state = state;
    this.trees = new CollapsedTrees(forest);
    this.slack = slackOf(forest, requirements);
    const touched = Array.from({ length: forest.features }, (): number[] => []);
    this.own = Float64Array.from(forest.treeOutput, (_, tree) => {
      const seen = new Set<number>();
      const root = forest.roots[tree] as number;
      const leaf = leafOf(forest, root, ranks);
      for (let node = root; node !== leaf; ) {
        seen.add(forest.feature[node] as number);
        const other = forest.right[node] as number;
        node = leaf < other ? node + 1 : other;
      }
      for (const feature of seen) touched[feature]?.push(tree);
      return forest.value[leaf] as number;
    });
    this.touched = touched;
    this.unchanged = Float64Array.from(forest.base);
    forest.treeOutput.forEach((output, tree) => {
      this.unchanged[output] = (this.unchanged[output] as number) + (this.own[tree] as number);
    });
    this.fixed = new Float64Array(forest.outputs);
    this.best = new Float64Array(requirements.length);
    this.here = new Float64Array(requirements.length);
  }

  run(cells: readonly Cells[]): void {
    const { forest, state, trees } = this;
    const chosen = cells.map((own) => affordable(own, state.limit)).filter((own) => own.low < own.high);
    if (state.boxesLeft < 0 || chosen.length < cells.length) return;
    this.chosen = chosen;
    trees.reset(this.ranks, chosen);
    this.open = [];
    this.fixed.set(this.unchanged);
    for (const tree of this.treesThrough(chosen)) {
      const output = forest.treeOutput[tree] as number;
      const node = trees.add(tree);
      const isOpen = !trees.isLeaf(node);
      if (isOpen) this.open.push({ node, output });
      const constant = isOpen ? 0 : trees.leastOf(node);
      this.fixed[output] = (this.fixed[output] as number) + constant - (this.own[tree] as number);
    }
    this.best.fill(0);
    for (const { node, output } of this.open) {
      this.requirements.forEach(({ weights }, place) => {
        const weight = weights[output] as number;
        this.best[place] =
          (this.best[place] as number) + weight * (weight > 0 ? trees.mostOf(node) : trees.leastOf(node));
      });
    }
    if (this.misses(this.best)) return;
    this.branch({
      low: Int32Array.from(chosen, ({ low }) => low),
      high: Int32Array.from(chosen, ({ high }) => high),
    });
  }

  /** The trees whose leaf for the row depends on one of the features, in order. */
  private treesThrough(chosen: readonly Cells[]): Iterable<number> {
    const [only] = chosen;
    if (only !== undefined && chosen.length === 1) return this.touched[only.feature] as readonly number[];
    return new Set(chosen.flatMap(({ feature }) => this.touched[feature] as readonly number[]));
  }

  /** Whether fixed trees and these sums over the open ones miss a requirement for sure. */
  private misses(sums: Float64Array): boolean {
    const { requirements, fixed, slack } = this;
    for (let place = 0; place < requirements.length; place++) {
      const { weights, atLeast } = requirements[place] as Requirement;
      let sum = sums[place] as number;
      for (let output = 0; output < fixed.length; output++)
        sum += (fixed[output] as number) * (weights[output] as number);
      if (sum / this.forest.divisor < atLeast - (slack[place] as number)) return true;
    }
    return false;
  }

  private branch(box: Box): void {
    const { state, trees, open, requirements, best, here } = this;
    if (--state.boxesLeft < 0) return;
    state.boxes++;
    const corner = this.cheapest(box);
    if (corner === undefined || corner.cost >= state.limit) return;
    let widest = -1;
    let width = 0;
    best.fill(0);
    here.fill(0);
    for (let index = 0; index < open.length; index++) {
      const { node, output } = open[index] as Open;
      const value = trees.valueAt(node, corner.ranks);
      for (let place = 0; place < requirements.length; place++) {
        const weight = (requirements[place] as Requirement).weights[output] as number;
        if (weight === 0) continue;
        const bound = weight * trees.bound(node, box, weight > 0 ? 1 : -1);
        best[place] = (best[place] as number) + bound;
        here[place] = (here[place] as number) + weight * value;
        if (bound - weight * value > width) {
          width = bound - weight * value;
          widest = index;
        }
      }
    }
    if (this.misses(best)) return;
    if (!this.misses(here) && this.accept(corner)) return;
    const cut = widest < 0 ? this.anyOpen(box) : trees.openSplit((open[widest] as Open).node, box);
    if (cut !== undefined) this.divide(box, cut);
  }

  /** Within the rounding slack every tree may be decided at the corner and still others reachable: any cut will do. */
  private anyOpen(box: Box) {
    for (const { node } of this.open) {
      const cut = this.trees.openSplit(node, box);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  private divide(box: Box, { place, rank }: { place: number; rank: number }): void {
    const current = (this.chosen[place] as Cells).current;
    const lower = { low: box.low, high: box.high.with(place, rank - 1) };
    const upper = { low: box.low.with(place, rank), high: box.high };
    for (const half of current < rank ? [lower, upper] : [upper, lower]) this.branch(half);
  }

  private cheapest(box: Box): { ranks: Int32Array; cost: number } | undefined {
    let total = 0;
    const ranks = new Int32Array(this.chosen.length);
    for (let place = 0; place < ranks.length; place++) {
      const { cost } = this.chosen[place] as Cells;
      let found = Number.POSITIVE_INFINITY;
      for (let rank = box.low[place] as number; rank <= (box.high[place] as number); rank++) {
        if ((cost[rank] as number) >= found) continue;
        found = cost[rank] as number;
        ranks[place] = rank;
      }
      total += found;
    }
    return total === Number.POSITIVE_INFINITY ? undefined : { ranks, cost: total };
  }

  /** Takes a corner when it meets the requirements in the model's own arithmetic. */
  private accept({ ranks, cost }: { ranks: Int32Array; cost: number }): boolean {
    const all = this.ranks.slice();
    this.chosen.forEach(({ feature }, place) => {
      all[feature] = ranks[place] as number;
    });
    if (!meets(this.forest, this.requirements, all)) return false;
    this.state.add({ cells: this.chosen, ranks, cost });
    return true;
  }
}

/** Whether a row of ranks meets the requirements in the model's own arithmetic. */
export function meets(forest: Forest, requirements: readonly Requirement[], ranks: Int32Array): boolean {
  const sums = Float64Array.from(forest.base);
  const float32 = forest.sums === 'float32';
  forest.treeOutput.forEach((output, tree) => {
    const sum =
      (sums[output] as number) +
      (forest.value[leafOf(forest, forest.roots[tree] as number, ranks)] as number);
    sums[output] = float32 ? Math.fround(sum) : sum;
  });
  return requirements.every(
    ({ weights, atLeast }) =>
      sums.reduce((total, sum, output) => total + (sum / forest.divisor) * (weights[output] as number), 0) >=
      atLeast,
  );
}

/** The cells without those at the ends that alone cost too much. */
function affordable(cells: Cells, limit: number): Cells {
  let { low, high } = cells;
  while (low < cells.current && (cells.cost[low] as number) >= limit) low++;
  while (high > cells.current && (cells.cost[high] as number) >= limit) high--;
  return { ...cells, low, high };
}

import { type Forest, goesLeft } from '../forest/forest.ts';
import type { Cells } from './cells.ts';

/** Ranks that each chosen feature may still take, inclusive. */
export interface Box {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

const NO_SPLIT = -1;

/**
 * The trees as they look when all features but a few are fixed to one row: only splits on the chosen features remain,
 * and of those only the ones that their admissible ranks can still decide either way.
 */
export class CollapsedTrees {
  private readonly forest: Forest;
  /** By node: place of the feature among the chosen ones (−1 for a leaf), the forest's node, children, bounds below. */
  private place = new Int32Array(1024);
  private source = new Int32Array(1024);
  private left = new Int32Array(1024);
  private right = new Int32Array(1024);
  private least = new Float64Array(1024);
  private most = new Float64Array(1024);
  private count = 0;
  private ranks = new Int32Array();
  private places = new Int32Array();
  private box: Box = { low: new Int32Array(), high: new Int32Array() };

  constructor(forest: Forest) {
    this.forest = forest;
    this.places = new Int32Array(forest.features).fill(NO_SPLIT);
  }

  /** Starts over with these features free and the others fixed to `ranks` (−1 is missing). */
  reset(ranks: Int32Array, chosen: readonly Cells[]): void {
    this.count = 0;
    this.ranks = ranks as Int32Array<ArrayBuffer>;
    this.places.fill(NO_SPLIT);
    chosen.forEach(({ feature }, place) => {
      this.places[feature] = place;
    });
    this.box = {
      low: Int32Array.from(chosen, ({ low }) => low),
      high: Int32Array.from(chosen, ({ high }) => high),
    };
  }

  /** Collapses one tree; returns its number here. */
  add(tree: number): number {
    return this.collapse(this.forest.roots[tree] as number);
  }

  isLeaf(node: number): boolean {
    return this.place[node] === NO_SPLIT;
  }

  leastOf(node: number): number {
    return this.least[node] as number;
  }

  mostOf(node: number): number {
    return this.most[node] as number;
  }

  private collapse(start: number): number {
    const { forest, places, ranks, box } = this;
    let node = start;
    for (let other = forest.right[node] as number; other !== 0; other = forest.right[node] as number) {
      const feature = forest.feature[node] as number;
      const place = places[feature] as number;
      let toLeft: boolean;
      if (place === NO_SPLIT) {
        toLeft = goesLeft(forest, node, ranks[feature] as number);
      } else {
        const change = this.firstChange(node, box.low[place] as number, box.high[place] as number);
        if (change > 0) return this.split(node, other, place);
        toLeft = goesLeft(forest, node, box.low[place] as number);
      }
      node = toLeft ? node + 1 : other;
    }
    const value = forest.value[node] as number;
    return this.push(NO_SPLIT, node, value, value);
  }

  private split(node: number, other: number, place: number): number {
    const own = this.push(place, node, 0, 0);
    const left = this.collapse(node + 1);
    const right = this.collapse(other);
    this.left[own] = left;
    this.right[own] = right;
    this.least[own] = Math.min(this.least[left] as number, this.least[right] as number);
    this.most[own] = Math.max(this.most[left] as number, this.most[right] as number);
    return own;
  }

  private push(place: number, source: number, least: number, most: number): number {
    if (this.count === this.place.length) this.grow();
    const own = this.count++;
    this.place[own] = place;
    this.source[own] = source;
    this.least[own] = least;
    this.most[own] = most;
    return own;
  }

  private grow(): void {
    const wider = <T extends Int32Array | Float64Array>(list: T, empty: T): T => {
      empty.set(list);
      return empty;
    };
    const size = 2 * this.place.length;
    this.place = wider(this.place, new Int32Array(size));
    this.source = wider(this.source, new Int32Array(size));
    this.left = wider(this.left, new Int32Array(size));
    this.right = wider(this.right, new Int32Array(size));
    this.least = wider(this.least, new Float64Array(size));
    this.most = wider(this.most, new Float64Array(size));
  }

  /** The first rank in (low, high] where the split decides otherwise than just before; 0 when there is none. */
  private firstChange(node: number, low: number, high: number): number {
    const cut = this.forest.cut[node] as number;
    if (cut >= 0) return low <= cut && high > cut ? cut + 1 : 0;
    const set = this.forest.sets[-1 - cut] as Uint8Array;
    for (let rank = low + 1; rank <= high; rank++) if (set[rank] !== set[rank - 1]) return rank;
    return 0;
  }

  /** The greatest (`sign` 1) or least (`sign` −1) leaf that a box can reach. */
  bound(node: number, box: Box, sign: 1 | -1): number {
    const place = this.place[node] as number;
    if (place === NO_SPLIT) return this.most[node] as number;
    const [low, high] = [box.low[place] as number, box.high[place] as number];
    const source = this.source[node] as number;
    if (this.firstChange(source, low, high) === 0) {
      return this.bound(
        (goesLeft(this.forest, source, low) ? this.left[node] : this.right[node]) as number,
        box,
        sign,
      );
    }
    const a = this.bound(this.left[node] as number, box, sign);
    const b = this.bound(this.right[node] as number, box, sign);
    return a > b === (sign === 1) ? a : b;
  }

  /** The leaf at one rank per chosen feature. */
  valueAt(start: number, ranks: Int32Array): number {
    let node = start;
    for (let place = this.place[node] as number; place !== NO_SPLIT; place = this.place[node] as number) {
      node = (
        goesLeft(this.forest, this.source[node] as number, ranks[place] as number)
          ? this.left[node]
          : this.right[node]
      ) as number;
    }
    return this.most[node] as number;
  }

  /** The first split on the way that a box leaves open: where to cut which feature; undefined when it decides the leaf. */
  openSplit(start: number, box: Box): { readonly place: number; readonly rank: number } | undefined {
    let node = start;
    for (let place = this.place[node] as number; place !== NO_SPLIT; place = this.place[node] as number) {
      const source = this.source[node] as number;
      const rank = this.firstChange(source, box.low[place] as number, box.high[place] as number);
      if (rank > 0) return { place, rank };
      node = (
        goesLeft(this.forest, source, box.low[place] as number) ? this.left[node] : this.right[node]
      ) as number;
    }
    return undefined;
  }
}

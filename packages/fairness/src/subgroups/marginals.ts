import type { Lattice } from './lattice.ts';

/** Tables up to this size are kept whole; beyond it, sums are taken from the list of cells. */
const DENSE = 1 << 22;

/**
 * Sums over every group of a lattice, out of a list of cells. One attribute after another is kept or summed out, so that
 * tables shrink before they are shared: a lattice of depth 3 over a cube of eight attributes costs about eight passes over
 * the cube, where 92 separate groupings would cost 92. While a table would not fit, the list of cells stands in for it.
 *
 * Source: Gray et al., Data Mining and Knowledge Discovery 1 (1997) 29–53 (the cube, from smallest parent), with the order
 * of attributes fixed and the depth bounded.
 */
export class Marginals {
  readonly #lattice: Lattice;
  readonly #codes: readonly Int32Array[];
  /** Values of each attribute, and one more where some cells belong to no group of it. */
  readonly #widths: readonly number[];
  readonly #order: readonly number[];
  readonly #buffers: Float64Array[] = [];
  readonly #offsets = new Map<string, number>();
  readonly #places = new Map<string, Int32Array>();
  #root: { readonly places: Int32Array; readonly size: number } | undefined;

  /** @param codes by attribute: the value of each cell, from 0, or the number of values for none */
  constructor(lattice: Lattice, codes: readonly Int32Array[]) {
    this.#lattice = lattice;
    this.#codes = codes;
    this.#widths = lattice.sizes.map((size, at) => size + (codes[at]?.includes(size) ? 1 : 0));
    // The attributes with most values first: what is summed out early is never carried along.
    this.#order = lattice.sizes
      .map((_, at) => at)
      .filter((at) => (lattice.sizes[at] as number) > 0)
      .sort((a, b) => (lattice.sizes[b] as number) - (lattice.sizes[a] as number) || a - b);
    for (const { attributes, offset } of lattice.subsets) this.#offsets.set(attributes.join(), offset);
  }

  /** Sums of one number of every cell, in the order of the lattice. */
  sums(values: ArrayLike<number>, into = new Float64Array(this.#lattice.length)): Float64Array {
    const size = this.#tableSize([], 0);
    if (size <= DENSE) this.#dense(this.#rootTable(values, size), [], 0, into);
    else this.#sparse(values, [], 0, into);
    return into;
  }

  #tableSize(kept: readonly number[], from: number): number {
    return [...kept, ...this.#order.slice(from)].reduce((size, at) => size * (this.#widths[at] as number), 1);
  }

  #rootTable(values: ArrayLike<number>, size: number): Float64Array {
    this.#root ??= { places: this.#placesOf(this.#order), size };
    const { places } = this.#root;
    const table = this.#buffer(this.#order.length, size);
    table.fill(0);
    for (let cell = 0; cell < places.length; cell++) {
      const place = places[cell] as number;
      table[place] = (table[place] as number) + (values[cell] as number);
    }
    return table;
  }

  #placesOf(attributes: readonly number[]): Int32Array {
    const places = new Int32Array(this.#codes[0]?.length ?? 0);
    for (const attribute of attributes) {
      const codes = this.#codes[attribute] as Int32Array;
      const width = this.#widths[attribute] as number;
      for (let cell = 0; cell < places.length; cell++) {
        places[cell] = (places[cell] as number) * width + (codes[cell] as number);
      }
    }
    return places;
  }

  /** `table` is laid out by the attributes kept, then by those from `from` on; the last varies fastest. */
  #dense(table: Float64Array, kept: readonly number[], from: number, into: Float64Array): void {
    const attribute = this.#order[from];
    if (attribute === undefined || kept.length === this.#lattice.depth) {
      if (kept.length > 0) this.#store(table, kept, this.#tableSize([], from), into);
      return;
    }
    const width = this.#widths[attribute] as number;
    const inner = this.#tableSize([], from + 1);
    const outer = this.#tableSize(kept, this.#order.length);
    const less = this.#buffer(from, outer * inner);
    sumOut(table, less, { outer, width, inner });
    this.#dense(less, kept, from + 1, into);
    this.#dense(table, [...kept, attribute], from + 1, into);
  }

  #sparse(values: ArrayLike<number>, kept: readonly number[], from: number, into: Float64Array): void {
    const attribute = this.#order[from];
    const done = attribute === undefined || kept.length === this.#lattice.depth;
    const layout = done ? kept : [...kept, ...this.#order.slice(from)];
    if (done && kept.length === 0) return;
    const size = this.#tableSize(layout, this.#order.length);
    if (done || size <= DENSE) {
      const table = new Float64Array(size);
      const places = this.#placesOf(layout);
      for (let cell = 0; cell < places.length; cell++) {
        const place = places[cell] as number;
        table[place] = (table[place] as number) + (values[cell] as number);
      }
      if (done) this.#store(table, kept, 1, into);
      else this.#dense(table, kept, from, into);
      return;
    }
    this.#sparse(values, kept, from + 1, into);
    this.#sparse(values, [...kept, attribute], from + 1, into);
  }

  /** Copies a table of the attributes kept (each cell followed by `inner` parts to add) to its place. */
  #store(table: Float64Array, kept: readonly number[], inner: number, into: Float64Array): void {
    const places = this.#targets(kept);
    for (let cell = 0, part = 0; cell < places.length; cell++) {
      let sum = 0;
      for (const end = part + inner; part < end; part++) sum += table[part] as number;
      const place = places[cell] as number;
      if (place >= 0) into[place] = sum;
    }
  }

  /** Where each cell of a table of the attributes kept lies in the lattice; −1 for cells of no group. */
  #targets(kept: readonly number[]): Int32Array {
    const key = kept.join();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const { sizes } = this.#lattice;
    const sorted = kept.toSorted((a, b) => a - b);
    const strides = kept.map((attribute) =>
      sorted.slice(sorted.indexOf(attribute) + 1).reduce((stride, at) => stride * (sizes[at] as number), 1),
    );
    const places = new Int32Array(this.#tableSize(kept, this.#order.length)).map((_, cell) => {
      let place = this.#offsets.get(sorted.join()) ?? 0;
      let left = cell;
      for (let at = kept.length - 1; at >= 0; at--) {
        const attribute = kept[at] as number;
        const width = this.#widths[attribute] as number;
        const value = left % width;
        left = (left - value) / width;
        if (value >= (sizes[attribute] as number)) return -1;
        place += value * (strides[at] as number);
      }
      return place;
    });
    this.#places.set(key, places);
    return places;
  }

  #buffer(level: number, size: number): Float64Array {
    let buffer = this.#buffers[level];
    if (buffer === undefined || buffer.length < size) {
      buffer = new Float64Array(size);
      this.#buffers[level] = buffer;
    }
    return buffer;
  }
}

/** Sums one attribute out: `outer` blocks of `width` runs of `inner` numbers become blocks of one run. */
function sumOut(
  from: Float64Array,
  into: Float64Array,
  { outer, width, inner }: { readonly outer: number; readonly width: number; readonly inner: number },
): void {
  const block = width * inner;
  if (inner >= LONG_RUN) {
    for (let start = 0, target = 0; target < outer * inner; start += block, target += inner) {
      for (let i = 0; i < inner; i++) into[target + i] = from[start + i] as number;
      for (let run = start + inner; run < start + block; run += inner) {
        for (let i = 0; i < inner; i++)
          into[target + i] = (into[target + i] as number) + (from[run + i] as number);
      }
    }
    return;
  }
  for (let start = 0, target = 0; target < outer * inner; start += block) {
    for (let i = 0; i < inner; i++, target++) {
      let sum = 0;
      for (let at = start + i; at < start + block; at += inner) sum += from[at] as number;
      into[target] = sum;
    }
  }
}

const LONG_RUN = 32;

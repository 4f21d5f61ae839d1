import { MISSING_RANK } from '../kernels/row-space.ts';
import type { Forest } from './forest.ts';

/**
 * Turns values into ranks by a bucketed table: the bucket gives the number of edges in lower buckets, a step or two adds those
 * of its own. Buckets rise with values whatever the rounding, so edges of lower buckets lie below the value and the result is
 * exact.
 */
export interface Ranker {
  /** The rank of a value that is not missing. */
  rank(feature: number, value: number): number;
  /** Ranks of one row from `offset` into `ranks` (one per feature; −1 is missing). */
  row(data: ArrayLike<number>, offset: number, ranks: Int32Array): void;
  /**
   * Ranks of one feature for many rows, in 16 bits, written twice: a missing value is {@link MISSING_RANK} at `high` and
   * −1 at `low`.
   */
  list(
    feature: number,
    data: Float32Array | Float64Array,
    offset: number,
    rows: number,
    ranks: Int16Array,
    high: number,
    low: number,
  ): void;
}

interface Buckets {
  /** The edges, then infinity. */
  readonly edges: Float64Array;
  readonly origin: number;
  readonly perUnit: number;
  readonly last: number;
  readonly first: Int32Array;
}

export function makeRanker(forest: Forest): Ranker {
  const tables = forest.edges.map(makeBuckets);
  const float32 = forest.inputs === 'float32';
  const rank = (feature: number, value: number): number => {
    const table = tables[feature];
    if (table === undefined) return 0;
    return rankIn(table, float32 ? Math.fround(value) : value);
  };
  return {
    rank,
    row(data, offset, ranks) {
      for (let feature = 0; feature < tables.length; feature++) {
        const value = data[offset + feature] as number;
        ranks[feature] = Number.isNaN(value) ? -1 : rank(feature, value);
      }
    },
    list(feature, data, offset, rows, ranks, high, low) {
      const table = tables[feature];
      let at = offset;
      for (let row = 0; row < rows; row++, at += forest.features) {
        const value = data[at] as number;
        if (Number.isNaN(value)) {
          ranks[high + row] = MISSING_RANK;
          ranks[low + row] = -1;
        } else {
          const found = table === undefined ? 0 : rankIn(table, float32 ? Math.fround(value) : value);
          ranks[high + row] = found;
          ranks[low + row] = found;
        }
      }
    },
  };
}

function makeBuckets(edges: Float64Array): Buckets | undefined {
  const count = edges.length;
  if (count === 0) return undefined;
  const last = Math.max(256, 1 << Math.ceil(Math.log2(count * 16)));
  const origin = edges[0] as number;
  const width = (edges[count - 1] as number) - origin;
  const perUnit = Number.isFinite(width) && width > 0 && Number.isFinite(last / width) ? last / width : 0;
  const first = new Int32Array(last + 1);
  for (let bucket = 0, place = 0; bucket <= last; bucket++) {
    while (place < count && bucketOf(edges[place] as number, origin, perUnit, last) < bucket) place++;
    first[bucket] = place;
  }
  const guarded = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  guarded.set(edges);
  return { edges: guarded, origin, perUnit, last, first };
}

function bucketOf(value: number, origin: number, perUnit: number, last: number): number {
  const bucket = (value - origin) * perUnit;
  return bucket > 0 ? (bucket < last ? bucket | 0 : last) : 0;
}

function rankIn({ edges, origin, perUnit, last, first }: Buckets, value: number): number {
  let place = first[bucketOf(value, origin, perUnit, last)] as number;
  while ((edges[place] as number) <= value) place++;
  return place;
}

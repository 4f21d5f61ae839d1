import { ExplainError } from '../error.ts';
import { greatestFloat32Below, leastFloat32From } from '../forest/float32.ts';
import { nextUp } from '../forest/split.ts';

/** A feature that may be changed, and how. */
export interface ChangeableFeature {
  readonly feature: number;
  /** Cost of one unit of change, above 0; 1 / standard deviation makes costs comparable. Default 1. */
  readonly cost?: number;
  readonly min?: number;
  readonly max?: number;
  /** "age only rises": `up`. */
  readonly direction?: 'up' | 'down';
  /** Only whole numbers. */
  readonly integer?: boolean;
  /** Only these values; each costs `cost`, whatever its distance (categories). */
  readonly values?: readonly number[];
}

/**
 * The values that matter for one feature: within a cell (a rank of the forest) all values give the same margins, so each
 * cell is represented by its cheapest admissible value.
 */
export interface Cells {
  readonly feature: number;
  readonly from: number;
  /** Rank of the recorded value. */
  readonly current: number;
  /** Cost per rank; 0 for the recorded one, Infinity where no value is admissible. */
  readonly cost: Float64Array;
  /** The value that stands for each rank. */
  readonly to: Float64Array;
  /** Lowest and highest admissible rank. */
  readonly low: number;
  readonly high: number;
}

/**
 * Works out the cells of a feature whose recorded value is `from`; null when it is missing or nothing is admissible.
 * @throws {ExplainError} `bad-question` for a cost that is not above 0 or an infinite value
 */
export function cellsOf(
  wish: ChangeableFeature,
  from: number,
  edges: Float64Array,
  float32: boolean,
  rankOf: (value: number) => number,
): Cells | null {
  const price = wish.cost ?? 1;
  if (!(price > 0 && Number.isFinite(price))) refuse(wish, 'needs a finite cost above 0');
  if (wish.values?.some((value) => !Number.isFinite(value))) refuse(wish, 'lists a value that is not finite');
  if (Number.isNaN(from)) return null;
  const current = rankOf(from);
  const cost = new Float64Array(edges.length + 1).fill(Number.POSITIVE_INFINITY);
  const to = new Float64Array(edges.length + 1).fill(Number.NaN);
  cost[current] = 0;
  to[current] = from;
  if (wish.values === undefined) {
    for (let rank = 0; rank <= edges.length; rank++) {
      if (rank === current) continue;
      const value =
        rank < current ? highestIn(wish, edges, rank, float32) : lowestIn(wish, edges, rank, float32);
      if (!allowed(wish, from, value) || rankOf(value) !== rank) continue;
      cost[rank] = Math.abs(value - from) * price;
      to[rank] = value;
    }
  } else {
    for (const value of wish.values) {
      const rank = rankOf(value);
      if (rank === current || !allowed(wish, from, value)) continue;
      cost[rank] = price;
      to[rank] = value;
    }
  }
  let low = 0;
  while (cost[low] === Number.POSITIVE_INFINITY) low++;
  let high = edges.length;
  while (cost[high] === Number.POSITIVE_INFINITY) high--;
  return low === high ? null : { feature: wish.feature, from, current, cost, to, low, high };
}

/** The least admissible value of a cell above the recorded one. */
function lowestIn(
  { min, integer }: ChangeableFeature,
  edges: Float64Array,
  rank: number,
  float32: boolean,
): number {
  const edge = edges[rank - 1] as number;
  const value = Math.max(
    float32 && integer !== true ? leastFloat32From(edge) : edge,
    min ?? Number.NEGATIVE_INFINITY,
  );
  return integer === true ? Math.ceil(value) : value;
}

/** The greatest admissible value of a cell below the recorded one. */
function highestIn(
  { max, integer }: ChangeableFeature,
  edges: Float64Array,
  rank: number,
  float32: boolean,
): number {
  const edge = edges[rank] as number;
  const below =
    integer === true ? Math.ceil(edge) - 1 : float32 ? greatestFloat32Below(edge) : -nextUp(-edge);
  const value = Math.min(below, max ?? Number.POSITIVE_INFINITY);
  return integer === true ? Math.floor(value) : value;
}

function allowed({ min, max, direction, integer }: ChangeableFeature, from: number, value: number): boolean {
  if (!Number.isFinite(value) || (min !== undefined && value < min) || (max !== undefined && value > max))
    return false;
  if (integer === true && !Number.isInteger(value)) return false;
  return direction === undefined || (direction === 'up' ? value > from : value < from);
}

function refuse(wish: ChangeableFeature, what: string): never {
  throw new ExplainError('bad-question', `feature ${wish.feature}`, what);
}

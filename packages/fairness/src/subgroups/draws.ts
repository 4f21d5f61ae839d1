import { logFactorial } from '../statistics/gamma.ts';
import { binomial, type Random } from '../statistics/index.ts';

const LARGEST_TABLE = 1 << 12;
const GUIDES = 256;
/** Draws see the unit interval in so many parts. */
const UNITS = 2 ** 32;

/** A distribution as a table, and where to begin looking in it for each 256th of the unit interval. */
interface Table {
  readonly cumulative: Float64Array;
  readonly guide: Uint16Array;
}

/**
 * Draws the successes of every cell at once, each from its own binomial distribution with one probability, again and
 * again, by inversion in tables that cells of the same size share.
 *
 * Source: Chen & Asau, AIIE Transactions 6 (1974) 163–166 (guide tables).
 */
export class BinomialDraws {
  readonly #random: Random;
  readonly #p: number;
  readonly #trials: Float64Array;
  readonly #tables: readonly (Table | undefined)[];

  constructor(random: Random, trials: Float64Array, p: number) {
    this.#random = random;
    this.#p = p;
    this.#trials = trials;
    const made = new Map<number, Table>();
    this.#tables = Array.from(trials, (n) => {
      if (n > LARGEST_TABLE) return undefined;
      const table = made.get(n) ?? tableOf(n, p);
      made.set(n, table);
      return table;
    });
  }

  /** Draws into `into` and gives the sum. */
  draw(into: Float64Array): number {
    const random = this.#random;
    let all = 0;
    for (let cell = 0; cell < into.length; cell++) {
      const trials = this.#trials[cell] as number;
      let hits = 0;
      if (trials > 0) {
        const table = this.#tables[cell];
        if (table === undefined) hits = binomial(random, trials, this.#p);
        else {
          const u = (random.index(UNITS) + 0.5) / UNITS;
          const { cumulative, guide } = table;
          hits = guide[(u * GUIDES) | 0] as number;
          while ((cumulative[hits] as number) < u) hits++;
        }
      }
      into[cell] = hits;
      all += hits;
    }
    return all;
  }
}

function tableOf(trials: number, p: number): Table {
  const cumulative = cumulativeOf(trials, p);
  let at = 0;
  const guide = Uint16Array.from({ length: GUIDES }, (_, part) => {
    while ((cumulative[at] as number) < part / GUIDES) at++;
    return at;
  });
  return { cumulative, guide };
}

/** `P(X ≤ k)` for k from 0 to `trials`. */
function cumulativeOf(trials: number, p: number): Float64Array {
  const table = new Float64Array(trials + 1);
  let sum = 0;
  for (let k = 0; k <= trials; k++) {
    const log =
      logFactorial(trials) -
      logFactorial(k) -
      logFactorial(trials - k) +
      (k === 0 ? 0 : k * Math.log(p)) +
      (k === trials ? 0 : (trials - k) * Math.log1p(-p));
    sum += Math.exp(log);
    table[k] = sum;
  }
  table[trials] = 1;
  return table;
}

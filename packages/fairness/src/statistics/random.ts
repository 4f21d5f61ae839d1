import { logFactorial } from './gamma.ts';

/** Seeded random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in (0, 1), 53 bits. */
  uniform(): number;
  /** A whole number from 0 to `below` − 1. */
  index(below: number): number;
}

/**
 * The generator xoshiro128** seeded through splitmix32.
 *
 * Source: Blackman & Vigna, ACM Transactions on Mathematical Software 47 (2021), article 36.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const fill = () => {
    state = (state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) | 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill() | 1];
  const next = () => {
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return {
    uniform: () => (next() * 2097152 + (next() >>> 11) + 0.5) / 9007199254740992,
    index: (below) => Math.floor((next() / 4294967296) * below),
  };
}

/** A draw from the binomial distribution, exact, by inversion from the mode: time grows with its standard deviation. */
export function binomial(random: Random, trials: number, p: number): number {
  if (trials === 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (trials <= 8) {
    let successes = 0;
    for (let i = 0; i < trials; i++) if (random.uniform() < p) successes++;
    return successes;
  }
  const mode = Math.floor((trials + 1) * p);
  const odds = p / (1 - p);
  const top = Math.exp(
    logFactorial(trials) -
      logFactorial(mode) -
      logFactorial(trials - mode) +
      mode * Math.log(p) +
      (trials - mode) * Math.log1p(-p),
  );
  return fromMode(random, mode, 0, trials, top, (k) => ((trials - k) / (k + 1)) * odds);
}

/**
 * How many of `marked` things in a `population` are among `drawn` taken without replacement: a draw from the
 * hypergeometric distribution, exact, by inversion from the mode.
 */
export function hypergeometric(random: Random, population: number, marked: number, drawn: number): number {
  if (drawn === 0 || marked === 0) return 0;
  if (drawn === population) return marked;
  if (drawn <= 8) {
    let hits = 0;
    for (let i = 0; i < drawn; i++) if (random.uniform() * (population - i) < marked - hits) hits++;
    return hits;
  }
  const plain = population - marked;
  const mode = Math.floor(((drawn + 1) * (marked + 1)) / (population + 2));
  const top = Math.exp(
    logFactorial(marked) -
      logFactorial(mode) -
      logFactorial(marked - mode) +
      logFactorial(plain) -
      logFactorial(drawn - mode) -
      logFactorial(plain - drawn + mode) -
      logFactorial(population) +
      logFactorial(drawn) +
      logFactorial(population - drawn),
  );
  const lowest = Math.max(0, drawn - plain);
  const highest = Math.min(marked, drawn);
  return fromMode(
    random,
    mode,
    lowest,
    highest,
    top,
    (k) => ((marked - k) / (k + 1)) * ((drawn - k) / (plain - drawn + k + 1)),
  );
}

/** Inversion that walks outwards from the mode; `up(k)` is the probability of k + 1 over that of k. */
function fromMode(
  random: Random,
  mode: number,
  lowest: number,
  highest: number,
  top: number,
  up: (k: number) => number,
): number {
  for (;;) {
    let left = random.uniform() - top;
    if (left < 0) return mode;
    let [above, below] = [mode, mode];
    let [pAbove, pBelow] = [top, top];
    while ((above < highest && pAbove > 0) || (below > lowest && pBelow > 0)) {
      if (above < highest) {
        pAbove *= up(above++);
        left -= pAbove;
        if (left < 0) return above;
      }
      if (below > lowest) {
        pBelow /= up(--below);
        left -= pBelow;
        if (left < 0) return below;
      }
    }
  }
}

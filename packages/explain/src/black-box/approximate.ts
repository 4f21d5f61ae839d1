import { ExplainError } from '../error.ts';
import type { Rows } from '../forest/rows.ts';
import type { AskRows } from './ask.ts';
import { makeRandom, shuffle } from './random.ts';

export interface ApproximationOptions {
  /** Pairs of permutations per row, at least 8; 64 by default. The standard error falls with their square root. */
  readonly pairs?: number;
  /** Stop earlier, when no standard error is above this part of the largest contribution. */
  readonly tolerance?: number;
  /** Most rows that the model is asked for one explained row; 20,000 by default. */
  readonly maxEvaluations?: number;
  /** The same seed gives the same numbers; 1 by default. */
  readonly seed?: number;
}

/** Estimated Shapley values; never to be shown as exact. */
export interface ApproximateContributions {
  readonly approximate: true;
  /** outputs × features, in units of the model's answer. */
  readonly values: Float64Array;
  /** Standard error of each value, over the pairs. */
  readonly standardErrors: Float64Array;
  /** Mean answer over the background rows that were drawn, per output. */
  readonly bias: Float64Array;
  /** The model's answer for the row. */
  readonly margin: Float64Array;
  /** Largest |bias + Σ values − margin|: sampling keeps the sum exact, only its parts are uncertain. */
  readonly additivity: number;
  readonly pairs: number;
  readonly evaluations: number;
}

const LEAST_PAIRS = 8;

/**
 * Shapley values of one row against background rows by sampling permutations (Castro, Gómez & Tejada 2009; Štrumbelj &
 * Kononenko 2014), each with its reverse (antithetic pairs, Mitchell et al. 2022 §4.1). What is not known of the row is
 * taken from one background row per pair, each as often as the others.
 * @param ask answers rows × outputs; must give the same answer for the same row
 * @throws {ExplainError} `bad-rows`, `bad-question`, what `ask` throws, or `bad-answer` when the model contradicts itself
 */
export async function approximateContributions(
  ask: AskRows,
  row: Float32Array | Float64Array,
  background: Rows,
  options: ApproximationOptions = {},
): Promise<ApproximateContributions> {
  const { pairs = 64, tolerance = 0, maxEvaluations = 20_000, seed = 1 } = options;
  const columns = row.length;
  if (background.count === 0 || background.data.length !== background.count * columns)
    throw new ExplainError('bad-rows', 'background', `needs at least one row, of ${columns} columns`);
  const affordable = Math.floor((maxEvaluations - 1) / (2 * columns + 2));
  if (!(Number.isInteger(pairs) && pairs >= LEAST_PAIRS && affordable >= LEAST_PAIRS))
    throw new ExplainError(
      'bad-question',
      'pairs',
      `at least ${LEAST_PAIRS} pairs of permutations are needed, and ${LEAST_PAIRS * (2 * columns + 2) + 1} evaluations for ${columns} features`,
    );
  const planned = planOf(Math.min(pairs, affordable), background.count);
  const random = makeRandom(seed);
  const draw = drawInTurn(background.count, random);
  const margin = await ask({ data: Float64Array.from(row), count: 1 });
  const found = new Moments(margin.length * columns);
  const bias = new Moments(margin.length);
  let evaluations = 1;
  const strata = Array.from({ length: planned.strata }, () => new Moments(found.mean.length));
  const errors = () => (strata.length === 0 ? found.standardErrors() : pooledErrors(strata, found.count));
  while (found.count < planned.pairs) {
    const place = draw();
    const other = background.data.subarray(place * columns, (place + 1) * columns);
    const order = shuffle(columns, random);
    const walks = [walkOf(row, other, order), walkOf(row, other, order.toReversed())];
    const rows = Float64Array.from(walks.flatMap(({ rows: own }) => own));
    const count = rows.length / columns;
    const answers = await ask({ data: rows, count });
    evaluations += count;
    checkSame(answers, margin, walks[0]?.features.length ?? 0);
    const { gained, start } = gainsOf(walks, answers, margin.length, columns);
    found.add(gained);
    strata[place]?.add(gained);
    bias.add(start);
    const whole =
      strata.length === 0 || (found.count % strata.length === 0 && found.count >= 2 * strata.length);
    if (tolerance > 0 && found.count >= LEAST_PAIRS && whole && within(tolerance, found.mean, errors()))
      break;
  }
  const values = found.mean;
  return {
    approximate: true,
    values,
    standardErrors: errors(),
    bias: bias.mean,
    margin,
    additivity: gapOf(values, bias.mean, margin, columns),
    pairs: found.count,
    evaluations,
  };
}

/**
 * With at least two pairs per background row, each row is drawn equally often and is a stratum of its own: its choice then
 * adds nothing to the error (Cochran 1977, §5.3). With fewer, the error counts it, which is on the safe side.
 */
function planOf(most: number, rows: number): { pairs: number; strata: number } {
  const rounds = Math.floor(most / rows);
  return rounds >= 2 && rounds * rows >= LEAST_PAIRS
    ? { pairs: rounds * rows, strata: rows }
    : { pairs: most, strata: 0 };
}

function pooledErrors(strata: readonly Moments[], count: number): Float64Array {
  const variances = strata.map((own) => own.variances());
  return Float64Array.from(variances[0] ?? [], (_, place) =>
    Math.sqrt(variances.reduce((sum, own) => sum + (own[place] as number), 0) / strata.length / count),
  );
}

function within(tolerance: number, values: Float64Array, errors: Float64Array): boolean {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return errors.every((error) => error <= tolerance * largest);
}

interface Walk {
  /** The features that differ, in the order in which they become known. */
  readonly features: readonly number[];
  /** The background row, then with one more feature of the explained row each. */
  readonly rows: readonly number[];
}

function walkOf(row: ArrayLike<number>, other: ArrayLike<number>, order: readonly number[]): Walk {
  const features = order.filter((feature) => !Object.is(row[feature], other[feature]));
  const current = Array.from(other);
  const rows = [...current];
  for (const feature of features) {
    current[feature] = row[feature] as number;
    rows.push(...current);
  }
  return { features, rows };
}

/** What each feature added, the mean of the walks of a pair; and the answer for the background row. */
function gainsOf(walks: readonly Walk[], answers: Float64Array, outputs: number, columns: number) {
  const gained = new Float64Array(outputs * columns);
  const start = answers.slice(0, outputs);
  let at = 0;
  for (const { features } of walks) {
    for (const feature of features) {
      for (let output = 0; output < outputs; output++) {
        const gain = (answers[at + outputs + output] as number) - (answers[at + output] as number);
        const place = output * columns + feature;
        gained[place] = (gained[place] as number) + gain / walks.length;
      }
      at += outputs;
    }
    at += outputs;
  }
  return { gained, start };
}

/** The end of every walk is the row itself: the model must answer as it did before. */
function checkSame(answers: Float64Array, margin: Float64Array, steps: number): void {
  margin.forEach((own, output) => {
    const again = answers[steps * margin.length + output] as number;
    if (Math.abs(again - own) > 1e-6 * Math.max(1, Math.abs(own)))
      throw new ExplainError(
        'bad-answer',
        'answer',
        'the model answers differently for the same row; it cannot be explained',
      );
  });
}

function gapOf(values: Float64Array, bias: Float64Array, margin: Float64Array, columns: number): number {
  return margin.reduce((most, own, output) => {
    const sum = values
      .subarray(output * columns, (output + 1) * columns)
      .reduce((a, b) => a + b, bias[output] as number);
    return Math.max(most, Math.abs(sum - own));
  }, 0);
}

/** Every place once in a random order, then all again in another. */
function drawInTurn(count: number, random: () => number): () => number {
  let waiting: number[] = [];
  return () => {
    if (waiting.length === 0) waiting = shuffle(count, random);
    return waiting.pop() as number;
  };
}

/** Running means and variances of a list of numbers (Welford 1962). */
class Moments {
  count = 0;
  readonly mean: Float64Array;
  private readonly squares: Float64Array;

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  add(sample: Float64Array): void {
    this.count++;
    sample.forEach((value, place) => {
      const before = value - (this.mean[place] as number);
      this.mean[place] = (this.mean[place] as number) + before / this.count;
      this.squares[place] = (this.squares[place] as number) + before * (value - (this.mean[place] as number));
    });
  }

  variances(): Float64Array {
    return this.squares.map((sum) => sum / (this.count - 1));
  }

  standardErrors(): Float64Array {
    return this.variances().map((variance) => Math.sqrt(variance / this.count));
  }
}

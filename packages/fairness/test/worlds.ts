import { assemble, binomial, type Cells, seededRandom } from '../src/index.ts';

export interface Planted {
  /** Attribute and value, by place. */
  readonly at: readonly (readonly [attribute: number, value: number])[];
  readonly lift: number;
}

/** People spread evenly over every combination of values; a rate that is the same everywhere but where it was planted. */
export function world(
  seed: number,
  rows: number,
  sizes: readonly number[],
  rate: number,
  planted?: Planted,
): Cells {
  const random = seededRandom(seed);
  const space = sizes.reduce((product, size) => product * size, 1);
  const people = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const place = random.index(space);
    people.set(place, (people.get(place) ?? 0) + 1);
  }
  const attributes = sizes.map((_, at) => ({ name: `a${at}`, values: [] as string[] }));
  const prediction: string[] = [];
  const count: number[] = [];
  for (const [place, n] of people) {
    let left = place;
    const values = sizes.map((size) => {
      const value = left % size;
      left = (left - value) / size;
      return value;
    });
    const lift = planted?.at.every(([attribute, value]) => values[attribute] === value) ? planted.lift : 0;
    const positives = binomial(random, n, rate + lift);
    for (const [outcome, times] of [
      ['yes', positives],
      ['no', n - positives],
    ] as const) {
      if (times === 0) continue;
      for (const [at, value] of values.entries()) attributes[at]?.values.push(`v${value}`);
      prediction.push(outcome);
      count.push(times);
    }
  }
  return assemble({ attributes, roles: { prediction: { name: 'prediction', values: prediction } }, count });
}

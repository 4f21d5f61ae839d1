import { type Count, effectiveCount, type WeightSums } from '../statistics/index.ts';
import type { Slot, Tally } from './tally.ts';

/** Every rate that is computed, in the order in which reports show them. */
export const METRICS = [
  'selection',
  'prevalence',
  'tpr',
  'fpr',
  'fnr',
  'ppv',
  'npv',
  'fdr',
  'for',
  'accuracy',
] as const;
export type Metric = (typeof METRICS)[number];

export type Right = 'tn' | 'fp' | 'fn' | 'tp';

/** Slots of the rows that count as successes, and of those that they are out of. */
export const DEFINITIONS: Readonly<
  Record<Exclude<Metric, 'selection'>, readonly [readonly Right[], readonly Right[]]>
> = {
  prevalence: [
    ['tp', 'fn'],
    ['tn', 'fp', 'fn', 'tp'],
  ],
  tpr: [['tp'], ['tp', 'fn']],
  fpr: [['fp'], ['fp', 'tn']],
  fnr: [['fn'], ['tp', 'fn']],
  ppv: [['tp'], ['tp', 'fp']],
  npv: [['tn'], ['tn', 'fn']],
  fdr: [['fp'], ['tp', 'fp']],
  for: [['fn'], ['tn', 'fn']],
  accuracy: [
    ['tn', 'tp'],
    ['tn', 'fp', 'fn', 'tp'],
  ],
};

const RANDOM: Readonly<Record<Right, Slot>> = {
  tn: 'randomTn',
  fp: 'randomFp',
  fn: 'randomFn',
  tp: 'randomTp',
};
const ARMS = {
  positive: { labelled: ['tp', 'fp'], unlabelled: 'up' },
  negative: { labelled: ['tn', 'fn'], unlabelled: 'un' },
} as const;

/** A rate of one group, ready for every interval. */
export interface Measure {
  /** Effective count: equal to the rows where there are no weights and every truth is known. */
  readonly count: Count;
  /** Rows that the rate is out of, unweighted and whole. */
  readonly denominator: number;
  readonly exact: boolean;
}

/**
 * The count behind a rate; `undefined` where it cannot be known: nobody in the denominator, or the truth of one
 * prediction never sought (selective labels).
 *
 * Where the truth is known for a part of the rows only, those of each prediction stand for all of that prediction: a
 * correction that holds if, within group and prediction, it was sought regardless of the truth. Where some were chosen at
 * random, these alone stand for the others.
 *
 * Source: Begg & Greenes, Biometrics 39 (1983) 207–215.
 */
export function measure(tally: Tally, metric: Metric): Measure | undefined {
  if (metric === 'selection') return selection(tally);
  const [successes, all] = DEFINITIONS[metric];
  const arms = {
    positive: armOf(tally, 'positive'),
    negative: armOf(tally, 'negative'),
  };
  const arm = (slot: Right) => (slot === 'tp' || slot === 'fp' ? arms.positive : arms.negative);
  const asksBoth = new Set(all.map(arm)).size > 1;
  if (all.some((slot) => arm(slot).factor === undefined)) return undefined;
  const factor = (slot: Right) => (asksBoth ? (arm(slot).factor ?? 0) : 1);
  const slotOf = (slot: Right) => (arm(slot).random ? RANDOM[slot] : slot);
  const denominator = tally.rows(...all.map(slotOf));
  if (denominator === 0) return undefined;
  const exact = !tally.weighted && all.every((slot) => factor(slot) === 1);
  if (exact) {
    return {
      count: { successes: tally.rows(...successes.map(slotOf)), total: denominator },
      denominator,
      exact,
    };
  }
  const sum = (slots: readonly Right[], power: 1 | 2) =>
    slots.reduce(
      (total, slot) =>
        total +
        factor(slot) ** power * (power === 1 ? tally.weight(slotOf(slot)) : tally.square(slotOf(slot))),
      0,
    );
  const sums: WeightSums = {
    weight: sum(all, 1),
    square: sum(all, 2),
    successWeight: sum(successes, 1),
    successSquare: sum(successes, 2),
  };
  return { count: effectiveCount(sums), denominator, exact };
}

function selection(tally: Tally): Measure | undefined {
  const positive = ['tp', 'fp', 'up'] as const;
  const all = [...positive, 'tn', 'fn', 'un'] as const;
  const denominator = tally.rows(...all);
  if (denominator === 0) return undefined;
  if (!tally.weighted) {
    return { count: { successes: tally.rows(...positive), total: denominator }, denominator, exact: true };
  }
  const count = effectiveCount({
    weight: tally.weight(...all),
    square: tally.square(...all),
    successWeight: tally.weight(...positive),
    successSquare: tally.square(...positive),
  });
  return { count, denominator, exact: false };
}

/** How the labelled rows of one prediction stand for all of it: `factor` is `undefined` when there are none. */
function armOf(tally: Tally, name: keyof typeof ARMS): { factor: number | undefined; random: boolean } {
  const { labelled, unlabelled } = ARMS[name];
  const missing = tally.rows(unlabelled);
  if (missing === 0) return { factor: 1, random: false };
  const whole = tally.weight(...labelled, unlabelled);
  const atRandom = tally.weight(...labelled.map((slot) => RANDOM[slot]));
  const known = atRandom > 0 ? atRandom : tally.weight(...labelled);
  return { factor: known > 0 ? whole / known : undefined, random: atRandom > 0 };
}

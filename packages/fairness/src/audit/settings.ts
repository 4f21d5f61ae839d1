import { FairnessError } from '../error.ts';

/** What is asked of the cells. Every default is stated in the report. */
export interface AuditSettings {
  /** Whether the positive prediction is the one that people want; the four-fifths rule needs to know. */
  readonly favourable?: 'yes' | 'no' | undefined;
  /** Largest tolerated difference of rates, between 0 and 1. Declared or {@link DEFAULT_TOLERANCE}. */
  readonly tolerance?: number | undefined;
  /** The group to compare with, by attribute; without it, each group is compared with all others together. */
  readonly reference?: Readonly<Record<string, string>> | undefined;
  /** Attributes that one subgroup may combine, at most. */
  readonly depth?: number | undefined;
  readonly seed?: number | undefined;
}

export const DEFAULT_TOLERANCE = 0.05;
export const DEFAULT_SEED = 20_260_101;
export const ALPHA = 0.05;
/** A rate out of fewer people than this is shown and never judged. */
export const SMALLEST_DENOMINATOR = 30;
/** The four-fifths rule: US Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (1978). */
export const FOUR_FIFTHS = 0.8;

/** One thing that is judged. */
export type Criterion =
  | {
      readonly name: 'impact-ratio' | 'burden-ratio';
      readonly kind: 'ratio';
      readonly limit: number;
      readonly favourable: 'yes' | 'no';
    }
  | {
      readonly name: 'selection-difference' | 'fpr-difference' | 'fnr-difference';
      readonly kind: 'difference';
      readonly metric: 'selection' | 'fpr' | 'fnr';
      readonly limit: number;
    };

/**
 * What is judged.
 *
 * - With a declared favourable outcome, the four-fifths rule on its rates (`impact-ratio`). Where the positive prediction
 *   is a burden (chosen for inspection, refused), the rule holds for the burden too (`burden-ratio`: the others' rate over
 *   the group's): when few are burdened, the rates of those left in peace hardly differ even if one group bears it all.
 * - Differences of false-positive and false-negative rates (equal odds) where the truth is known.
 * - The difference of selection rates where the tolerance was declared, or where nothing was said to be favourable.
 */
export function criteria(settings: AuditSettings, hasTruth: boolean): readonly Criterion[] {
  const { favourable, tolerance } = settings;
  const limit = tolerance ?? DEFAULT_TOLERANCE;
  if (!(limit >= 0 && limit < 1)) {
    throw new FairnessError('bad-option', `the tolerance ${limit} is no difference of rates`, {
      mend: 'Give a number from 0 to 1, such as 0.05 for five points',
    });
  }
  const difference = (metric: 'selection' | 'fpr' | 'fnr'): Criterion => ({
    name: `${metric}-difference`,
    kind: 'difference',
    metric,
    limit,
  });
  const list: Criterion[] = [];
  const ratio = { kind: 'ratio', limit: FOUR_FIFTHS } as const;
  if (favourable !== undefined) list.push({ name: 'impact-ratio', ...ratio, favourable });
  if (favourable === 'no') list.push({ name: 'burden-ratio', ...ratio, favourable });
  if (favourable === undefined || tolerance !== undefined) list.push(difference('selection'));
  if (hasTruth) list.push(difference('fpr'), difference('fnr'));
  return list;
}

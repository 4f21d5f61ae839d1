import { type Rate, rateOfCount } from '../audit/compare.ts';
import { ALPHA, DEFAULT_TOLERANCE } from '../audit/settings.ts';
import { type Cells, type Dimension, UNKNOWN } from '../cells/cells.ts';
import { type Measure, type Metric, measure } from '../cells/metrics.ts';
import { type Tally, tallies } from '../cells/tally.ts';
import { FairnessError } from '../error.ts';
import {
  type Count,
  type Estimate,
  newcombe,
  OddsEvidence,
  StratifiedSequence,
} from '../statistics/index.ts';

export interface DriftSettings {
  readonly metric?: Metric;
  /** Largest tolerated difference of rates. */
  readonly tolerance?: number | undefined;
  /** The group to compare with; without it, all other groups together. */
  readonly reference?: string | undefined;
  /** Chance of any false alarm in any group of the attribute, however long one looks. */
  readonly alpha?: number;
}

/** What one look, at the end of a period, saw. */
export interface DriftPoint {
  readonly period: string;
  readonly group: Rate;
  readonly comparison: Rate;
  /** Of this period alone, group minus comparison, with the interval of a single look. */
  readonly difference: Estimate | undefined;
  /** Of all periods so far: a confidence sequence, which holds at every look at once, at half the group's share. */
  readonly sequence: Estimate | undefined;
  /**
   * e-value against "the same odds in every period so far": above 1/α it is beyond doubt that there is a difference,
   * large or small. `undefined` with weights or where truths are missing.
   */
  readonly evidence: number | undefined;
}

/** What raised the alarm. */
export interface DriftAlarm {
  /** The look at which it was raised. */
  readonly period: string;
  /** Where the sequence that raised it began: the first period, or a later one when something had changed. */
  readonly since: string;
  readonly sequence: Estimate;
}

/** One group over time. */
export interface Drift {
  readonly attribute: string;
  readonly value: string;
  /** The fixed reference, or `undefined` for all other groups together. */
  readonly against: string | undefined;
  readonly metric: Metric;
  readonly tolerance: number;
  /** This group's share of the chance of a false alarm. */
  readonly alpha: number;
  readonly points: readonly DriftPoint[];
  /** Raised at the first look at which a sequence lay beyond the tolerance; it stays, as the evidence does. */
  readonly alarm: DriftAlarm | undefined;
}

/**
 * A sequence that remembers years of calm is slow to see that something has changed. So another one begins every so many
 * periods; the first has half of α, the k-th after it α/2 · 1/(k(k + 1)), and together they have no more than α.
 *
 * Source: Shin, Ramdas & Rinaldo, New England Journal of Statistics in Data Science 2 (2024) 229–260 (sequences begun at
 * every time, mixed), with a union bound in place of their average, so that the chance of *any* false alarm is bounded.
 */
const BEGIN_EVERY = 6;

/**
 * Follows every group of an attribute over the periods. Alarms hold together: under groups that keep the tolerance in
 * every period, the chance that any of them is ever raised is at most `alpha`, at whatever looks. Rows without a period
 * or without the attribute take no part.
 *
 * @throws FairnessError `bad-input` where the cells have no such attribute, or no periods
 */
export function drift(cells: Cells, attribute: string, settings: DriftSettings = {}): readonly Drift[] {
  const { metric = 'selection', tolerance = DEFAULT_TOLERANCE, alpha = ALPHA } = settings;
  const { dimension, period } = columnsOf(cells, attribute);
  const groups = dimension.values.length;
  const reference = settings.reference === undefined ? -1 : dimension.values.indexOf(settings.reference);
  if (settings.reference !== undefined && reference < 0) {
    throw new FairnessError('bad-option', `no row has the reference ${JSON.stringify(settings.reference)}`, {
      where: attribute,
      mend: `Choose one of: ${dimension.values.slice(0, 20).join(', ')}`,
    });
  }
  const codes = dimension.codes.map((code, cell) => {
    const at = period.codes[cell] as number;
    return code === UNKNOWN || at === UNKNOWN ? UNKNOWN : at * groups + code;
  });
  const counted = tallies(cells, codes, groups * period.values.length).known;
  const at = (when: number, group: number) => counted[when * groups + group] as Tally;
  const whole = period.values.map((_, when) =>
    dimension.values.map((_, group) => at(when, group)).reduce((sum, tally) => sum.plus(tally)),
  );
  const judged = dimension.values.map((_, group) => group).filter((group) => group !== reference);
  const share = alpha / (reference < 0 && groups === 2 ? 1 : judged.length);
  return judged.map((group) => {
    const pairs = period.values.map((name, when) => ({
      name,
      group: at(when, group),
      comparison: reference < 0 ? (whole[when] as Tally).minus(at(when, group)) : at(when, reference),
    }));
    const { points, alarm } = follow(pairs, metric, share, tolerance);
    return {
      attribute,
      value: dimension.values[group] as string,
      against: reference < 0 ? undefined : dimension.values[reference],
      metric,
      tolerance,
      alpha: share,
      points,
      alarm,
    };
  });
}

const NOBODY: Count = { successes: 0, total: 0 };

function follow(
  pairs: readonly { readonly name: string; readonly group: Tally; readonly comparison: Tally }[],
  metric: Metric,
  alpha: number,
  tolerance: number,
): { points: readonly DriftPoint[]; alarm: DriftAlarm | undefined } {
  const sequences: { readonly since: string; readonly sequence: StratifiedSequence }[] = [];
  const evidence = new OddsEvidence();
  let exact = true;
  let alarm: DriftAlarm | undefined;
  const points = pairs.map(({ name, ...tallied }, look) => {
    const [group, comparison] = [measure(tallied.group, metric), measure(tallied.comparison, metric)];
    const [one, two] = [group?.count ?? NOBODY, comparison?.count ?? NOBODY];
    exact &&= (group?.exact ?? true) && (comparison?.exact ?? true);
    if (look % BEGIN_EVERY === 0) {
      const begun = sequences.length;
      const share = begun === 0 ? 1 : 1 / (begun * (begun + 1));
      sequences.push({ since: name, sequence: new StratifiedSequence({ alpha: (alpha / 2) * share }) });
    }
    for (const { since, sequence } of sequences) {
      const reached = sequence.add({ group: one, reference: two });
      if (alarm !== undefined || reached === undefined) continue;
      if (reached.low > tolerance || reached.high < -tolerance)
        alarm = { period: name, since, sequence: reached };
    }
    return {
      period: name,
      group: rateOf(group),
      comparison: rateOf(comparison),
      difference: differenceOf(one, two),
      sequence: sequences[0]?.sequence.value,
      evidence: exact ? evidence.add(one, two) : undefined,
    };
  });
  return { points, alarm };
}

function rateOf(found: Measure | undefined): Rate {
  return rateOfCount(found?.count ?? NOBODY, found?.denominator ?? 0, found?.exact ?? true);
}

function differenceOf(one: Count, two: Count): Estimate | undefined {
  const interval = newcombe(one, two);
  if (interval === undefined) return undefined;
  return {
    value: one.successes / one.total - two.successes / two.total,
    ...interval,
    method: 'newcombe',
  };
}

function columnsOf(cells: Cells, attribute: string): { dimension: Dimension; period: Dimension } {
  const dimension = cells.attributes.find(({ name }) => name === attribute);
  const { period } = cells.roles;
  if (dimension === undefined) {
    throw new FairnessError('bad-input', 'the cells have no such attribute', {
      where: attribute,
      mend: `They have: ${cells.attributes.map(({ name }) => name).join(', ')}`,
    });
  }
  if (period === undefined) {
    throw new FairnessError('bad-input', 'the cells have no periods', {
      mend: 'Say which column tells the period when the cells are made',
    });
  }
  return { dimension, period };
}

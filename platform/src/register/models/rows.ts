import {
  contributionsAgainstRows,
  contributionsOf,
  predictMany,
  type RowContributions,
  type RowModel,
  type Rows,
} from '@taalil/explain';
import type { Facts } from '../inputs.ts';
import type { SystemRecord } from '../record.ts';
import { type Column, columnFaults, columnsOf, rowsFor } from './columns.ts';
import {
  type AdditiveExplanation,
  type AdditiveReason,
  type Effect,
  type Fault,
  otherEffect,
  type Prediction,
  type RegisteredModel,
} from './contract.ts';
import { correctRow } from './correct-row.ts';
import { type Compared, compare, ruleFaults } from './outcome.ts';
import { exactDifference, plainDecimal } from './plain.ts';
import type { ModelUse, NumberRule } from './use.ts';

/**
 * Share of the scale, max(1, largest contribution), by which a library's own sum may differ from the exact one: XGBoost
 * adds its trees in float32.
 */
const SLACK = 1e-5;

/** A model of rows of numbers (tree ensembles, linear models) under the record's rule. */
export function rowModel(model: RowModel, use: ModelUse, record: SystemRecord): RegisteredModel {
  const columns = columnsOf(model, use, record);
  // `rowModelFaults` refuses a rule on the result of rules.
  const rule = use.outcome as NumberRule;
  const background = use.background === undefined ? undefined : rowsFor(columns, use.background);
  const marginsOf = (facts: Facts) => predictMany(model, rowsFor(columns, [facts])).margin;
  const predict = (facts: Facts) => predictionOf(compare(model, rule, marginsOf(facts)));
  const explain = (facts: Facts, kernels: boolean) => {
    const rows = rowsFor(columns, [facts]);
    return explanationOf(model, rule, columns, contributionsFor(model, rows, background, kernels));
  };
  return {
    kind: model.kind,
    format: model.format,
    sha256: model.sha256,
    replayable: true,
    exactness: 'exact',
    rule,
    reads: new Set(columns.map(({ input }) => input.name)),
    predict,
    explain: (facts) => explain(facts, true),
    // In plain float64 without the kernels: another way to the same values.
    replay: (facts) => explain(facts, false),
    slack: ({ contributions }) =>
      SLACK * contributions.reduce((top, { value }) => Math.max(top, Math.abs(Number(value))), 1),
    correct: (facts, input) => correctRow({ model, rule, columns, predict }, facts, input),
  };
}

function predictionOf({ score, outcome, effect }: Compared): Prediction {
  return { score: plainDecimal(score), outcome, favourable: effect === 'favourable' };
}

function contributionsFor(
  model: RowModel,
  rows: Rows,
  background: Rows | undefined,
  kernels: boolean,
): RowContributions {
  return background === undefined
    ? contributionsOf(model, rows, { kernels })
    : contributionsAgainstRows(model, rows, background);
}

function explanationOf(
  model: RowModel,
  rule: NumberRule,
  columns: readonly Column[],
  { values, bias, margin }: RowContributions,
): AdditiveExplanation {
  const compared = compare(model, rule, margin);
  const [plus, minus] = compared.outputs;
  const signed = (of: Float64Array, width: number, place: number) =>
    (of[plus * width + place] as number) - (minus === undefined ? 0 : (of[minus * width + place] as number));
  const reasons = reasonsOf(columns, (place) => signed(values, columns.length, place), compared.above);
  const base = signed(bias, 1, 0);
  return {
    form: 'additive',
    kind: model.kind,
    exactness: 'exact',
    model: model.sha256,
    outcome: compared.outcome,
    favourable: compared.effect === 'favourable',
    segment: 'all',
    segmentBy: null,
    base: plainDecimal(base),
    score: plainDecimal(compared.score),
    threshold: plainDecimal(compared.threshold),
    above: compared.above,
    difference: differenceOf(compared.score, base, reasons),
    contributions: reasons,
  };
}

/** Columns that share a reason are told as one: the values of one-hot columns mean nothing one by one. */
function reasonsOf(
  columns: readonly Column[],
  weightOf: (place: number) => number,
  above: Effect,
): AdditiveReason[] {
  const grouped = Map.groupBy(columns, ({ feature }) => feature.reason);
  return [...grouped]
    .map(([reason, members]) => {
      const value = plainDecimal(members.reduce((sum, { index }) => sum + weightOf(index), 0));
      const sign = Math.sign(Number(value));
      return {
        reason,
        facts: [...new Set(members.map(({ input }) => input.name))],
        value,
        effect: sign > 0 ? above : sign < 0 ? otherEffect(above) : ('none' as const),
      };
    })
    .sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value)));
}

function differenceOf(score: number, base: number, reasons: readonly AdditiveReason[]): string {
  return exactDifference(plainDecimal(score), [plainDecimal(base), ...reasons.map(({ value }) => value)]);
}

/** What keeps a model of numbers from belonging to a record. */
export function rowModelFaults(model: RowModel, record: SystemRecord): Fault[] {
  const use = record.model;
  if (use === undefined) {
    return [
      {
        where: '/model',
        what: 'is missing: a model of numbers needs to be told which facts fill its columns and what its outcome is',
      },
    ];
  }
  if (use.outcome.by === 'result')
    return [{ where: '/model/outcome/by', what: 'is for rules: compare a margin, a probability or classes' }];
  const faults = [...columnFaults(model, use, record), ...ruleFaults(model, use.outcome)];
  const usual = model.kind === 'trees' ? model.forest.hasCover : model.means !== null;
  if (!usual && use.background === undefined) {
    faults.push({
      where: '/model/background',
      what: 'is missing: the file does not say what is usual, so reasons have nothing to be measured against',
    });
  }
  return faults;
}

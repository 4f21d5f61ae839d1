import { ExplainError, type Rows, rowsOf } from '@taalil/explain';
import type { Facts } from '../inputs.ts';
import type { Input, SystemRecord } from '../record.ts';
import type { Fault } from './contract.ts';
import { reasonFaults } from './scorecard.ts';
import type { Feature, ModelUse } from './use.ts';

/** A model whose rows are numbers under named columns. */
export interface Columned {
  readonly kind: 'trees' | 'linear' | 'black-box';
  readonly features: readonly string[];
}

/** One column of a model, filled from one fact. */
export interface Column {
  readonly index: number;
  readonly feature: Feature;
  readonly input: Input;
}

/** The columns in the model's order. The use was found to fit (`columnFaults`). */
export function columnsOf(model: Columned, use: ModelUse, record: SystemRecord): Column[] {
  return model.features.map((name, index) => {
    const feature = use.features.find((f) => f.feature === name);
    const input = record.inputs.find((i) => i.name === feature?.input);
    if (feature === undefined || input === undefined)
      throw new ExplainError('bad-rows', name, 'no fact fills this column');
    return { index, feature, input };
  });
}

/** The number of one column for these facts; NaN where the fact is not recorded. */
export function numberOf({ feature, input }: Column, facts: Facts): number {
  const value = facts[input.name];
  if (value === undefined) return Number.NaN;
  if (feature.equals !== undefined) return value === feature.equals ? 1 : 0;
  if (feature.codes !== undefined) return feature.codes[String(value)] ?? Number.NaN;
  return typeof value === 'boolean' ? Number(value) : Number(value);
}

export function rowOf(columns: readonly Column[], facts: Facts): Float64Array {
  return Float64Array.from(columns, (column) => numberOf(column, facts));
}

export function rowsFor(columns: readonly Column[], many: readonly Facts[]): Rows {
  const data = Float64Array.from(many.flatMap((facts) => [...rowOf(columns, facts)]));
  return rowsOf(data, columns.length);
}

/**
 * What keeps a model of numbers from belonging to a record: a column that no fact fills or two do, a fact or a value
 * that the record does not declare, a reason without words.
 */
export function columnFaults(model: Columned, use: ModelUse, record: SystemRecord): Fault[] {
  const mapped = use.features.flatMap((feature, place) =>
    featureFaults(model, feature, use, record).map((what) => ({
      where: `/model/features/${place}`,
      what: `"${feature.feature}" ${what}`,
    })),
  );
  const left = model.features
    .filter((name) => !use.features.some((f) => f.feature === name))
    .map((name) => ({ where: '/model/features', what: `no fact fills the model's column "${name}"` }));
  return [
    ...left.slice(0, 30),
    ...mapped,
    ...reasonFaults([...new Set(use.features.map((f) => f.reason))], record),
  ];
}

function featureFaults(model: Columned, feature: Feature, use: ModelUse, record: SystemRecord): string[] {
  const input = record.inputs.find((i) => i.name === feature.input);
  if (!model.features.includes(feature.feature)) return ['is no column of the model'];
  if (use.features.filter((f) => f.feature === feature.feature).length > 1) return ['is filled twice'];
  if (input === undefined) return [`is filled from "${feature.input}", which the record does not declare`];
  const faults: string[] = [];
  if (input.optional && model.kind === 'linear')
    faults.push('may be missing, and a linear model has no place for a missing value');
  if (input.type === 'choice') {
    const values = input.values.map((v) => v.value);
    if (feature.equals === undefined && feature.codes === undefined)
      faults.push('is filled from a choice: say "equals" or "codes"');
    if (feature.equals !== undefined && !values.includes(feature.equals))
      faults.push(`compares with "${feature.equals}", which is no value of the input`);
    if (feature.codes !== undefined) {
      const missing = values.filter((v) => feature.codes?.[v] === undefined);
      const unknown = Object.keys(feature.codes).filter((v) => !values.includes(v));
      if (missing.length > 0) faults.push(`has no code for ${missing.join(', ')}`);
      if (unknown.length > 0)
        faults.push(`has codes for values that the input does not have: ${unknown.join(', ')}`);
    }
  } else if (feature.equals !== undefined || feature.codes !== undefined) {
    faults.push('is filled from no choice: remove "equals" and "codes"');
  }
  return faults;
}

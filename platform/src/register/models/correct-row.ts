import { counterfactuals, type RowModel, type TreesModel } from '@taalil/explain';
import type { Facts } from '../inputs.ts';
import type { Input } from '../record.ts';
import { type Column, rowOf } from './columns.ts';
import type { Correction, CorrectionAnswer, Prediction } from './contract.ts';
import { thresholdMargin } from './outcome.ts';
import { otherValues } from './scorecard.ts';
import type { NumberRule } from './use.ts';

interface RowQuestion {
  readonly model: RowModel;
  readonly rule: NumberRule;
  readonly columns: readonly Column[];
  predict(facts: Facts): Prediction;
}

type NumericInput = Extract<Input, { type: 'integer' | 'decimal' }>;

/**
 * What correcting one fact of a row would lead to. Choices and yes-or-no are tried value by value: that is all of them.
 * A number is searched for exactly, in both directions, on the grid of values that the record can hold; whatever is
 * returned was run again.
 */
export function correctRow(of: RowQuestion, facts: Facts, input: Input): CorrectionAnswer {
  if (facts[input.name] === undefined || of.predict(facts).favourable) return { kind: 'check-only' };
  const others = otherValues(input, facts[input.name]);
  if (others !== undefined) {
    const corrections = others.flatMap((to) => tried(of, facts, input, to));
    return corrections.length > 0 ? { kind: 'changes', corrections } : { kind: 'stays' };
  }
  return correctNumber(of, facts, input as NumericInput);
}

function tried(of: RowQuestion, facts: Facts, input: Input, to: Facts[string]): Correction[] {
  const prediction = of.predict({ ...facts, [input.name]: to });
  return prediction.favourable ? [{ to, prediction }] : [];
}

function correctNumber(of: RowQuestion, facts: Facts, input: NumericInput): CorrectionAnswer {
  const columns = of.columns.filter((column) => column.input.name === input.name);
  const [column] = columns;
  // A fact that fills several columns moves them together: no one of them can be searched alone.
  if (column === undefined || columns.length > 1) return { kind: 'check-only' };
  const found = (['up', 'down'] as const).map((way) =>
    of.model.kind === 'trees'
      ? nearestOfTrees(of, of.model, facts, input, column, way)
      : nearestOfLinear(of, facts, input, way),
  );
  if (found.includes('unproven')) return { kind: 'check-only' };
  const from = Number(facts[input.name]);
  const near = (found as (Correction | undefined)[])
    .filter((one) => one !== undefined)
    .sort((a, b) => Math.abs(Number(a.to) - from) - Math.abs(Number(b.to) - from));
  return near[0] === undefined ? { kind: 'stays' } : { kind: 'changes', corrections: [near[0]] };
}

/** The number as a record holds it: whole, or a decimal string of the declared length. */
function recorded(input: NumericInput, units: number): Facts[string] {
  return input.type === 'integer' ? units : (units / unitsOf(input)).toFixed(input.decimals);
}

const unitsOf = (input: NumericInput) => (input.type === 'integer' ? 1 : 10 ** input.decimals);

/**
 * The nearest value of one column, one way, by the library's exact search. A value that it finds lies on an edge of a
 * split; where a record can only hold the next one on its grid, that one is tried, and the search goes on behind it.
 */
function nearestOfTrees(
  of: RowQuestion,
  model: TreesModel,
  facts: Facts,
  input: NumericInput,
  column: Column,
  way: 'up' | 'down',
): Correction | undefined | 'unproven' {
  const units = unitsOf(input);
  const row = rowOf(of.columns, facts);
  const favourable = targetsOf(of);
  let bound = way === 'up' ? input.minimum : input.maximum;
  for (let step = 0; step <= (model.forest.edges[column.index]?.length ?? 0); step++) {
    const answers = favourable.map((target) =>
      counterfactuals(model, row, {
        changeable: [
          {
            feature: column.index,
            direction: way,
            min: way === 'up' ? Math.max(bound, input.minimum) : input.minimum,
            max: way === 'down' ? Math.min(bound, input.maximum) : input.maximum,
            ...(input.type === 'integer' ? { integer: true } : {}),
          },
        ],
        maxFeatures: 1,
        target,
      }),
    );
    if (answers.some(({ proven }) => !proven)) return 'unproven';
    const values = answers.flatMap(({ found }) => found.map(({ changes }) => changes[0]?.to as number));
    if (values.length === 0) return undefined;
    const nearest = way === 'up' ? Math.min(...values) : Math.max(...values);
    const grid = gridAt(nearest * units, way);
    for (const whole of grid) {
      if (whole / units < input.minimum || whole / units > input.maximum) return undefined;
      const [correction] = tried(of, facts, input, recorded(input, whole));
      if (correction !== undefined) return correction;
    }
    bound = ((grid.at(-1) as number) + (way === 'up' ? 1 : -1)) / units;
    if (bound < input.minimum || bound > input.maximum) return undefined;
  }
  return 'unproven';
}

/** The units of the grid at or next to a place; what is a unit but for the rounding of float32 counts as that unit. */
function gridAt(place: number, way: 'up' | 'down'): readonly number[] {
  const nearest = Math.round(place);
  const next = way === 'up' ? Math.ceil(place) : Math.floor(place);
  return Math.abs(place - nearest) < 1e-6 * Math.max(1, Math.abs(place)) && nearest !== next
    ? [nearest, next]
    : [next];
}

/** What the margins must meet to be favourable, as the library asks it; a strict bound is met by the re-run. */
function targetsOf({ model, rule }: RowQuestion) {
  if (rule.by === 'class') {
    return rule.classes.flatMap(({ effect }, place) => (effect === 'favourable' ? [{ largest: place }] : []));
  }
  const bound = thresholdMargin(model, rule);
  const { output } = rule;
  return [rule.above === 'favourable' ? { output, atLeast: nextUp(bound) } : { output, atMost: bound }];
}

/** The least double above a finite one. */
function nextUp(value: number): number {
  const step = Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON);
  return value + step;
}

/**
 * A straight line crosses a threshold once, so the nearest favourable value of the grid is found by halving. The lead of
 * one class over others is no straight line: nothing is claimed of it.
 */
function nearestOfLinear(
  of: RowQuestion,
  facts: Facts,
  input: NumericInput,
  way: 'up' | 'down',
): Correction | undefined | 'unproven' {
  if (of.rule.by === 'class') return 'unproven';
  const units = unitsOf(input);
  const at = (whole: number) => tried(of, facts, input, recorded(input, whole))[0];
  let near = Math.round(Number(facts[input.name]) * units);
  let far = Math.round((way === 'up' ? input.maximum : input.minimum) * units);
  let found = near === far ? undefined : at(far);
  while (found !== undefined && Math.abs(far - near) > 1) {
    const middle = Math.trunc((near + far) / 2);
    const nearer = at(middle);
    if (nearer === undefined) near = middle;
    else [far, found] = [middle, nearer];
  }
  return found;
}

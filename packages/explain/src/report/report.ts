import type { Counterfactual, CounterfactualQuestion } from '../counterfactual/counterfactuals.ts';
import { ExplainError } from '../error.ts';
import type { Rows } from '../forest/rows.ts';
import { predictionsOf, predictionsPerRow } from '../formats/link.ts';
import type { RowModel } from '../formats/read.ts';
import {
  contributionsAgainstRows,
  contributionsOf,
  counterfactuals,
  outputsOf,
  predictMany,
} from '../rows-model.ts';
import type { RowContributions } from '../trees.ts';
import type { NamedChange } from './changeable.ts';

/** What is the same for all rows. */
export interface ReportHead {
  readonly model: {
    readonly format: string;
    readonly trees: number;
    readonly outputs: number;
    readonly sha256: string;
  };
  readonly features: readonly string[];
}

/** What `taalil explain --format json` prints. */
export interface Report extends ReportHead {
  readonly rows: readonly ReportRow[];
  /** Largest |bias + Σ contributions − margin| over all rows and outputs. */
  readonly additivity: number;
}

export interface ReportRow {
  /** One per output. */
  readonly margin: readonly number[];
  readonly prediction: readonly number[];
  /** One list per output, one entry per feature, in units of the margin. */
  readonly contributions: readonly (readonly number[])[];
  readonly bias: readonly number[];
  readonly counterfactual?: ReportedCounterfactual;
}

export interface ReportedCounterfactual {
  readonly target: CounterfactualQuestion['target'];
  readonly proven: boolean;
  /** The cheapest change, in standard deviations; null when none exists. */
  readonly found:
    | (Omit<Counterfactual, 'changes' | 'margin'> & {
        readonly changes: readonly { readonly feature: string; readonly from: number; readonly to: number }[];
        readonly margin: readonly number[];
      })
    | null;
}

export interface ReportOptions {
  /** Explain against these rows instead of by the model's own training weights. */
  readonly against?: Rows;
  /** Look for the cheapest change of at most so many features that turns the prediction. */
  readonly counterfactual?: number;
  /** The features that may change; all when left out. */
  readonly changeable?: readonly NamedChange[];
  /** Called after every part of the rows. */
  readonly progress?: (done: number, total: number) => void;
}

/** A row with the largest additivity gap of the call that explained it. */
export interface ExplainedRow {
  readonly row: ReportRow;
  readonly gap: number;
}

/** Rows that are explained in one call; fewer where each takes long. */
const STEP = 4_096;
const SLOW_STEP = 16;

/** How far contributions may miss the margin, on the scale of the row. */
const TOLERANCE = 1e-5;

/** Explains rows and puts the numbers into the form of the command line. @throws {ExplainError} as the functions it uses */
export function makeReport(model: RowModel, rows: Rows, options: ReportOptions = {}): Report {
  const { head, each } = reportRows(model, rows, options);
  const all = [...each];
  return {
    ...head,
    rows: all.map(({ row }) => row),
    additivity: all.reduce((most, { gap }) => Math.max(most, gap), 0),
  };
}

/**
 * As {@link makeReport}, row by row as they are asked for: a long list takes no more memory than a short one.
 * @throws {ExplainError} `not-additive` when contributions miss the margin by more than 1e-5 of its scale
 */
export function reportRows(
  model: RowModel,
  rows: Rows,
  options: ReportOptions = {},
): { head: ReportHead; each: Generator<ExplainedRow> } {
  return { head: headOf(model), each: explainedRows(model, rows, options) };
}

/** What is the same for all rows of a model. */
export function headOf(model: RowModel): ReportHead {
  const trees = model.kind === 'trees' ? model.forest.treeOutput.length : 0;
  const { format, sha256, features } = model;
  return { model: { format, trees, outputs: outputsOf(model), sha256 }, features };
}

function* explainedRows(model: RowModel, rows: Rows, options: ReportOptions): Generator<ExplainedRow> {
  const columns = model.features.length;
  const turn = options.counterfactual === undefined ? undefined : makeTurn(model, rows, options);
  const slow = turn !== undefined || options.against !== undefined;
  for (let first = 0; first < rows.count; ) {
    const count = Math.min(slow ? SLOW_STEP : STEP, rows.count - first);
    const part = { data: rows.data.subarray(first * columns, (first + count) * columns), count };
    const found =
      options.against === undefined
        ? contributionsOf(model, part)
        : contributionsAgainstRows(model, part, options.against);
    let row = 0;
    for (const explained of partRows(model, found, first)) {
      const data = part.data.subarray(row * columns, (row + 1) * columns);
      yield turn === undefined
        ? explained
        : { ...explained, row: { ...explained.row, counterfactual: turn(data) } };
      row++;
    }
    first += count;
    options.progress?.(first, rows.count);
  }
}

/**
 * The rows of one call that explained them; `first` is the number of rows before it.
 * @throws {ExplainError} `not-additive` as {@link reportRows}
 */
export function* partRows(model: RowModel, found: RowContributions, first: number): Generator<ExplainedRow> {
  const outputs = outputsOf(model);
  const columns = model.features.length;
  const perRow = predictionsPerRow(model.link, outputs);
  const predictions = predictionsOf(model.link, found.margin, outputs);
  for (let row = 0; row < found.margin.length / outputs; row++) {
    const contributions = Array.from({ length: outputs }, (_, output) => {
      const start = (row * outputs + output) * columns;
      return [...found.values.subarray(start, start + columns)];
    });
    const margin = [...found.margin.subarray(row * outputs, (row + 1) * outputs)];
    const scale = Math.max(
      1,
      ...margin.map(Math.abs),
      ...contributions.map((own) => Math.max(...own.map(Math.abs))),
    );
    if (
      !(found.additivity <= TOLERANCE * scale) &&
      !(gapOf(found.bias, contributions, margin) <= TOLERANCE * scale)
    ) {
      throw new ExplainError(
        'not-additive',
        `row ${first + row + 1}`,
        'the contributions do not add up to the margin, so they are not shown',
      );
    }
    const explained: ReportRow = {
      margin,
      prediction: [...predictions.subarray(row * perRow, (row + 1) * perRow)],
      contributions,
      bias: [...found.bias],
    };
    yield { row: explained, gap: found.additivity };
  }
}

function gapOf(
  bias: Float64Array,
  contributions: readonly (readonly number[])[],
  margin: readonly number[],
): number {
  return margin.reduce((most, own, output) => {
    const sum = (contributions[output] ?? []).reduce((total, value) => total + value, bias[output] as number);
    return Math.max(most, Math.abs(sum - own));
  }, 0);
}

/** Standard deviation of each column; 1 where it does not vary. */
function spreads(rows: Rows, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const values: number[] = [];
    for (let at = column; at < rows.data.length; at += columns)
      if (!Number.isNaN(rows.data[at])) values.push(rows.data[at] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
}

/** Prepares looking for the cheapest change that turns a row's prediction; costs are in standard deviations. */
function makeTurn(model: RowModel, rows: Rows, { against, counterfactual = 1, changeable }: ReportOptions) {
  const costs = spreads(against ?? rows, model.features.length);
  const wishes = changeable ?? model.features.map((name): NamedChange => ({ name }));
  const allowed = wishes.map(({ name, direction }) => {
    const feature = model.features.indexOf(name);
    const wish = { feature, cost: 1 / (costs[feature] as number) };
    return direction === undefined ? wish : { ...wish, direction };
  });
  return (row: Float32Array | Float64Array): ReportedCounterfactual => {
    const target = turnOf(model, row);
    const { found, proven } = counterfactuals(model, row, {
      changeable: allowed,
      maxFeatures: counterfactual,
      target,
    });
    const [best] = found;
    if (best === undefined) return { target, proven, found: null };
    const changes = best.changes.map(({ feature, from, to }) => ({
      feature: model.features[feature] ?? '',
      from,
      to,
    }));
    return { target, proven, found: { changes, cost: best.cost, margin: [...best.margin] } };
  };
}

/** The other side of even odds, or the class that comes second. */
function turnOf(model: RowModel, row: Float32Array | Float64Array): CounterfactualQuestion['target'] {
  const margin = predictMany(model, { data: row, count: 1 }).margin;
  if (margin.length > 1) {
    const order = [...margin.keys()].sort((a, b) => (margin[b] as number) - (margin[a] as number));
    return { largest: order[1] ?? 0 };
  }
  const turns = ['logistic', 'positive', 'both'];
  if (!turns.includes(model.link.kind))
    throw new ExplainError(
      'bad-question',
      'counterfactual',
      'a regression has no decision to turn; ask counterfactuals() with a target',
    );
  return (margin[0] as number) > 0 ? { atMost: 0 } : { atLeast: Number.MIN_VALUE };
}

import {
  type Counterfactual,
  type CounterfactualQuestion,
  counterfactuals,
} from '../counterfactual/counterfactuals.ts';
import { ExplainError } from '../error.ts';
import type { Rows } from '../forest/rows.ts';
import { predictionsOf, predictionsPerRow } from '../formats/link.ts';
import type { RowModel } from '../formats/read.ts';
import type { TreesModel } from '../formats/trees-model.ts';
import { contributionsAgainstRows, contributionsOf, outputsOf } from '../rows-model.ts';
import { predictRows } from '../trees.ts';

/** What `taalil explain --format json` prints. */
export interface Report {
  readonly model: {
    readonly format: string;
    readonly trees: number;
    readonly outputs: number;
    readonly sha256: string;
  };
  readonly features: readonly string[];
  /** Largest |bias + Σ contributions − margin| over all rows and outputs. */
  readonly additivity: number;
  readonly rows: readonly ReportRow[];
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
  /** Called after every thousand rows. */
  readonly progress?: (done: number, total: number) => void;
}

const STEP = 1_000;

/** Explains rows and puts the numbers into the form of the command line. @throws {ExplainError} as the functions it uses */
export function makeReport(model: RowModel, rows: Rows, options: ReportOptions = {}): Report {
  const outputs = outputsOf(model);
  const columns = model.features.length;
  const reported: ReportRow[] = [];
  const costs = options.counterfactual === undefined ? null : spreads(options.against ?? rows, columns);
  let additivity = 0;
  for (let first = 0; first < rows.count; first += STEP) {
    const count = Math.min(STEP, rows.count - first);
    const part = { data: rows.data.subarray(first * columns, (first + count) * columns), count };
    const found =
      options.against === undefined
        ? contributionsOf(model, part)
        : contributionsAgainstRows(model, part, options.against);
    const predictions = predictionsOf(model.link, found.margin, outputs);
    const perRow = predictionsPerRow(model.link, outputs);
    additivity = Math.max(additivity, found.additivity);
    for (let row = 0; row < count; row++) {
      reported.push({
        margin: [...found.margin.subarray(row * outputs, (row + 1) * outputs)],
        prediction: [...predictions.subarray(row * perRow, (row + 1) * perRow)],
        contributions: Array.from({ length: outputs }, (_, output) => {
          const start = (row * outputs + output) * columns;
          return [...found.values.subarray(start, start + columns)];
        }),
        bias: [...found.bias],
        ...(costs === null
          ? {}
          : {
              counterfactual: cheapestTurn(
                model,
                part.data.subarray(row * columns, (row + 1) * columns),
                options.counterfactual ?? 1,
                costs,
              ),
            }),
      });
    }
    options.progress?.(first + count, rows.count);
  }
  const trees = model.kind === 'trees' ? model.forest.treeOutput.length : 0;
  return {
    model: { format: model.format, trees, outputs, sha256: model.sha256 },
    features: model.features,
    additivity,
    rows: reported,
  };
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

function cheapestTurn(
  model: RowModel,
  row: Float32Array | Float64Array,
  maxFeatures: number,
  costs: readonly number[],
): ReportedCounterfactual {
  if (model.kind !== 'trees')
    throw new ExplainError(
      'unsupported',
      'counterfactual',
      'is answered for tree ensembles and scorecards, not for linear models',
    );
  const target = turnOf(model, row);
  const changeable = model.features.map((_, feature) => ({ feature, cost: 1 / (costs[feature] as number) }));
  const { found, proven } = counterfactuals(model, row, { changeable, maxFeatures, target });
  const [best] = found;
  if (best === undefined) return { target, proven, found: null };
  const changes = best.changes.map(({ feature, from, to }) => ({
    feature: model.features[feature] ?? '',
    from,
    to,
  }));
  return { target, proven, found: { changes, cost: best.cost, margin: [...best.margin] } };
}

/** The other side of even odds, or the class that comes second. */
function turnOf(model: TreesModel, row: Float32Array | Float64Array): CounterfactualQuestion['target'] {
  const margin = predictRows(model, { data: row, count: 1 }).margin;
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

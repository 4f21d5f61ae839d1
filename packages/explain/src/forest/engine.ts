import { type Host, makeHost } from '../kernels/host.ts';
import { MISSING_ABOVE, makeOneRow, type OneRow } from '../kernels/one-row.ts';
import type { Forest } from './forest.ts';
import { type Plan, planWithoutTables } from './plan.ts';
import { addMargins, emptyMargins, type Margins, margins } from './predict.ts';
import { makeRowExplainer } from './quadrature.ts';
import type { Ranker } from './ranks.ts';
import type { Rows } from './rows.ts';
import { makeTableAdder } from './table-adder.ts';

/** Explains batches of rows with a prepared forest. */
export interface Engine {
  /** Writes the contributions, rows × outputs × features in units of the margin, into `values`; returns the margins. */
  explain(rows: Rows, values: Float64Array): Margins;
  /** The margins alone. */
  predict(rows: Rows): Margins;
  /** `batch`: SIMD, float32 within a tree and float64 between trees; `single`: SIMD, float64; `scalar`: JavaScript, float64. */
  readonly kind: 'batch' | 'single' | 'scalar';
  /** Memory that stays reserved. */
  readonly bytes: number;
}

const MOST_ROWS = 4096;

/** Prepares an engine for a plan: the SIMD kernels, or plain JavaScript where they are missing or not wanted. */
export function makeEngine(forest: Forest, ranker: Ranker, plan: Plan, kernels = true): Engine {
  const host = kernels ? makeHost(forest, plan.walked, plan.tables, MOST_ROWS) : null;
  return host === null ? scalarEngine(forest, ranker, plan) : batchEngine(forest, ranker, plan, host);
}

/** Prepares an engine for few rows at a time, in float64 throughout. */
export function makeSingleEngine(forest: Forest, ranker: Ranker): Engine {
  const kernel = makeOneRow(forest);
  return kernel === null
    ? scalarEngine(forest, ranker, planWithoutTables(forest))
    : singleEngine(forest, ranker, kernel);
}

function singleEngine(forest: Forest, ranker: Ranker, kernel: OneRow): Engine {
  const { features, divisor } = forest;
  const { phi } = kernel;
  const ranks = new Int32Array(features);
  return {
    kind: 'single',
    bytes: kernel.bytes,
    predict: (rows) => margins(forest, ranker, rows),
    explain({ data, count }, values) {
      const found = emptyMargins(forest, count);
      for (let row = 0; row < count; row++) {
        ranker.row(data, row * features, ranks);
        addMargins(forest, ranks, found, row);
        for (let feature = 0; feature < features; feature++) {
          const rank = ranks[feature] as number;
          kernel.ranks[feature] = rank < 0 ? MISSING_ABOVE : rank;
          kernel.ranks[features + feature] = rank;
        }
        phi.fill(0);
        kernel.run();
        const start = row * phi.length;
        for (let i = 0; i < phi.length; i++) values[start + i] = (phi[i] as number) / divisor;
      }
      return found;
    },
  };
}

function batchEngine(forest: Forest, ranker: Ranker, plan: Plan, host: Host): Engine {
  const { features, outputs, divisor } = forest;
  const { ranks, totals, stride } = host;
  const split = [...new Set(forest.feature)].filter((feature) => feature >= 0);
  /** Calls `use` for every chunk of rows with their ranks in place, then takes the margins. */
  const eachChunk = ({ data, count }: Rows, use: (first: number, rows: number) => void): Margins => {
    const found = emptyMargins(forest, count);
    for (let first = 0; first < count; first += host.chunk) {
      const rows = Math.min(host.chunk, count - first);
      for (const feature of split) {
        const list = feature * stride;
        ranker.list(feature, data, first * features + feature, rows, ranks, list, features * stride + list);
      }
      use(first, rows);
      sumMargins(forest, host, first, rows, found);
    }
    return found;
  };
  return {
    kind: 'batch',
    bytes: host.bytes,
    predict: (rows) => eachChunk(rows, () => {}),
    explain: (all, values) =>
      eachChunk(all, (first, rows) => {
        totals.fill(0);
        host.walk(0, plan.walked.length, rows);
        host.addTables(rows);
        copyTotals(host, outputs * features, rows, values.subarray(first * outputs * features), divisor);
      }),
  };
}

/** Turns the kernels' lists into rows. */
function copyTotals(
  { totals, stride }: Host,
  lists: number,
  rows: number,
  values: Float64Array,
  divisor: number,
): void {
  let to = 0;
  for (let row = 0; row < rows; row++) {
    for (let from = row; to < (row + 1) * lists; from += stride) values[to++] = totals[from] as number;
  }
  if (divisor !== 1) for (let i = 0; i < to; i++) values[i] = (values[i] as number) / divisor;
}

function sumMargins(forest: Forest, host: Host, first: number, rows: number, { own, exact }: Margins): void {
  const { outputs, base, divisor } = forest;
  const float32 = forest.sums === 'float32';
  for (let output = 0; output < outputs; output++) {
    const [start, end] = [output * host.stride, output * host.stride + rows];
    host.own.fill(base[output] as number, start, end);
    host.exact.fill(base[output] as number, start, end);
  }
  host.addMargins(rows);
  for (let output = 0; output < outputs; output++) {
    for (let row = 0; row < rows; row++) {
      const from = output * host.stride + row;
      const to = (first + row) * outputs + output;
      exact[to] = (host.exact[from] as number) / divisor;
      own[to] = float32 ? (host.own[from] as number) / divisor : (exact[to] as number);
    }
  }
}

function scalarEngine(forest: Forest, ranker: Ranker, plan: Plan): Engine {
  const explainer = makeRowExplainer(forest);
  const adder = makeTableAdder(forest, plan.tables);
  const size = forest.outputs * forest.features;
  const ranks = new Int32Array(forest.features);
  return {
    kind: 'scalar',
    bytes: plan.tables.reduce((sum, { values }) => sum + values.byteLength, 0),
    predict: (rows) => margins(forest, ranker, rows),
    explain({ data, count }, values) {
      const found = emptyMargins(forest, count);
      for (let row = 0; row < count; row++) {
        ranker.row(data, row * forest.features, ranks);
        addMargins(forest, ranks, found, row);
        const own = values.subarray(row * size, (row + 1) * size);
        own.fill(0);
        for (const tree of plan.walked) explainer.tree(tree, ranks, own);
        adder(ranks, own);
      }
      return found;
    },
  };
}

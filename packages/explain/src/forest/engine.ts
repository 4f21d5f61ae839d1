import { type Host, makeHost } from '../kernels/host.ts';
import { MISSING_ABOVE, makeOneRow, type OneRow } from '../kernels/one-row.ts';
import type { Forest } from './forest.ts';
import { type Plan, planWithoutTables } from './plan.ts';
import { makeRowExplainer } from './quadrature.ts';
import type { Ranker } from './ranks.ts';
import type { Rows } from './rows.ts';
import { makeTableAdder } from './table-adder.ts';

/** Explains batches of rows with a prepared forest. */
export interface Engine {
  /** Writes the contributions, rows × outputs × features in units of the margin, into `values`. */
  explain(rows: Rows, values: Float64Array): void;
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
    explain({ data, count }, values) {
      for (let row = 0; row < count; row++) {
        ranker.row(data, row * features, ranks);
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
    },
  };
}

function batchEngine(forest: Forest, ranker: Ranker, plan: Plan, host: Host): Engine {
  const { features, outputs, edges, divisor } = forest;
  const { ranks, totals, stride } = host;
  return {
    kind: 'batch',
    bytes: host.bytes,
    explain({ data, count }, values) {
      for (let first = 0; first < count; first += host.chunk) {
        const rows = Math.min(host.chunk, count - first);
        for (let feature = 0; feature < features; feature++) {
          if (edges[feature]?.length === 0) continue;
          const list = feature * stride;
          ranker.list(feature, data, first * features + feature, rows, ranks, list, features * stride + list);
        }
        totals.fill(0);
        host.walk(0, plan.walked.length, rows);
        host.addTables(rows);
        for (let list = 0; list < outputs * features; list++) {
          let from = list * stride;
          const end = from + rows;
          for (let to = first * outputs * features + list; from < end; from++, to += outputs * features) {
            values[to] = (totals[from] as number) / divisor;
          }
        }
      }
    },
  };
}

function scalarEngine(forest: Forest, ranker: Ranker, plan: Plan): Engine {
  const explainer = makeRowExplainer(forest);
  const adder = makeTableAdder(forest, plan.tables);
  const size = forest.outputs * forest.features;
  const ranks = new Int32Array(forest.features);
  return {
    kind: 'scalar',
    bytes: plan.tables.reduce((sum, { values }) => sum + values.byteLength, 0),
    explain({ data, count }, values) {
      for (let row = 0; row < count; row++) {
        ranker.row(data, row * forest.features, ranks);
        const own = values.subarray(row * size, (row + 1) * size);
        own.fill(0);
        for (const tree of plan.walked) explainer.tree(tree, ranks, own);
        adder(ranks, own);
      }
    },
  };
}

import { availableParallelism } from 'node:os';
import type { Rows } from '../forest/rows.ts';
import type { RowModel } from '../formats/read.ts';
import type { TreesModel } from '../formats/trees-model.ts';
import { openPool } from '../workers/pool.ts';
import { PART } from '../workers/shared.ts';
import {
  type ExplainedRow,
  headOf,
  partRows,
  type ReportHead,
  type ReportOptions,
  reportRows,
} from './report.ts';

/** Files of more rows than this are explained with tables, by workers: below it their start takes longer than they save. */
export const WORKERS_ABOVE_ROWS = 20_000;

/** Each worker holds tables of its own. */
const MOST_WORKERS = 8;

/** Most bytes of contributions that one call returns; another such call is under way meanwhile. */
const STEP_BYTES = 64 * 1024 * 1024;

/**
 * As `reportRows`, by workers where a file is large. Whether it is depends on the number of rows alone: so the same file
 * gives the same numbers to the last bit on any machine.
 * @throws {ExplainError} as `reportRows`, and `worker-failed`
 */
export function reportLargeRows(
  model: RowModel,
  rows: Rows,
  options: ReportOptions = {},
): { head: ReportHead; each: Iterable<ExplainedRow> | AsyncIterable<ExplainedRow> } {
  const { against, counterfactual } = options;
  const large =
    model.kind === 'trees' &&
    model.forest.hasCover &&
    rows.count > WORKERS_ABOVE_ROWS &&
    against === undefined &&
    counterfactual === undefined;
  return large
    ? { head: headOf(model), each: rowsByWorkers(model, rows, options) }
    : reportRows(model, rows, options);
}

/** While the rows of one step are taken, the workers compute the next one. */
async function* rowsByWorkers(
  model: TreesModel,
  rows: Rows,
  { progress }: ReportOptions,
): AsyncGenerator<ExplainedRow> {
  const columns = model.features.length;
  const perRow = 8 * model.forest.outputs * columns;
  const workers = Math.min(MOST_WORKERS, availableParallelism());
  const step = PART * Math.max(1, Math.min(2 * workers, Math.floor(STEP_BYTES / perRow / PART)));
  const pool = openPool(model, { workers });
  const explain = (first: number) => {
    const count = Math.min(step, rows.count - first);
    const data = rows.data.subarray(first * columns, (first + count) * columns);
    const found = pool.contributions({ data, count });
    // Awaited one step later: a failure until then is no unhandled one.
    found.catch(() => {});
    return found;
  };
  try {
    let next = explain(0);
    for (let first = 0; first < rows.count; first += step) {
      const found = await next;
      if (first + step < rows.count) next = explain(first + step);
      yield* partRows(model, found, first);
      progress?.(Math.min(first + step, rows.count), rows.count);
    }
  } finally {
    await pool.close();
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, type Cells, type Count } from '../src/index.ts';

export const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

/** The rows of a fixture without quoted fields. */
export function rowsOf(name: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(fixture(name), 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((column, at) => [column, fields[at] ?? '']));
  });
}

/** Sums `n` over the rows that fit, and over those of them that succeeded. */
export function countOf(
  rows: readonly Record<string, string>[],
  fits: (row: Record<string, string>) => boolean,
  success: (row: Record<string, string>) => boolean,
): Count {
  let [successes, total] = [0, 0];
  for (const row of rows) {
    if (!fits(row)) continue;
    total += Number(row.n);
    if (success(row)) successes += Number(row.n);
  }
  return { successes, total };
}

export const of = (successes: number, total: number): Count => ({ successes, total });

/** A fixture's rows as cells. `columns` names the attributes; `prediction` and `truth` tell positive rows. */
export function cellsOf(
  rows: readonly Record<string, string>[],
  columns: {
    attributes: readonly string[];
    prediction: (row: Record<string, string>) => boolean;
    truth?: (row: Record<string, string>) => boolean;
    stratum?: string;
  },
): Cells {
  const yesNo = (yes: boolean) => (yes ? 'yes' : 'no');
  const { attributes, prediction, truth, stratum } = columns;
  return assemble({
    attributes: attributes.map((name) => ({ name, values: rows.map((row) => row[name] || null) })),
    roles: {
      prediction: { name: 'prediction', values: rows.map((row) => yesNo(prediction(row))) },
      ...(truth === undefined
        ? {}
        : { truth: { name: 'truth', values: rows.map((row) => yesNo(truth(row))) } }),
      ...(stratum === undefined
        ? {}
        : { stratum: { name: stratum, values: rows.map((row) => row[stratum] ?? null) } }),
    },
    count: rows.map((row) => Number(row.n)),
  });
}

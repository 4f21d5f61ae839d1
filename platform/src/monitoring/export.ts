import type { StoredCell } from './cell-store.ts';
import type { Watched } from './plan.ts';
import { COLUMNS } from './watches.ts';

/** Columns of the file after those of the dimensions: as `taalil audit` reads them. */
const HEADER = [...COLUMNS.filter((name) => name !== 'bin'), 'score_bin', 'n'] as const;
const YES_NO: ReadonlySet<string> = new Set([
  'adverse',
  'changed',
  'person',
  'objected',
  'upheld',
  'truth',
  'random',
]);

/**
 * The cells of a system as CSV (RFC 4180), one combination a line with its count `n`: read it with
 * `taalil audit FILE --prediction adverse --positive yes --favourable no --by … --count n`. Empty is not known.
 */
export function cellsCsv({ dimensions }: Watched, cells: readonly StoredCell[]): string {
  const header = [...dimensions.map(({ name }) => name), ...HEADER];
  const lines = cells.map(({ values, n }) => [
    ...values.slice(0, dimensions.length).map(text),
    ...COLUMNS.map((name, at) => {
      const value = values[dimensions.length + at];
      if (value === null || value === undefined) return '';
      return YES_NO.has(name) ? (value === 1 ? 'yes' : 'no') : text(value);
    }),
    String(n),
  ]);
  return [header, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function text(value: StoredCell['values'][number] | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Groups are codes from declared lists; quotes keep any of them from being read as something else. */
function quoted(value: string): string {
  return /^[\w.-]*$/.test(value) && !/^[-=+@]/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}

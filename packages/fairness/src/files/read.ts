import type { DuckDBConnection } from '@duckdb/node-api';
import { SCORE_UNIT } from '../cells/builder.ts';
import { assemble, type Cells, type RawColumn, type Role, YES_NO_VALUES } from '../cells/cells.ts';
import { FairnessError } from '../error.ts';
import { checkAsked, type FileColumns } from './asked.ts';
import { inOurWords, type ReadProgress, runWithProgress, withEngine } from './engine.ts';
import { type FetchedColumn, fetchCells } from './fetch.ts';
import {
  cellQuery,
  type FileColumn,
  identifier,
  type Selected,
  type SumName,
  tableOf,
  WEIGHT_UNIT,
} from './query.ts';
import { findSource, type Source } from './source.ts';

export interface ReadOptions {
  readonly progress?: ReadProgress | undefined;
  /** All of the machine's by default; the result does not depend on it. */
  readonly threads?: number | undefined;
}

/** Cells made of files. */
export interface FileCells {
  readonly cells: Cells;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Rows that take no part, by reason: `prediction`, where the prediction is empty. */
  readonly excluded: Readonly<Record<string, number>>;
}

/**
 * Reads CSV or Parquet files into cells, in one pass. Rows that are counts already are told by `count`.
 *
 * @param pattern a path or a pattern such as `decisions/2026-*.csv`
 * @throws FairnessError about files, columns and options; see {@link FairnessErrorCode}
 */
export async function readCells(
  pattern: string,
  asked: FileColumns,
  options: ReadOptions = {},
): Promise<FileCells> {
  const source = findSource(pattern);
  return withEngine(options.threads, async (connection) => {
    try {
      const columns = await columnsOf(connection, source);
      checkAsked(
        asked,
        columns.map(({ name }) => name),
        pattern,
      );
      const { sql, selected } = cellQuery(source, columns, asked);
      const found = await runWithProgress(
        connection,
        () => fetchCells(connection, sql, selected),
        source.bytes,
        options.progress,
      );
      options.progress?.(1, source.bytes);
      return { ...cellsOf(selected, found, asked, pattern), files: source.files, bytes: source.bytes };
    } catch (error) {
      if (error instanceof FairnessError && error.code === 'positive-absent') {
        throw await withValues(connection, source, error);
      }
      throw inOurWords(error, source.files);
    }
  });
}

async function columnsOf(connection: DuckDBConnection, source: Source): Promise<readonly FileColumn[]> {
  if (source.format === 'csv') return source.columns.map((name) => ({ name, type: 'VARCHAR' }));
  const result = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${tableOf(source)}`);
  return result.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

function cellsOf(
  selected: readonly Selected[],
  columns: readonly FetchedColumn[],
  asked: FileColumns,
  where: string,
): { cells: Cells; excluded: Readonly<Record<string, number>> } {
  const at = (fits: (one: Selected) => boolean) => columns[selected.findIndex(fits)];
  const sum = (name: SumName) => at((one) => one.kind === 'sum' && one.of === name) as number[] | undefined;
  const rows = sum('rows') ?? [];
  const total = rows.reduce((all, n) => all + n, 0);
  complain(sum, asked, where);
  if (total === 0) {
    throw new FairnessError('empty', 'there is not a single row', {
      where,
      mend: 'Check that the file was written whole',
    });
  }
  const prediction = at((one) => one.kind === 'yes-no' && one.role === 'prediction') as (number | null)[];
  const kept: number[] = [];
  for (let cell = 0; cell < rows.length; cell++) {
    if ((rows[cell] as number) > 0 && prediction[cell] !== null) kept.push(cell);
  }
  const excluded = total - kept.reduce((all, cell) => all + (rows[cell] as number), 0);
  const pick = <T>(values: readonly T[]): readonly T[] =>
    kept.length === values.length ? values : kept.map((cell) => values[cell] as T);
  const coded = ({ codes, of }: { readonly codes: Int32Array; readonly of: readonly string[] }) => ({
    codes: kept.length === codes.length ? codes : Int32Array.from(kept, (cell) => codes[cell] as number),
    of,
  });
  const attributes: RawColumn[] = [];
  const roles: Partial<Record<Role, RawColumn>> = {};
  selected.forEach((one, place) => {
    const column = columns[place] as FetchedColumn;
    if ('codes' in column) {
      if (one.kind === 'attribute') attributes.push({ name: one.name, ...coded(column) });
      return;
    }
    const values = pick(column as (string | number | null)[]);
    if (one.kind === 'attribute') attributes.push({ name: one.name, values: values as (string | null)[] });
    if (one.kind === 'text')
      roles[one.role] = { name: asked[one.role] ?? one.role, values: values as (string | null)[] };
    if (one.kind === 'bin') roles.bin = { name: asked.score ?? 'score', values: values.map(textOrNull) };
    if (one.kind === 'yes-no') {
      checkPositive(asked[one.role], columns[place] as (number | null)[], rows);
      roles[one.role] = {
        name: asked[one.role]?.column ?? one.role,
        values: values.map((code) => (code === null ? null : (YES_NO_VALUES[code === 0 ? 0 : 1] as string))),
      };
    }
  });
  const scaled = (name: SumName, unit: number) => pick(sum(name) ?? []).map((value) => value / unit);
  return {
    cells: assemble({
      attributes,
      roles,
      count: pick(rows),
      weights:
        asked.weight === undefined
          ? undefined
          : { sum: scaled('weight', WEIGHT_UNIT), squares: scaled('weightSquare', WEIGHT_UNIT ** 2) },
      scores:
        asked.score === undefined
          ? undefined
          : { sum: scaled('score', SCORE_UNIT), squares: scaled('scoreSquare', SCORE_UNIT ** 2) },
    }),
    excluded: excluded === 0 ? {} : { prediction: excluded },
  };
}

function textOrNull(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

/** Every value that was called positive must occur: one that does not is a misprint that would turn the audit round. */
function checkPositive(
  column: FileColumns['prediction'] | undefined,
  codes: readonly (number | null)[],
  rows: readonly number[],
): void {
  if (column === undefined) return;
  const seen = new Set(codes.filter((_, cell) => (rows[cell] as number) > 0));
  const missing = column.positive.find((_, at) => !seen.has(at + 1));
  if (missing === undefined) return;
  throw new FairnessError(
    'positive-absent',
    `no row has the value ${JSON.stringify(missing)}, which was called positive`,
    {
      where: column.column,
      mend: 'Check the spelling and the case of the value',
    },
  );
}

const COMPLAINTS = [
  [
    'badCount',
    'count',
    'bad-count',
    'are no whole numbers from 0',
    'Counts say how many decisions a row stands for',
  ],
  [
    'badWeight',
    'weight',
    'bad-weight',
    'are no weights from a millionth to a million',
    'Leave no weight empty; multiply all by the same factor if they are very small or large',
  ],
  [
    'badScore',
    'score',
    'bad-score',
    'are no scores from 0 to 1',
    'Divide the scores by their largest possible value',
  ],
] as const;

function complain(sum: (name: SumName) => number[] | undefined, asked: FileColumns, where: string): void {
  for (const [name, option, code, what, mend] of COMPLAINTS) {
    const bad = (sum(name) ?? []).reduce((all, n) => all + n, 0);
    if (bad > 0)
      throw new FairnessError(code, `${bad} values ${what}`, {
        where: `${where}, column ${asked[option]}`,
        mend,
      });
  }
}

/** What the column does hold, the most frequent first: what to choose positive values from. */
async function withValues(
  connection: DuckDBConnection,
  source: Source,
  error: FairnessError,
): Promise<FairnessError> {
  const name = identifier(error.where ?? '');
  const result = await connection.runAndReadAll(
    `SELECT ${name}::VARCHAR FROM ${tableOf(source)} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 12`,
  );
  const values = result.getRows().map(([value]) => JSON.stringify(value));
  return new FairnessError(error.code, error.what, {
    ...(error.where === undefined ? {} : { where: error.where }),
    mend: `${error.mend}; it holds ${values.join(', ')}`,
  });
}

import { SCORE_UNIT } from '../cells/builder.ts';
import { SCORE_BINS } from '../cells/cells.ts';
import { type FileColumns, TEXT_ASKED, YES_NO_ASKED } from './asked.ts';
import type { Source } from './source.ts';

/** A column of the file and its type there. */
export interface FileColumn {
  readonly name: string;
  readonly type: string;
}

/** What the columns of the result hold, in their order. */
export type Selected =
  | { readonly kind: 'attribute'; readonly name: string }
  /** 0 no, k the k-th positive value, `null` not known. */
  | { readonly kind: 'yes-no'; readonly role: (typeof YES_NO_ASKED)[number] }
  | { readonly kind: 'text'; readonly role: (typeof TEXT_ASKED)[number] }
  | { readonly kind: 'bin' }
  | { readonly kind: 'sum'; readonly of: SumName };

export type SumName =
  | 'rows'
  | 'badCount'
  | 'weight'
  | 'weightSquare'
  | 'badWeight'
  | 'score'
  | 'scoreSquare'
  | 'badScore';

/** Weights are kept to the billionth and added as whole numbers, so that no sum depends on the order of rows. */
export const WEIGHT_UNIT = 1_000_000_000;
export const WEIGHT_LEAST = 1e-6;
export const WEIGHT_MOST = 1e6;

/** The one pass over the rows: groups them by everything that is asked for and adds whole numbers only. */
export function cellQuery(
  source: Source,
  columns: readonly FileColumn[],
  asked: FileColumns,
): { readonly sql: string; readonly selected: readonly Selected[] } {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const text = (column: string) => textOf(column, types.get(column) ?? 'VARCHAR');
  const parts: { readonly selected: Selected; readonly sql: string }[] = asked.by.map((name) => ({
    selected: { kind: 'attribute', name },
    sql: text(name),
  }));
  for (const role of YES_NO_ASKED) {
    const column = asked[role];
    if (column === undefined) continue;
    const cases = column.positive.map((value, at) => `WHEN ${literal(value)} THEN ${at + 1}`).join(' ');
    const value = text(column.column);
    parts.push({
      selected: { kind: 'yes-no', role },
      sql: `CASE WHEN ${value} IS NULL THEN NULL ELSE CASE ${value} ${cases} ELSE 0 END END::TINYINT`,
    });
  }
  for (const role of TEXT_ASKED) {
    const column = asked[role];
    if (column === undefined) continue;
    parts.push({
      selected: { kind: 'text', role },
      sql: role === 'period' ? monthOf(text(column)) : text(column),
    });
  }
  const score = asked.score === undefined ? undefined : `TRY_CAST(${identifier(asked.score)} AS DOUBLE)`;
  if (score !== undefined) {
    parts.push({
      selected: { kind: 'bin' },
      sql: `CASE WHEN ${score} >= 0 THEN LEAST(${SCORE_BINS - 1}, FLOOR(${score} * ${SCORE_BINS}))::INTEGER END`,
    });
  }
  const keys = parts.length;
  const sum = (of: SumName, sql: string) =>
    parts.push({ selected: { kind: 'sum', of }, sql: `${sql}::DOUBLE` });
  const times = asked.count === undefined ? undefined : `TRY_CAST(${identifier(asked.count)} AS BIGINT)`;
  const repeated = (sql: string) => (times === undefined ? sql : `${times} * ${sql}`);
  sum('rows', times === undefined ? 'COUNT(*)' : `COALESCE(SUM(${times}), 0)`);
  if (times !== undefined && asked.count !== undefined) {
    const given = `TRY_CAST(${identifier(asked.count)} AS DOUBLE)`;
    sum(
      'badCount',
      `COUNT(*) FILTER (${given} IS NULL OR ${given} < 0 OR ${given} <> FLOOR(${given}) OR ${times} IS NULL)`,
    );
  }
  if (asked.weight !== undefined) {
    const given = `TRY_CAST(${identifier(asked.weight)} AS DOUBLE)`;
    const good = `${given} BETWEEN ${WEIGHT_LEAST} AND ${WEIGHT_MOST}`;
    const units = `CASE WHEN ${good} THEN ROUND(${given} * ${WEIGHT_UNIT})::HUGEINT ELSE 0 END`;
    sum('weight', `SUM(${repeated(`(${units})`)})`);
    sum('weightSquare', `SUM(${repeated(`(${units}) * (${units})`)})`);
    sum('badWeight', `COUNT(*) FILTER (${given} IS NULL OR NOT (${good} OR ${given} = 0))`);
  }
  if (score !== undefined && asked.score !== undefined) {
    const good = `${score} BETWEEN 0 AND 1`;
    const units = `CASE WHEN ${good} THEN ROUND(${score} * ${SCORE_UNIT})::HUGEINT ELSE 0 END`;
    sum('score', `SUM(${repeated(`(${units})`)})`);
    sum('scoreSquare', `SUM(${repeated(`(${units}) * (${units})`)})`);
    sum('badScore', `COUNT(*) FILTER (${text(asked.score)} IS NOT NULL AND NOT COALESCE(${good}, FALSE))`);
  }
  const keyList = Array.from({ length: keys }, (_, at) => at + 1).join(', ');
  return {
    sql: `SELECT ${parts.map(({ sql }) => sql).join(', ')} FROM ${tableOf(source)} GROUP BY ${keyList}`,
    selected: parts.map(({ selected }) => selected),
  };
}

/** The rows of the source as a table. */
export function tableOf(source: Source): string {
  const files = `[${source.files.map((file) => literal(withoutPatterns(file))).join(', ')}]`;
  if (source.format === 'parquet') return `read_parquet(${files})`;
  const columns = source.columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return (
    `read_csv(${files}, auto_detect = false, header = true, delim = ${literal(source.separator)}, quote = '"', ` +
    `escape = '"', strict_mode = true, buffer_size = ${CSV_BUFFER}, columns = {${columns}})`
  );
}

/** Two of these for each thread; larger ones are no faster. */
const CSV_BUFFER = 8_000_000;

/** Text as it is compared: whole numbers without a decimal point, an empty one as not known. */
function textOf(column: string, type: string): string {
  const name = identifier(column);
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) {
    return `CASE WHEN ${name} = FLOOR(${name}) AND ABS(${name}) < 1e15 THEN ${name}::BIGINT::VARCHAR ELSE ${name}::VARCHAR END`;
  }
  return type === 'VARCHAR' ? `NULLIF(${name}, '')` : `${name}::VARCHAR`;
}

function monthOf(text: string): string {
  return `CASE WHEN regexp_matches(${text}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN LEFT(${text}, 7) ELSE ${text} END`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path whose own `*`, `?` and `[` stand for themselves. */
function withoutPatterns(path: string): string {
  return path.replaceAll(/[*?[]/g, (character) => `[${character}]`);
}

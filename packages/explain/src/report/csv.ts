import { ExplainError } from '../error.ts';

/** A CSV file as text cells, with the header apart where there is one. */
export interface CsvTable {
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** Line of the first row, from 1. */
  readonly firstLine: number;
}

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * Reads a CSV file (RFC 4180): commas, quotes, one record a line, all of the same length.
 * @param hasHeader whether the first line is a header; left out, it is one when some cell of it is neither a number nor empty
 * @throws {ExplainError} `bad-rows` with line and column
 */
export function readCsv(text: string, hasHeader?: boolean): CsvTable {
  const records = [...recordsOf(text.startsWith('\ufeff') ? text.slice(1) : text)];
  const [first] = records;
  if (first === undefined) throw new ExplainError('bad-rows', 'line 1', 'the file is empty');
  const width = first.length;
  const uneven = records.findIndex(({ length }) => length !== width);
  if (uneven >= 0) {
    throw new ExplainError(
      'bad-rows',
      `line ${uneven + 1}`,
      `has ${records[uneven]?.length} cells, the first line has ${width}`,
    );
  }
  const header = hasHeader ?? first.some((cell) => cell !== '' && !NUMBER.test(cell));
  return header
    ? { header: first, rows: records.slice(1), firstLine: 2 }
    : { header: null, rows: records, firstLine: 1 };
}

function* recordsOf(text: string): Generator<string[]> {
  let line = 0;
  for (let at = 0; at < text.length; ) {
    line++;
    const record: string[] = [];
    for (;;) {
      const [cell, end] = text[at] === '"' ? quoted(text, at, line, record.length) : plain(text, at);
      record.push(cell);
      at = end;
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (at < text.length && text[at] !== '\n') {
      throw new ExplainError(
        'bad-rows',
        `line ${line}, column ${record.length}`,
        'something follows a closing quote; part cells with commas',
      );
    }
    at++;
    yield record;
  }
}

function plain(text: string, start: number): [string, number] {
  let end = start;
  while (
    end < text.length &&
    text[end] !== ',' &&
    text[end] !== '\n' &&
    !(text[end] === '\r' && text[end + 1] === '\n')
  )
    end++;
  return [text.slice(start, end).trim(), end];
}

function quoted(text: string, start: number, line: number, column: number): [string, number] {
  let cell = '';
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at);
    if (end < 0)
      throw new ExplainError('bad-rows', `line ${line}, column ${column + 1}`, 'a quote is not closed');
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    at = end + 2;
  }
}

/** A cell as a number; an empty one is NaN, a missing value. @throws {ExplainError} `bad-rows` with line and column */
export function numberOf(cell: string, line: number, column: string): number {
  if (cell === '') return Number.NaN;
  const number = NUMBER.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(number)) {
    const what = Number.isNaN(number)
      ? 'is not a number; leave the cell empty where the value is missing'
      : 'is too large a number';
    throw new ExplainError(
      'bad-rows',
      `line ${line}, column ${column}`,
      `${JSON.stringify(cell.slice(0, 40))} ${what}`,
    );
  }
  return number;
}

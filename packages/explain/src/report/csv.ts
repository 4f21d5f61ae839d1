import { ExplainError } from '../error.ts';

/** A CSV file as text cells, with the header apart where there is one; records are read as they are asked for. */
export interface CsvTable {
  readonly header: readonly string[] | null;
  /** Cells of a record, 0 for an empty file. */
  readonly width: number;
  readonly records: Iterable<CsvRecord>;
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** The line where the record begins, from 1. */
  readonly line: number;
}

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * Reads a CSV file (RFC 4180): commas, quotes, all records of the same length.
 * @param hasHeader whether the first record is a header; left out, it is one when some cell of it is neither a number nor empty
 * @throws {ExplainError} `bad-rows` with line and column, also while the records are read
 */
export function readCsv(text: string, hasHeader?: boolean): CsvTable {
  const source = recordsOf(text.startsWith('\ufeff') ? text.slice(1) : text);
  const first = source.next().value;
  if (first === undefined) throw new ExplainError('bad-rows', 'line 1', 'the file is empty');
  const width = first.cells.length;
  const header = hasHeader ?? first.cells.some((cell) => cell !== '' && !NUMBER.test(cell));
  return { header: header ? first.cells : null, width, records: even(header ? [] : [first], source, width) };
}

function* even(first: readonly CsvRecord[], rest: Iterable<CsvRecord>, width: number): Generator<CsvRecord> {
  yield* first;
  for (const record of rest) {
    if (record.cells.length !== width) {
      throw new ExplainError(
        'bad-rows',
        `line ${record.line}`,
        `has ${record.cells.length} cells, the first line has ${width}`,
      );
    }
    yield record;
  }
}

function* recordsOf(text: string): Generator<CsvRecord, undefined> {
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const cells: string[] = [];
    const begins = line;
    for (;;) {
      const quotes = text[at] === '"';
      const [cell, end] = quotes ? quoted(text, at, line, cells.length) : plain(text, at);
      if (quotes) line += cell.split('\n').length - 1;
      cells.push(cell);
      at = end;
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (at < text.length && text[at] !== '\n') {
      throw new ExplainError(
        'bad-rows',
        `line ${line}, column ${cells.length}`,
        'something follows a closing quote; part cells with commas',
      );
    }
    at++;
    line++;
    yield { cells, line: begins };
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

export const isNumber = (cell: string) => NUMBER.test(cell);

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

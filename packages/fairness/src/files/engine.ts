import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { FairnessError } from '../error.ts';

/** How far a reading is: the share of the bytes read, from 0 to 1, and all bytes. */
export type ReadProgress = (share: number, bytes: number) => void;

const LOOK_EVERY_MS = 120;

/** An engine in memory that fetches nothing and runs nothing but this package's own queries. */
export async function withEngine<T>(
  threads: number | undefined,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'false',
    temp_directory: join(tmpdir(), `taalil-audit-${process.pid}`),
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs a query while telling how far it is. */
export async function runWithProgress<T>(
  connection: DuckDBConnection,
  run: () => Promise<T>,
  bytes: number,
  progress: ReadProgress | undefined,
): Promise<T> {
  if (progress === undefined) return run();
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
  let furthest = 0;
  const timer = setInterval(() => {
    furthest = Math.max(furthest, connection.progress.percentage / 100);
    progress(Math.min(1, furthest), bytes);
  }, LOOK_EVERY_MS);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}

/** What the engine says of a bad file, in this package's words: what, where, and how to mend it. */
export function inOurWords(error: unknown, files: readonly string[]): unknown {
  if (error instanceof FairnessError || !(error instanceof Error)) return error;
  const { message } = error;
  const file = /(?:file = |file ['"])([^'"\n]+)/.exec(message)?.[1]?.trim() ?? files[0] ?? '';
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (/not utf-?8|invalid unicode/i.test(message)) {
    return new FairnessError('unreadable', 'the file is not in UTF-8', {
      where: line === undefined ? file : `${file}, line ${line}`,
      mend: 'Convert it: iconv -f WINDOWS-1256 -t UTF-8 (Arabic) or -f WINDOWS-1252 (French)',
    });
  }
  if (line !== undefined) {
    return new FairnessError('broken-line', brokenBecause(message), {
      where: `${file}, line ${line}`,
      mend: 'Mend the line, or export the file again with quotation marks around every value that holds the separator',
    });
  }
  if (/No magic bytes|too small to be a Parquet|Invalid footer|footer length/i.test(message)) {
    return new FairnessError('truncated', 'this Parquet file has no end: it was cut short', {
      where: file,
      mend: 'Copy or export it again, and compare the sizes',
    });
  }
  if (/out of memory/i.test(message)) {
    return new FairnessError('too-many-cells', 'the columns have more combinations than fit in memory', {
      mend: 'Name fewer columns, or columns with fewer values',
    });
  }
  return new FairnessError('unreadable', `the file is damaged (${message.split('\n')[0]?.slice(0, 200)})`, {
    where: file,
    mend: 'Copy or export it again',
  });
}

function brokenBecause(message: string): string {
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  if (expected !== undefined) return `${found} values where the header names ${expected} columns`;
  if (/unterminated quote/i.test(message)) return 'a quotation mark is not closed, or something follows it';
  if (/maximum line size/i.test(message))
    return 'the line is longer than any line may be; a quotation mark is missing';
  return 'the line cannot be read';
}

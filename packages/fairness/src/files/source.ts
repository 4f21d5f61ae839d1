import { closeSync, existsSync, globSync, openSync, readSync, statSync } from 'node:fs';
import { FairnessError } from '../error.ts';
import { readHeader } from './header.ts';

/** Files of one kind with the same columns. */
export type Source = {
  readonly files: readonly string[];
  readonly bytes: number;
} & (
  | { readonly format: 'parquet' }
  | { readonly format: 'csv'; readonly columns: readonly string[]; readonly separator: string }
);

const REMOTE = /^[a-z][a-z0-9+.-]+:\/\//i;
const GLOB = /[*?[\]{}]/;

/**
 * Finds what a path or a pattern (`*`, `**`, `?`, `[…]`, `{…}`) names, and looks at its beginning. Nothing is ever fetched
 * from elsewhere.
 *
 * @throws FairnessError `remote`, `no-file`, `unreadable`, `empty`
 */
export function findSource(pattern: string): Source {
  if (REMOTE.test(pattern)) {
    throw new FairnessError('remote', 'audits read files of this machine only', {
      where: pattern,
      mend: 'Download the file first',
    });
  }
  const found = existsSync(pattern) || !GLOB.test(pattern) ? [pattern] : globSync(pattern).sort();
  if (found.length === 0) {
    throw new FairnessError('no-file', 'nothing fits this pattern', {
      where: pattern,
      mend: 'Check the folder, and put the pattern in quotation marks so that the shell leaves it alone',
    });
  }
  const files = found.map(look);
  const [first] = files as [Looked, ...Looked[]];
  const other = files.find(({ parquet }) => parquet !== first.parquet);
  if (other !== undefined) {
    throw new FairnessError('unreadable', `is not of the same kind as ${first.file}`, {
      where: other.file,
      mend: 'Audit CSV and Parquet files apart',
    });
  }
  const all = { files: found, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  if (first.parquet) return { format: 'parquet', ...all };
  const { columns, separator } = readHeader(first.file);
  for (const { file } of files.slice(1)) {
    const its = readHeader(file);
    if (its.separator === separator && its.columns.join('\u0000') === columns.join('\u0000')) continue;
    throw new FairnessError('unreadable', `its header differs from that of ${first.file}`, {
      where: `${file}, line 1`,
      mend: 'Give files with the same columns in the same order',
    });
  }
  return { format: 'csv', columns, separator, ...all };
}

interface Looked {
  readonly file: string;
  readonly bytes: number;
  readonly parquet: boolean;
}

function look(file: string): Looked {
  const start = Buffer.alloc(4);
  try {
    const info = statSync(file);
    if (info.isDirectory()) {
      throw new FairnessError('no-file', 'is a folder', {
        where: file,
        mend: `Name its files: '${file}/*.csv'`,
      });
    }
    const handle = openSync(file, 'r');
    try {
      readSync(handle, start, 0, 4, 0);
    } finally {
      closeSync(handle);
    }
    return {
      file,
      bytes: info.size,
      parquet: start.toString('latin1') === 'PAR1' || file.endsWith('.parquet'),
    };
  } catch (error) {
    if (error instanceof FairnessError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FairnessError(
      missing ? 'no-file' : 'unreadable',
      missing ? 'there is no such file' : 'may not be read',
      { where: file, mend: missing ? 'Check the path' : 'Check its permissions' },
    );
  }
}

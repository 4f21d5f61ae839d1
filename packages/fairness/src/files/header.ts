import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { FairnessError } from '../error.ts';

const MOST = 1 << 20;
const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * The first line of a CSV file: its column names, and the separator that parts them (the most frequent of comma, semicolon,
 * tab and bar outside quotation marks). Nothing else is guessed about the file.
 *
 * @throws FairnessError `empty`, `broken-line`, `unreadable`
 */
export function readHeader(file: string): {
  readonly columns: readonly string[];
  readonly separator: string;
} {
  const text = beginningOf(file).replace(/^\uFEFF/, '');
  const line = firstLine(text);
  if (line.trim() === '') {
    throw new FairnessError('empty', 'the file is empty', {
      where: file,
      mend: 'Its first line must name the columns',
    });
  }
  if (line.includes('\uFFFD')) {
    throw new FairnessError('unreadable', 'the file is not in UTF-8', {
      where: `${file}, line 1`,
      mend: 'Convert it: iconv -f WINDOWS-1256 -t UTF-8 (Arabic) or -f WINDOWS-1252 (French)',
    });
  }
  const separator = SEPARATORS.map((one) => ({ one, parts: split(line, one).length })).reduce((best, next) =>
    next.parts > best.parts ? next : best,
  ).one;
  const columns = split(line, separator).map((name) => name.trim());
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined || columns.includes('')) {
    const what =
      twice === undefined || twice === ''
        ? 'a column has no name'
        : `two columns are called ${JSON.stringify(twice)}`;
    throw new FairnessError('broken-line', what, {
      where: `${file}, line 1`,
      mend: 'The first line must give every column a name of its own',
    });
  }
  return { columns, separator };
}

function beginningOf(file: string): string {
  const bytes = Buffer.alloc(MOST);
  const handle = openSync(file, 'r');
  let length = 0;
  try {
    length = readSync(handle, bytes, 0, MOST, 0);
  } finally {
    closeSync(handle);
  }
  const start = bytes.subarray(0, length);
  if (!(start[0] === 0x1f && start[1] === 0x8b)) return start.toString('utf8');
  // The beginning of a compressed file is cut anywhere: what can be unpacked of it is enough.
  return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, MOST).toString('utf8');
}

/** Up to the first line break outside quotation marks. */
function firstLine(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return text.slice(0, at);
  }
  return text;
}

function split(line: string, separator: string): string[] {
  const fields: string[] = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) fields.push('');
    else fields[fields.length - 1] += character;
  }
  return fields.map((field) => {
    const trimmed = field.trim();
    return trimmed.startsWith('"') && trimmed.endsWith('"') && trimmed.length > 1
      ? trimmed.slice(1, -1).replaceAll('""', '"')
      : field;
  });
}

import { ExplainError } from '../error.ts';

/** A block of `key=value` lines. */
export class Section {
  private readonly name: string;
  private readonly entries = new Map<string, { readonly text: string; readonly line: number }>();

  constructor(name: string) {
    this.name = name;
  }

  add(key: string, text: string, line: number): void {
    if (this.entries.has(key))
      throw new ExplainError(
        'duplicate-key',
        `line ${line}`,
        `"${key.slice(0, 40)}" is given twice in ${this.name}`,
      );
    this.entries.set(key, { text, line });
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** Where a key stands, for errors. */
  place(key: string): string {
    const line = this.entries.get(key)?.line;
    return line === undefined ? this.name : `${this.name}, line ${line} (${key})`;
  }

  text(key: string): string {
    const entry = this.entries.get(key);
    if (entry === undefined) throw new ExplainError('missing-key', this.name, `has no "${key}"`);
    return entry.text;
  }

  count(key: string, max: number): number {
    const text = this.text(key);
    const count = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (!(count <= max))
      throw new ExplainError('out-of-limits', this.place(key), `expected a whole number from 0 to ${max}`);
    return count;
  }

  /** Numbers parted by blanks; with `length`, exactly that many. */
  numbers(key: string, length?: number): Float64Array {
    const text = this.text(key);
    const parts = text === '' ? [] : text.trim().split(/ +/);
    if (length !== undefined && parts.length !== length) {
      throw new ExplainError(
        'syntax',
        this.place(key),
        `has ${parts.length} entries, ${length} are expected; the file is damaged`,
      );
    }
    return Float64Array.from(parts, (part) => {
      const number = Number(part);
      if (Number.isNaN(number))
        throw new ExplainError('syntax', this.place(key), `"${part.slice(0, 40)}" is not a number`);
      return number;
    });
  }
}

/**
 * Splits a LightGBM text model into its header and its trees. What follows the trees (importances, parameters) decides
 * nothing and is passed over.
 */
export function readSections(bytes: Uint8Array, maxBytes: number): { header: Section; trees: Section[] } {
  if (bytes.length > maxBytes)
    throw new ExplainError(
      'too-large',
      '',
      `the file has ${bytes.length} bytes; at most ${maxBytes} are read`,
    );
  const header = new Section('header');
  const trees: Section[] = [];
  let ended = false;
  let current = header;
  eachLine(bytes, (line, number) => {
    if (number === 1) {
      if (line !== 'tree')
        throw new ExplainError(
          'unknown-format',
          'line 1',
          'a LightGBM text model begins with the line "tree"',
        );
      return;
    }
    if (ended || line === '') return;
    if (line === 'end of trees' || /^(feature importances|feature_importances|parameters):/.test(line)) {
      ended = true;
      return;
    }
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    const text = equals < 0 ? '' : line.slice(equals + 1);
    if (key === 'Tree') {
      if (text !== String(trees.length))
        throw new ExplainError(
          'syntax',
          `line ${number}`,
          `tree ${trees.length} is expected here, found "${text.slice(0, 20)}"`,
        );
      current = new Section(`tree ${text}`);
      trees.push(current);
    } else {
      current.add(key, text, number);
    }
  });
  if (!ended && !header.has('tree_sizes'))
    throw new ExplainError('syntax', '', 'the file ends within the header');
  if (header.has('tree_sizes')) {
    const announced = header.numbers('tree_sizes').length;
    if (announced !== trees.length)
      throw new ExplainError(
        'syntax',
        '',
        `${announced} trees are announced, ${trees.length} are there; the file is cut short`,
      );
  }
  return { header, trees };
}

function eachLine(bytes: Uint8Array, use: (line: string, number: number) => void): void {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ExplainError('not-utf8', '', 'the file is not UTF-8; save it as UTF-8');
  }
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    use(text.slice(start, text[end - 1] === '\r' ? end - 1 : end), ++number);
    start = end + 1;
  }
}

import { ExplainError } from '../error.ts';
import type { FloatDocument, FloatObject, JsonLimits } from './json.ts';

/** Bytes of one element, and how to read it, by UBJSON type marker. */
const NUMBERS: ReadonlyMap<string, readonly [size: number, read: (view: DataView, at: number) => number]> =
  new Map([
    ['i', [1, (view, at) => view.getInt8(at)]],
    ['U', [1, (view, at) => view.getUint8(at)]],
    ['I', [2, (view, at) => view.getInt16(at)]],
    ['l', [4, (view, at) => view.getInt32(at)]],
    ['L', [8, (view, at) => Number(view.getBigInt64(at))]],
    ['d', [4, (view, at) => view.getFloat32(at)]],
    ['D', [8, (view, at) => view.getFloat64(at)]],
  ]);

/**
 * Reads a hostile UBJSON file (Universal Binary JSON, draft 12) as XGBoost writes it: objects with counted or closed
 * ends, strongly typed lists of numbers, big-endian. A list of numbers becomes a `Float64Array`; every count is held
 * against the bytes that are left before anything is allocated.
 * @throws {ExplainError} `too-large`, `too-deep`, `duplicate-key`, `not-utf8`, `syntax`; the path of syntax errors is a byte offset
 */
export function parseUbjson(bytes: Uint8Array, limits: JsonLimits): FloatDocument {
  if (bytes.length > limits.maxBytes) {
    throw new ExplainError(
      'too-large',
      '',
      `the file has ${bytes.length} bytes; at most ${limits.maxBytes} are read`,
    );
  }
  return new UbjsonReader(bytes, limits).document();
}

class UbjsonReader {
  private at = 0;
  private values = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly limits: JsonLimits;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array, limits: JsonLimits) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.limits = limits;
  }

  document(): FloatDocument {
    const value = this.value(this.marker(), '', 0);
    if (this.at < this.bytes.length) this.fail('nothing may follow the value');
    return value;
  }

  private value(marker: string, path: string, depth: number): FloatDocument {
    if (++this.values > this.limits.maxValues) {
      throw new ExplainError('too-large', path, `the file holds more than ${this.limits.maxValues} values`);
    }
    if (depth > this.limits.maxDepth) {
      throw new ExplainError('too-deep', path, `values are nested more than ${this.limits.maxDepth} deep`);
    }
    switch (marker) {
      case '{':
        return this.object(path, depth);
      case '[':
        return this.list(path, depth);
      case 'S':
        return this.string();
      case 'T':
        return true;
      case 'F':
        return false;
      case 'Z':
        return null;
      default:
        return this.number(marker);
    }
  }

  private object(path: string, depth: number): FloatObject {
    const result = new Map<string, FloatDocument>();
    const count = this.peek() === '#' ? this.count(1) : undefined;
    while (count === undefined ? this.peek() !== '}' : result.size < count) {
      const key = this.string();
      const inner = path === '' ? key : `${path}.${key}`;
      if (result.has(key))
        throw new ExplainError('duplicate-key', inner, `the key is given twice (byte ${this.at}); keep one`);
      result.set(key, this.value(this.marker(), inner, depth + 1));
    }
    if (count === undefined) this.at++;
    return result;
  }

  private list(path: string, depth: number): FloatDocument {
    if (this.peek() === '$') {
      this.at++;
      return this.typedList(this.marker());
    }
    const count = this.peek() === '#' ? this.count(1) : undefined;
    const result: FloatDocument[] = [];
    while (count === undefined ? this.peek() !== ']' : result.length < count) {
      result.push(this.value(this.marker(), `${path}[${result.length}]`, depth + 1));
    }
    if (count === undefined) this.at++;
    const numbers = result.filter((value) => typeof value === 'number');
    return result.length > 0 && numbers.length === result.length ? Float64Array.from(numbers) : result;
  }

  private typedList(type: string): Float64Array {
    const [size, read] = NUMBERS.get(type) ?? this.fail(`a typed list of "${type}" is not a list of numbers`);
    const count = this.count(size);
    const result = new Float64Array(count);
    for (let i = 0; i < count; i++) result[i] = read(this.view, this.at + i * size);
    this.at += count * size;
    return result;
  }

  private number(marker: string): number {
    const [size, read] = NUMBERS.get(marker) ?? this.fail(`"${marker}" is no type marker`);
    this.need(size);
    const value = read(this.view, this.at);
    this.at += size;
    return value;
  }

  private string(): string {
    const length = this.number(this.marker());
    if (!(length >= 0)) this.fail('a length is negative');
    this.need(length);
    const start = this.at;
    this.at += length;
    try {
      return this.decoder.decode(this.bytes.subarray(start, this.at));
    } catch {
      throw new ExplainError('not-utf8', `byte ${start}`, 'a string is not UTF-8');
    }
  }

  /** Reads `#` and a count of elements of at least `size` bytes each. */
  private count(size: number): number {
    if (this.marker() !== '#') this.fail('expected "#" and a count');
    const count = this.number(this.marker());
    if (!(count >= 0)) this.fail('a count is negative');
    this.need(count * size);
    return count;
  }

  private marker(): string {
    this.need(1);
    return String.fromCharCode(this.bytes[this.at++] ?? 0);
  }

  private peek(): string {
    this.need(1);
    return String.fromCharCode(this.bytes[this.at] ?? 0);
  }

  private need(count: number): void {
    if (count > this.bytes.length - this.at)
      this.fail(`the file ends here, ${count} more bytes are announced`);
  }

  private fail(what: string): never {
    throw new ExplainError('syntax', `byte ${this.at}`, `not UBJSON: ${what}`);
  }
}

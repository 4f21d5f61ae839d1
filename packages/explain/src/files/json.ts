import { ExplainError } from '../error.ts';
import { readFloat } from './float-text.ts';

/** A JSON number as written, so that decimals are never read as floats. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type JsonObject = ReadonlyMap<string, Json>;
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

/** A file of floats: numbers are doubles, and a list that begins with a number holds numbers only. */
export type FloatObject = ReadonlyMap<string, FloatDocument>;
export type FloatDocument =
  | null
  | boolean
  | string
  | number
  | Float64Array
  | readonly FloatDocument[]
  | FloatObject;

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Objects, lists, strings, numbers and literals together; a list of floats counts as one. */
  readonly maxValues: number;
  /** Lists of numbers under these keys are passed over and read as empty. */
  readonly skip?: ReadonlySet<string>;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Reads a hostile JSON file (RFC 8259): UTF-8 only, no duplicate or prototype keys, bounded size, depth and count.
 *
 * Objects become `Map`s and numbers keep their text.
 * @throws {ExplainError} `too-large`, `not-utf8`, `syntax`, `duplicate-key`, `too-deep`; syntax errors name line and column
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): Json {
  return new TextReader(bytes, limits).document();
}

/** As {@link parseJson}, for files of floats: doubles, and the bare tokens `NaN` and `Infinity` that XGBoost writes. */
export function parseFloatJson(bytes: Uint8Array, limits: JsonLimits): FloatDocument {
  return new FloatReader(bytes, limits).document();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** 1 for the bytes of numbers, commas and blanks. */
const NUMERIC = new Uint8Array(256);
for (const character of '0123456789+-.eE, \t\n\rNaInfity') NUMERIC[character.charCodeAt(0)] = 1;

type Value<N, L> =
  | null
  | boolean
  | string
  | N
  | L
  | readonly Value<N, L>[]
  | ReadonlyMap<string, Value<N, L>>;

/** One recursive-descent reader; what a number becomes is left to the two readers below. */
abstract class Reader<N, L> {
  protected at = 0;
  protected readonly bytes: Uint8Array;
  private values = 0;
  private readonly limits: JsonLimits;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array, limits: JsonLimits) {
    if (bytes.length > limits.maxBytes) {
      throw new ExplainError(
        'too-large',
        '',
        `the file has ${bytes.length} bytes; at most ${limits.maxBytes} are read`,
      );
    }
    // a plain view: slices of a Buffer are costly
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.limits = limits;
  }

  document(): Value<N, L> {
    this.blank();
    const value = this.value('', 0);
    if (this.at < this.bytes.length) this.fail('nothing may follow the value');
    return value;
  }

  protected abstract number(): N;
  protected abstract numbers(): L | undefined;

  protected value(path: string, depth: number): Value<N, L> {
    if (++this.values > this.limits.maxValues) {
      throw new ExplainError('too-large', path, `the file holds more than ${this.limits.maxValues} values`);
    }
    if (depth > this.limits.maxDepth) {
      throw new ExplainError('too-deep', path, `values are nested more than ${this.limits.maxDepth} deep`);
    }
    const value = this.bare(path, depth);
    this.blank();
    return value;
  }

  private bare(path: string, depth: number): Value<N, L> {
    switch (this.bytes[this.at]) {
      case OPEN_OBJECT:
        return this.object(path, depth);
      case OPEN_LIST:
        return this.list(path, depth);
      case QUOTE:
        return this.string();
      case 0x74:
        return this.literal('true', true);
      case 0x66:
        return this.literal('false', false);
      case 0x6e:
        return this.literal('null', null);
      default:
        return this.number();
    }
  }

  private object(path: string, depth: number): ReadonlyMap<string, Value<N, L>> {
    const result = new Map<string, Value<N, L>>();
    this.take(OPEN_OBJECT);
    if (this.taken(CLOSE_OBJECT)) return result;
    do {
      if (this.bytes[this.at] !== QUOTE) this.fail('expected a key in double quotes');
      const key = this.string();
      const inner = path === '' ? key : `${path}.${key}`;
      if (FORBIDDEN_KEYS.has(key))
        throw new ExplainError('bad-name', inner, `the key "${key}" is reserved; rename it`);
      if (result.has(key))
        throw new ExplainError('duplicate-key', inner, `the key is given twice (${this.place()}); keep one`);
      this.blank();
      this.take(COLON);
      const skipped = this.limits.skip?.has(key) === true && this.skipNumbers();
      result.set(key, skipped ? [] : this.value(inner, depth + 1));
    } while (this.taken(COMMA));
    this.close(CLOSE_OBJECT);
    return result;
  }

  private list(path: string, depth: number): L | Value<N, L>[] {
    this.take(OPEN_LIST);
    if (this.bytes[this.at] === CLOSE_LIST) {
      this.at++;
      return [];
    }
    const numbers = this.numbers();
    const result: Value<N, L>[] = [];
    if (numbers === undefined) {
      do result.push(this.value(`${path}[${result.length}]`, depth + 1));
      while (this.taken(COMMA));
    }
    this.close(CLOSE_LIST);
    return numbers ?? result;
  }

  /** Passes over a list of numbers without reading them; false when it is something else. */
  private skipNumbers(): boolean {
    if (this.bytes[this.at] !== OPEN_LIST) return false;
    const end = this.bytes.indexOf(CLOSE_LIST, this.at);
    for (let i = this.at + 1; i < end; i++) if (NUMERIC[this.bytes[i] as number] === 0) return false;
    if (end < 0) return false;
    this.at = end + 1;
    this.blank();
    return true;
  }

  private string(): string {
    const start = ++this.at;
    let escaped = false;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || byte < 0x20)
        this.fail('a string is not closed, or holds a control character');
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        escaped = true;
        this.at++;
      }
      this.at++;
    }
    const text = this.decode(start, this.at++);
    const value = escaped ? this.unescaped(text) : text;
    return value;
  }

  private unescaped(text: string): string {
    let value: string;
    try {
      value = JSON.parse(`"${text}"`) as string;
    } catch {
      this.fail('a string has a wrong escape');
    }
    if (!value.isWellFormed()) this.fail('a string holds half of a surrogate pair');
    return value;
  }

  private literal<T>(word: string, value: T): T {
    if (!this.startsWith(word)) this.fail('expected a value');
    this.at += word.length;
    return value;
  }

  protected startsWith(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false;
    return true;
  }

  protected decode(start: number, end: number): string {
    try {
      return this.decoder.decode(this.bytes.subarray(start, end));
    } catch {
      throw new ExplainError('not-utf8', this.place(), 'the file is not UTF-8; save it as UTF-8');
    }
  }

  protected blank(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at++;
    }
  }

  protected taken(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.take(byte);
    return true;
  }

  private take(byte: number): void {
    if (this.bytes[this.at] !== byte) this.fail(`expected "${String.fromCharCode(byte)}"`);
    this.at++;
    this.blank();
  }

  private close(byte: number): void {
    if (this.bytes[this.at] !== byte) this.fail(`expected "," or "${String.fromCharCode(byte)}"`);
    this.at++;
  }

  private place(): string {
    let line = 1;
    let start = 0;
    for (let i = 0; i < this.at && i < this.bytes.length; i++) {
      if (this.bytes[i] !== 0x0a) continue;
      line++;
      start = i + 1;
    }
    return `line ${line}, column ${this.at - start + 1}`;
  }

  protected fail(what: string): never {
    throw new ExplainError('syntax', this.place(), `not JSON: ${what}`);
  }
}

class TextReader extends Reader<JsonNumber, never> {
  protected override number(): JsonNumber {
    const number = readFloat(this.bytes, this.at);
    if (number === undefined) this.fail('expected a value (NaN and Infinity are not values)');
    const text = this.decode(this.at, number.end);
    this.at = number.end;
    return new JsonNumber(text);
  }

  protected override numbers(): undefined {}
}

class FloatReader extends Reader<number, Float64Array> {
  private readonly latin = new TextDecoder('latin1');

  protected override number(): number {
    const number = readFloat(this.bytes, this.at);
    if (number !== undefined) {
      this.at = number.end;
      return number.value;
    }
    for (const [word, value] of SPECIAL) {
      if (!this.startsWith(word)) continue;
      this.at += word.length;
      return value;
    }
    return this.fail('expected a value');
  }

  protected override numbers(): Float64Array | undefined {
    const first = this.bytes[this.at] ?? 0;
    const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39) || first === 0x4e || first === 0x49;
    return isNumber ? (this.plainNumbers() ?? this.eachNumber()) : undefined;
  }

  /** A list without `NaN` in one go by the engine's own reader; undefined when that refuses it. */
  private plainNumbers(): Float64Array | undefined {
    const end = this.bytes.indexOf(CLOSE_LIST, this.at);
    if (end < 0) return undefined;
    let list: unknown[];
    try {
      list = JSON.parse(`[${this.latin.decode(this.bytes.subarray(this.at, end))}]`) as unknown[];
    } catch {
      return undefined;
    }
    const result = new Float64Array(list.length);
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      if (typeof value !== 'number') return undefined;
      result[i] = value;
    }
    this.at = end;
    return result;
  }

  private eachNumber(): Float64Array {
    const result: number[] = [];
    do {
      result.push(this.number());
      this.blank();
    } while (this.taken(COMMA));
    return Float64Array.from(result);
  }
}

const SPECIAL: readonly (readonly [string, number])[] = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

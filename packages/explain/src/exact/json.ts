import { ExplainError } from '../error.ts';

/** A JSON number as written, so that decimals are never read as floats. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type JsonObject = ReadonlyMap<string, Json>;
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Objects, lists, strings, numbers and literals together. */
  readonly maxValues: number;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'prototype', 'constructor']);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const BLANK = /[ \t\n\r]*/y;

/**
 * Reads a hostile JSON file (RFC 8259): UTF-8 only, no duplicate or prototype keys, bounded size, depth and count.
 *
 * Objects become `Map`s and numbers keep their text.
 * @throws {ExplainError} `too-large`, `not-utf8`, `syntax`, `duplicate-key`, `too-deep`; syntax errors name line and column
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): Json {
  if (bytes.length > limits.maxBytes) {
    throw new ExplainError(
      'too-large',
      '',
      `the file has ${bytes.length} bytes; at most ${limits.maxBytes} are read`,
    );
  }
  return new Reader(decodeUtf8(bytes), limits).document();
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ExplainError('not-utf8', '', 'the file is not UTF-8; save it as UTF-8');
  }
}

function readQuoted(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

class Reader {
  private at = 0;
  private values = 0;
  private readonly text: string;
  private readonly limits: JsonLimits;

  constructor(text: string, limits: JsonLimits) {
    this.text = text;
    this.limits = limits;
  }

  document(): Json {
    this.blank();
    const value = this.value('', 0);
    if (this.at < this.text.length) this.fail('nothing may follow the value');
    return value;
  }

  private value(path: string, depth: number): Json {
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

  private bare(path: string, depth: number): Json {
    switch (this.text[this.at]) {
      case '{':
        return this.object(path, depth);
      case '[':
        return this.list(path, depth);
      case '"':
        return this.string();
      case 't':
        return this.literal('true', true);
      case 'f':
        return this.literal('false', false);
      case 'n':
        return this.literal('null', null);
      default:
        return this.number();
    }
  }

  private object(path: string, depth: number): JsonObject {
    const result = new Map<string, Json>();
    this.take('{');
    if (this.taken('}')) return result;
    do {
      if (this.text[this.at] !== '"') this.fail('expected a key in double quotes');
      const key = this.string();
      const inner = path === '' ? key : `${path}.${key}`;
      if (FORBIDDEN_KEYS.has(key))
        throw new ExplainError('bad-name', inner, `the key "${key}" is reserved; rename it`);
      if (result.has(key))
        throw new ExplainError('duplicate-key', inner, `the key is given twice (${this.place()}); keep one`);
      this.blank();
      this.take(':');
      result.set(key, this.value(inner, depth + 1));
    } while (this.taken(','));
    this.close('}');
    return result;
  }

  private list(path: string, depth: number): Json[] {
    const result: Json[] = [];
    this.take('[');
    if (this.taken(']')) return result;
    do result.push(this.value(`${path}[${result.length}]`, depth + 1));
    while (this.taken(','));
    this.close(']');
    return result;
  }

  private string(): string {
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    const value = readQuoted(this.text.slice(this.at, end + 1));
    if (value === undefined)
      this.fail('a string is not closed, or holds a control character or a wrong escape');
    if (!value.isWellFormed()) this.fail('a string holds half of a surrogate pair');
    this.at = end + 1;
    return value;
  }

  private number(): JsonNumber {
    const text = this.match(NUMBER);
    if (text === undefined) this.fail('expected a value (NaN and Infinity are not values)');
    return new JsonNumber(text);
  }

  private literal<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail('expected a value');
    this.at += word.length;
    return value;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found[0];
  }

  private blank(): void {
    if (this.text.charCodeAt(this.at) <= 32) this.match(BLANK);
  }

  private taken(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.take(character);
    return true;
  }

  private take(character: string): void {
    if (this.text[this.at] !== character) this.fail(`expected "${character}"`);
    this.at++;
    this.blank();
  }

  private close(character: string): void {
    if (this.text[this.at] !== character) this.fail(`expected "," or "${character}"`);
    this.at++;
  }

  private place(): string {
    const before = this.text.slice(0, this.at);
    return `line ${before.split('\n').length}, column ${this.at - before.lastIndexOf('\n')}`;
  }

  private fail(what: string): never {
    throw new ExplainError('syntax', this.place(), `not JSON: ${what}`);
  }
}

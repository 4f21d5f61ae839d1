import { ExplainError } from '../error.ts';
import { Decimal, type DecimalLimits } from '../exact/decimal.ts';
import { type Json, JsonNumber, type JsonObject } from '../files/json.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

export function child(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value instanceof Map) return 'an object';
  if (Array.isArray(value)) return 'a list';
  return value instanceof JsonNumber ? 'a number' : `a ${typeof value}`;
}

function wrong(path: string, expected: string, value: Json | undefined): never {
  if (value === undefined) throw new ExplainError('missing-key', path, `is missing; expected ${expected}`);
  throw new ExplainError('wrong-type', path, `expected ${expected}, found ${describe(value)}`);
}

/** An object that has no key but `allowed`. */
export function objectOf(value: Json | undefined, path: string, allowed: readonly string[]): JsonObject {
  const object = anyObject(value, path);
  for (const key of object.keys()) {
    if (!allowed.includes(key)) {
      throw new ExplainError(
        'unknown-key',
        child(path, key),
        `is not a key of this format; known here: ${allowed.join(', ')}`,
      );
    }
  }
  return object;
}

/** An object with free keys and at least one entry. */
export function anyObject(value: Json | undefined, path: string): JsonObject {
  if (!(value instanceof Map)) wrong(path, 'an object', value);
  return value;
}

export function listOf(value: Json | undefined, path: string, min: number, max: number): readonly Json[] {
  if (!Array.isArray(value)) wrong(path, 'a list', value);
  if (value.length < min || value.length > max) {
    throw new ExplainError(
      'out-of-limits',
      path,
      `has ${value.length} entries; between ${min} and ${max} are allowed`,
    );
  }
  return value;
}

export function textOf(value: Json | undefined, path: string): string {
  if (typeof value !== 'string') wrong(path, 'a string', value);
  if (value === '' || value.length > 200 || /\p{Cc}/u.test(value)) {
    throw new ExplainError('bad-name', path, 'must have 1 to 200 characters and no control character');
  }
  return value;
}

/** A fact, reason, segment or term name: a letter, then letters, digits, `_`, `.`, `-`; at most 64. */
export function nameOf(value: Json | undefined, path: string): string {
  const name = textOf(value, path);
  if (!NAME.test(name) || name in {}) {
    throw new ExplainError(
      'bad-name',
      path,
      `${JSON.stringify(name.slice(0, 64))} is not a usable name: a letter, then at most 63 letters, digits, "_", "." or "-", and not a name that JavaScript reserves`,
    );
  }
  return name;
}

export function decimalOf(value: Json | undefined, path: string, limits: DecimalLimits): Decimal {
  if (value instanceof JsonNumber) return Decimal.parse(value.text, path, limits);
  if (typeof value !== 'string') wrong(path, 'a decimal, as a string such as "-0.177"', value);
  return Decimal.parse(value, path, limits);
}

export function integerOf(value: Json | undefined, path: string, min: number, max: number): number {
  if (!(value instanceof JsonNumber)) wrong(path, `an integer from ${min} to ${max}`, value);
  const number = /^-?[0-9]{1,15}$/.test(value.text) ? Number(value.text) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new ExplainError('out-of-limits', path, `expected an integer from ${min} to ${max}`);
  }
  return number;
}

export function oneOf<T extends string>(value: Json | undefined, path: string, known: readonly T[]): T {
  const found = known.find((word) => word === value);
  if (found === undefined) {
    if (value === undefined) wrong(path, `one of ${known.join(', ')}`, value);
    throw new ExplainError('wrong-type', path, `expected one of ${known.join(', ')}`);
  }
  return found;
}

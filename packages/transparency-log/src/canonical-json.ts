import { utf8 } from './bytes.ts';
import { LogError } from './error.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Deeper nesting is refused, in and out. */
export const MAX_JSON_DEPTH = 32;

/**
 * Canonical JSON text of a value (RFC 8785, JCS): members sorted by UTF-16 code units, ECMAScript numbers and minimal
 * string escapes. Throws `malformed-json` for what has no I-JSON form: NaN, infinities, lone surrogates, undefined,
 * functions, instances of classes, cycles and nesting beyond {@link MAX_JSON_DEPTH}.
 */
export function canonicalize(value: unknown): string {
  return write(value, 0);
}

/** UTF-8 bytes of {@link canonicalize} (RFC 8785, section 3.2.4). */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalize(value));
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_JSON_DEPTH) refuse(`nests more than ${MAX_JSON_DEPTH} levels deep`);
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`holds ${value}, which JSON cannot write`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (Array.isArray(value)) {
    let out = '[';
    for (let i = 0; i < value.length; i++) out += (i > 0 ? ',' : '') + write(value[i], depth + 1);
    return `${out}]`;
  }
  if (typeof value === 'object' && isPlain(value)) {
    let out = '';
    for (const name of sortedKeys(value)) {
      out += `${out === '' ? '{' : ','}${quote(name)}:${write((value as Record<string, unknown>)[name], depth + 1)}`;
    }
    return out === '' ? '{}' : `${out}}`;
  }
  return refuse(`holds a value of type ${typeof value} that is not JSON`);
}

/** By UTF-16 code units, as strings compare; most objects are written in that order already. */
function sortedKeys(value: object): string[] {
  const names = Object.keys(value);
  for (let i = 1; i < names.length; i++) {
    if ((names[i - 1] as string) > (names[i] as string)) return names.sort();
  }
  return names;
}

/** Printable ASCII without quote and backslash: most strings need nothing more than quotes around them. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) refuse('holds a lone surrogate');
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function refuse(why: string): never {
  throw new LogError('malformed-json', `The value ${why}: it has no canonical form (RFC 8785).`);
}

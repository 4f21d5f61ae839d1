import { randomFillSync } from 'node:crypto';

/** Crockford base32, lower case: no i, l, o or u, so that it can be read aloud and typed. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const POOL = Buffer.allocUnsafe(16_384);
let used = POOL.length;

/** `count` random bytes out of a pool that is refilled in bulk. The view is valid until the caller's turn ends. */
export function randomPool(count: number): Buffer {
  if (used + count > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += count;
  return POOL.subarray(used - count, used);
}

/** `length` random symbols of 5 bits each. */
export function randomSymbols(length: number): string {
  const bytes = randomPool(length);
  let out = '';
  for (let i = 0; i < length; i++) out += ALPHABET[(bytes[i] as number) & 31];
  return out;
}

/** An identifier without meaning or order: 120 random bits behind a short prefix. */
export function newId(
  prefix:
    | 'case'
    | 'wth'
    | 'wop'
    | 'dec'
    | 'evt'
    | 'rev'
    | 'stf'
    | 'key'
    | 'del'
    | 'cer'
    | 'ses'
    | 'whk'
    | 'bkp'
    | 'kno'
    | 'acc'
    | 'rep'
    | 'col'
    | 'ast'
    | 'asm'
    | 'con'
    | 'com'
    | 'bas'
    | 'alr'
    | 'att'
    | 'fil',
): string {
  return `${prefix}_${randomSymbols(24)}`;
}

/** A case's public reference: 50 random bits, grouped so that it can be dictated. */
export function newReference(): string {
  const s = randomSymbols(10).toUpperCase();
  return `${s.slice(0, 5)}-${s.slice(5)}`;
}

/** Reads a reference as people type it: any case, spaces or dashes, O for 0, I or L for 1. */
export function parseReference(text: string): string | undefined {
  const s = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(s) ? `${s.slice(0, 5)}-${s.slice(5)}` : undefined;
}

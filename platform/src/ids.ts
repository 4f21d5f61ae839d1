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

/** Symbols that identifiers made one after another have in common, and how many identifiers that is. */
const SHELF = 4;
const A_SHELF = 256;
const shelves = new Map<string, { symbols: string; room: number }>();

function shelfOf(prefix: string): string {
  let shelf = shelves.get(prefix);
  if (shelf === undefined || shelf.room === 0) {
    shelf = { symbols: randomSymbols(SHELF), room: A_SHELF };
    shelves.set(prefix, shelf);
  }
  shelf.room--;
  return shelf.symbols;
}

/**
 * An identifier without meaning or order: 120 random bits behind a short prefix. Those of cases and decisions that a process makes
 * one after another begin alike, by 20 of these bits: rows that come together then lie together in every index, and a commit writes
 * a few pages of each instead of one for each row. The other 100 bits are each one's own.
 */
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
  if (prefix === 'case' || prefix === 'dec')
    return `${prefix}_${shelfOf(prefix)}${randomSymbols(24 - SHELF)}`;
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

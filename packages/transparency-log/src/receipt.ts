import { asText, fromBase64, toBase64 } from './bytes.ts';
import type { JsonValue } from './canonical-json.ts';
import { assertFact, type Opening, SALT_LENGTH } from './commitment.ts';
import { COMMITMENTS_PER_ENTRY, parseEntry } from './entry.ts';
import { LogError } from './error.ts';
import { parseProof } from './proof.ts';
import { parseStrictJson } from './strict-json.ts';

export const MAX_RECEIPT_LENGTH = 256 * 1024;
export const MAX_BUNDLE_LENGTH = 4 * 1024 * 1024;
export const MAX_RECEIPTS = 256;

/** What a person holds: an entry, the facts in it that are opened, and the proof that it was logged. */
export interface Receipt {
  /** Bytes of the log entry. */
  readonly entry: Uint8Array;
  /** One or more; those left out stay closed (a person may show less than they hold). */
  readonly openings: readonly Opening[];
  /** Text of a C2SP tlog-proof. */
  readonly proof: string;
}

/** Writes a receipt file (docs/formats.md, "Receipt"). Throws `malformed-receipt` for what could not be read back. */
export function formatReceipt(receipt: Receipt): string {
  const text = `${JSON.stringify(receiptJson(receipt))}\n`;
  parseReceipt(text);
  return text;
}

/** Writes several receipts of one case, in the order of its life (docs/formats.md, "Receipt bundle"). */
export function formatReceiptBundle(receipts: readonly Receipt[]): string {
  const text = `${JSON.stringify({ v: 1, receipts: receipts.map(receiptJson) })}\n`;
  parseReceiptBundle(text);
  return text;
}

/**
 * Parses a receipt file of at most 256 KiB (docs/formats.md, "Receipt, version 1"): format only, nothing is verified. Names given twice, members that are not
 * in the format, and decimals that are not strings are refused.
 * Throws `malformed-receipt`, `malformed-json`, `malformed-entry`, `malformed-proof`, `malformed-note`,
 * `malformed-checkpoint`.
 */
export function parseReceipt(input: string | Uint8Array): Receipt {
  return readReceipt(readJson(input, MAX_RECEIPT_LENGTH));
}

/** Parses a receipt bundle (docs/formats.md) of at most 4 MiB and 256 receipts; throws what {@link parseReceipt} throws. */
export function parseReceiptBundle(input: string | Uint8Array): Receipt[] {
  return readBundle(readJson(input, MAX_BUNDLE_LENGTH));
}

/** Parses a file that is either a receipt or a bundle of them. */
export function parseReceiptFile(input: string | Uint8Array): Receipt[] {
  const value = readJson(input, MAX_BUNDLE_LENGTH);
  return isObject(value) && 'receipts' in value ? readBundle(value) : [readReceipt(value)];
}

function readJson(input: string | Uint8Array, limit: number): JsonValue {
  if (input.length > limit) throw malformed(`it is longer than ${limit} bytes`);
  return parseStrictJson(asText(input, 'malformed-receipt'));
}

function readBundle(value: JsonValue): Receipt[] {
  const { receipts } = members(value, ['v', 'receipts']);
  if (!Array.isArray(receipts) || receipts.length < 1 || receipts.length > MAX_RECEIPTS) {
    throw malformed(`"receipts" must be a list of 1 to ${MAX_RECEIPTS}`);
  }
  return receipts.map(readReceipt);
}

function readReceipt(value: JsonValue): Receipt {
  const { entry, openings, proof } = members(value, ['v', 'entry', 'openings', 'proof']);
  if (typeof entry !== 'string' || typeof proof !== 'string')
    throw malformed('"entry" and "proof" must be strings');
  if (!Array.isArray(openings) || openings.length < 1 || openings.length > COMMITMENTS_PER_ENTRY) {
    throw malformed(`"openings" must be a list of 1 to ${COMMITMENTS_PER_ENTRY}`);
  }
  const bytes = fromBase64(entry, 'malformed-receipt');
  parseEntry(bytes);
  parseProof(proof);
  const read = openings.map(readOpening);
  if (new Set(read.map(({ name }) => name)).size !== read.length) throw malformed('it opens one name twice');
  return { entry: bytes, openings: read, proof };
}

function readOpening(value: JsonValue): Opening {
  const { name, value: fact, salt } = members(value, ['name', 'value', 'salt']);
  if (typeof name !== 'string' || typeof salt !== 'string' || fact === undefined) {
    throw malformed('an opening needs the strings "name" and "salt" and a "value"');
  }
  if (fromBase64(salt, 'malformed-receipt').length !== SALT_LENGTH)
    throw malformed('a salt does not have 32 bytes');
  assertFact({ name, value: fact });
  return { name, value: fact, salt };
}

/** The members of an object that has exactly these; a "v" among them must be 1. */
function members(value: JsonValue, names: readonly string[]): Record<string, JsonValue | undefined> {
  if (!isObject(value)) throw malformed('an object is missing');
  if ('v' in value && names.includes('v') && value.v !== 1) throw malformed('its version is not 1');
  const given = Object.keys(value);
  if (given.length !== names.length || !names.every((name) => given.includes(name))) {
    throw malformed(`an object must have exactly the members ${names.join(', ')}`);
  }
  return value;
}

function receiptJson({ entry, openings, proof }: Receipt) {
  const opened = openings.map(({ name, value, salt }) => ({ name, value, salt }));
  return { v: 1, entry: toBase64(entry), openings: opened, proof };
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function malformed(why: string): LogError {
  return new LogError('malformed-receipt', `Not a receipt: ${why}.`);
}

import { fromUtf8 } from './bytes.ts';
import { LogError } from './error.ts';

/** Places for commitments in every entry, used or not. */
export const COMMITMENTS_PER_ENTRY = 16;
/** An entry bundle prefixes entries with a uint16 length (C2SP tlog-tiles, "Log entries"). */
export const MAX_ENTRY_LENGTH = 65_535;

/**
 * Coarse on purpose, so that the public log does not say what happened to whom:
 * `case`, anything in the life of a case; `register`, a published record; `authority`, staff, delegations, certificates,
 * suspensions, keys.
 */
export type EntryType = 'case' | 'register' | 'authority';
export const ENTRY_TYPES: readonly EntryType[] = ['case', 'register', 'authority'];

/** Taalil's log entry, version 1 (docs/formats.md, "Entry"). */
export interface Entry {
  readonly v: 1;
  readonly type: EntryType;
  /** Month, "YYYY-MM". */
  readonly period: string;
  /** Base64 of 32 bytes each, sorted. */
  readonly commitments: readonly string[];
}

const HEAD = '{"commitments":["';
/** Base64 of 32 bytes. */
const COMMITMENT_LENGTH = 44;
const NEXT = '","';
const TAIL = /^"\],"period":"([^"]*)","type":"(case|register|authority)","v":1\}$/;

/** 1 for the letters of base64, 3 for those that may come last in 32 bytes: their unused bits are zero. */
const LETTERS = new Uint8Array(128);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') {
  LETTERS[letter.charCodeAt(0)] = 'AEIMQUYcgkosw048'.includes(letter) ? 3 : 1;
}

function isCommitmentAt(text: string, at: number): boolean {
  const last = at + COMMITMENT_LENGTH - 2;
  for (let i = at; i < last; i++) if (!LETTERS[text.charCodeAt(i)]) return false;
  return LETTERS[text.charCodeAt(last)] === 3 && text.charCodeAt(last + 1) === 0x3d;
}

/** The one byte form of an entry with these commitments, already sorted: its RFC 8785 text. */
export function entryText(type: EntryType, period: string, commitments: readonly string[]): string {
  return `{"commitments":["${commitments.join('","')}"],"period":"${period}","type":"${type}","v":1}`;
}

/**
 * Parses the bytes of an entry (docs/formats.md, "Entry, version 1"); only the canonical form is accepted, so an entry has exactly one leaf hash.
 * Throws `malformed-entry`.
 */
export function parseEntry(bytes: Uint8Array): Entry {
  if (bytes.length > MAX_ENTRY_LENGTH) throw malformed(`it is longer than ${MAX_ENTRY_LENGTH} bytes`);
  const text = fromUtf8(bytes, 'malformed-entry');
  const commitments: string[] = [];
  let at = text.startsWith(HEAD) ? HEAD.length : text.length;
  while (commitments.length < COMMITMENTS_PER_ENTRY && isCommitmentAt(text, at)) {
    commitments.push(text.slice(at, at + COMMITMENT_LENGTH));
    at += COMMITMENT_LENGTH;
    if (commitments.length < COMMITMENTS_PER_ENTRY)
      at = text.startsWith(NEXT, at) ? at + NEXT.length : text.length;
  }
  const [, period, type] = (commitments.length === COMMITMENTS_PER_ENTRY && TAIL.exec(text.slice(at))) || [];
  if (period === undefined) {
    throw malformed('it is not the canonical form of a version this program knows (version 1)');
  }
  assertPeriod(period);
  for (let i = 1; i < COMMITMENTS_PER_ENTRY; i++) {
    if ((commitments[i - 1] as string) >= (commitments[i] as string))
      throw malformed('its commitments are not sorted');
  }
  return { v: 1, type: type as EntryType, period, commitments };
}

/** Throws `malformed-entry` unless the period is a month, "YYYY-MM". */
export function assertPeriod(period: string): void {
  if (!/^[0-9]{4}-(?:0[1-9]|1[0-2])$/.test(period))
    throw malformed(`the period "${period.slice(0, 20)}" is not YYYY-MM`);
}

function malformed(why: string): LogError {
  return new LogError('malformed-entry', `Not a log entry: ${why}.`);
}

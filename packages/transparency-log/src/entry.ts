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

const BASE64_32 = '"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="';
const ENTRY_V1 = new RegExp(
  `^\\{"commitments":\\[(${BASE64_32}(?:,${BASE64_32}){15})\\],"period":"([^"]*)","type":"(case|register|authority)","v":1\\}$`,
);

/** The one byte form of an entry with these commitments, already sorted: its RFC 8785 text. */
export function entryText(type: EntryType, period: string, commitments: readonly string[]): string {
  return `{"commitments":["${commitments.join('","')}"],"period":"${period}","type":"${type}","v":1}`;
}

/**
 * Parses the bytes of an entry; only the canonical form is accepted, so an entry has exactly one leaf hash.
 * Throws `malformed-entry`.
 */
export function parseEntry(bytes: Uint8Array): Entry {
  if (bytes.length > MAX_ENTRY_LENGTH) throw malformed(`it is longer than ${MAX_ENTRY_LENGTH} bytes`);
  const [, list, period, type] = ENTRY_V1.exec(fromUtf8(bytes, 'malformed-entry')) ?? [];
  if (list === undefined || period === undefined) {
    throw malformed('it is not the canonical form of a version this program knows (version 1)');
  }
  assertPeriod(period);
  const commitments = list.slice(1, -1).split('","');
  for (let i = 1; i < commitments.length; i++) {
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

import { inflateSync } from 'node:zlib';
import type { ContentFault } from './file-type.ts';

export const isPdf = (bytes: Buffer) => /^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8));

/** Where the end is looked for (ISO 32000-1, annex H, note 18). */
const TAIL = 1_024;
const INFLATED_MOST = 16 * 1024 * 1024;
const STREAMS_MOST = 20_000;
/** How far before its data the dictionary of an object stream is looked for. */
const DICTIONARY_WITHIN = 512;
/** Names by which a PDF runs something or carries another file (ISO 32000-1, 7.11.4, 12.6.4, 12.7.8 and 13.2). */
const ACTIVE = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)(?=[\s\0/<>[\]()%]|$)/;

/**
 * A PDF as a whole (ISO 32000-1, 7.5): it ends with `startxref`, the place of a cross-reference section, and `%%EOF`, and nothing
 * follows. One that names a script, a program to start or an embedded file is `active`; names are read where they are written in
 * clear and in object streams (7.5.7). What is encrypted is not looked into: readers confine what it could run.
 */
export function pdfFault(bytes: Buffer): ContentFault | undefined {
  const text = bytes.toString('latin1');
  const end = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]*$/.exec(text.slice(-TAIL));
  if (end === null) return 'damaged';
  if (!/^\s*(?:xref\b|\d+\s+\d+\s+obj\b)/.test(text.slice(Number(end[1]), Number(end[1]) + 40)))
    return 'damaged';
  if (ACTIVE.test(plainNames(text))) return 'active';
  return text.includes('/Encrypt') ? undefined : hiddenFault(bytes, text);
}

/** `#4A` in a name stands for `J` (7.3.5). */
function plainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What is wrong with the objects that stand compressed in object streams. */
function hiddenFault(bytes: Buffer, text: string): ContentFault | undefined {
  let room = INFLATED_MOST;
  let streams = 0;
  let end = 0;
  for (const { index, 0: mark } of text.matchAll(/(?<!end)stream\r?\n/g)) {
    if (++streams > STREAMS_MOST) return 'damaged';
    const before = plainNames(text.slice(Math.max(0, index - DICTIONARY_WITHIN), index));
    if (!/\/ObjStm\b/.test(before.slice(before.lastIndexOf(' obj') + 1))) continue;
    const start = index + mark.length;
    if (end < start) end = text.indexOf('endstream', start);
    const inflated = end < 0 ? undefined : inflate(bytes.subarray(start, end), room);
    if (inflated === undefined) return 'damaged';
    room -= inflated.length;
    if (ACTIVE.test(plainNames(inflated.toString('latin1')))) return 'active';
  }
  return undefined;
}

/** Undefined for what is not compressed as object streams are, or is larger than the room left. */
function inflate(data: Buffer, room: number): Buffer | undefined {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, room) });
  } catch {
    return undefined;
  }
}

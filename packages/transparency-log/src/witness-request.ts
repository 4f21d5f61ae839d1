import { asText, fromBase64, parseDecimal, toBase64 } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import { assertSize, HASH_SIZE } from './merkle.ts';
import { MAX_NOTE_LENGTH, type Note, parseNote } from './note.ts';

/** Body of `add-checkpoint` (C2SP tlog-witness, "add-checkpoint"). */
export interface AddCheckpoint {
  /** Size of the checkpoint that the proof starts from; 0 when the witness has none. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly note: string;
}

export interface ParsedAddCheckpoint extends AddCheckpoint {
  readonly parsed: Note;
  readonly checkpoint: Checkpoint;
}

/** Body of an `add-checkpoint` (C2SP tlog-witness). Throws `malformed-request` when it could not be read back. */
export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  assertSize(oldSize, 'old size');
  const body = [`old ${oldSize}`, ...proof.map(toBase64), '', note].join('\n');
  parseAddCheckpoint(body);
  return body;
}

/**
 * Parses a request (C2SP tlog-witness, "add-checkpoint"); `formatAddCheckpoint(parseAddCheckpoint(x))` is x.
 * Throws `malformed-request`, `malformed-note`, `malformed-checkpoint`: all of them HTTP 400.
 */
export function parseAddCheckpoint(body: string | Uint8Array): ParsedAddCheckpoint {
  if (body.length > MAX_NOTE_LENGTH) throw malformed(`it is longer than ${MAX_NOTE_LENGTH}`);
  const text = asText(body, 'malformed-request');
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed('no empty line separates proof and checkpoint');
  const [first, ...lines] = text.slice(0, end).split('\n');
  const old = /^old (.*)$/.exec(first ?? '')?.[1];
  if (old === undefined) throw malformed('the first line is not "old <size>"');
  if (lines.length > 63) throw malformed('it has more than 63 hashes');
  const proof = lines.map((line) => fromBase64(line, 'malformed-request'));
  if (proof.some((hash) => hash.length !== HASH_SIZE)) throw malformed('a hash does not have 32 bytes');
  const note = text.slice(end + 2);
  const parsed = parseNote(note);
  const oldSize = parseDecimal(old, 'malformed-request', 'old size');
  return { oldSize, proof, note, parsed, checkpoint: parseCheckpoint(parsed.text) };
}

function malformed(why: string): LogError {
  return new LogError('malformed-request', `Not an add-checkpoint request: ${why}.`);
}

import { asText, fromBase64, toBase64 } from './bytes.ts';
import { LogError } from './error.ts';

/** One signature line of a note: who, which key, and the bytes after the key ID. */
export interface NoteSignature {
  readonly name: string;
  /** First four bytes of the decoded line, as an unsigned number. */
  readonly keyId: number;
  readonly signature: Uint8Array;
}

export interface Note {
  /** The signed text with its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The specification asks for at least 16; ML-DSA-44 lines take 3.3 kB each. */
export const MAX_NOTE_SIGNATURES = 64;
export const MAX_NOTE_LENGTH = 1_000_000;

/**
 * Parses a signed note (C2SP signed-note, "Format"). Says nothing about who signed: see `verifyNote`.
 * `formatNote(parseNote(x))` is x. Throws `malformed-note`.
 */
export function parseNote(input: string | Uint8Array): Note {
  if (input.length > MAX_NOTE_LENGTH) throw malformed(`it is longer than ${MAX_NOTE_LENGTH}`);
  const whole = asText(input, 'malformed-note');
  for (let i = 0; i < whole.length; i++) {
    const unit = whole.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a)
      throw malformed(`it holds the control character ${unit} at position ${i}`);
  }
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) throw malformed('no blank line separates text and signatures');
  const text = whole.slice(0, end + 1);
  const block = whole.slice(end + 2);
  if (!block.endsWith('\n')) throw malformed('the last signature line must end with a newline');
  return { text, signatures: parseSignatureLines(block) };
}

/**
 * Parses lines "— name base64" each ended by a newline (signed-note, "Signatures"), as a witness also answers them.
 * Throws `malformed-note`.
 */
export function parseSignatureLines(block: string): NoteSignature[] {
  const lines = block.split('\n');
  if (lines.pop() !== '') throw malformed('a signature line must end with a newline');
  if (lines.length === 0) throw malformed('it has no signature line');
  if (lines.length > MAX_NOTE_SIGNATURES)
    throw malformed(`it has more than ${MAX_NOTE_SIGNATURES} signatures`);
  return lines.map(parseSignatureLine);
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) {
    throw malformed(`the line "${line.slice(0, 60)}" is not "— name base64"`);
  }
  const bytes = fromBase64(encoded, 'malformed-note');
  if (bytes.length < 5) throw malformed('a signature is shorter than a key ID and one byte');
  return { name, keyId: readKeyId(bytes), signature: bytes.slice(4) };
}

/** The note as text (signed-note, "Format"). Throws `malformed-note` for a text that cannot be read back. */
export function formatNote(note: Note): string {
  if (!note.text.endsWith('\n')) throw malformed('the text must end with a newline');
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`;
}

/** "— name base64(key ID || signature)" and a newline (signed-note, "Signatures"). */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  const bytes = new Uint8Array(4 + signature.length);
  new DataView(bytes.buffer).setUint32(0, keyId);
  bytes.set(signature, 4);
  return `— ${name} ${toBase64(bytes)}\n`;
}

/** Key names are not empty and hold no Unicode space, no plus, and no control character (signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  return name.isWellFormed() && /^[^\p{White_Space}+\u0000-\u001f]+$/u.test(name);
}

export function readKeyId(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
}

function malformed(why: string): LogError {
  return new LogError('malformed-note', `Not a signed note: ${why}.`);
}

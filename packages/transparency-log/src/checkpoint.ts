import { fromBase64, parseDecimal, toBase64 } from './bytes.ts';
import { LogError } from './error.ts';
import { assertSize, HASH_SIZE } from './merkle.ts';

/** A tree head: which log, how many leaves, which root (C2SP tlog-checkpoint, "Note text"). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque lines after the root; not recommended, not audited. */
  readonly extensions: readonly string[];
}

/**
 * Parses the text of a checkpoint note, without signatures, with its final newline (C2SP tlog-checkpoint, "Note text").
 * `formatCheckpoint(parseCheckpoint(x))` is x. Throws `malformed-checkpoint`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw malformed('the last line must end with a newline');
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined)
    throw malformed('it has fewer than three lines');
  assertLines([origin, ...extensions]);
  const hash = fromBase64(root, 'malformed-checkpoint');
  if (hash.length !== HASH_SIZE) throw malformed(`the root hash has ${hash.length} bytes instead of 32`);
  return { origin, size: parseDecimal(size, 'malformed-checkpoint', 'tree size'), root: hash, extensions };
}

/** The text to sign (C2SP tlog-checkpoint, "Note text"): origin, size, root and extension lines, each ended by a newline. */
export function formatCheckpoint(checkpoint: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string {
  const { origin, size, root, extensions = [] } = checkpoint;
  assertSize(size, 'tree size');
  if (root.length !== HASH_SIZE) throw malformed(`the root hash has ${root.length} bytes instead of 32`);
  assertLines([origin, ...extensions]);
  return `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`;
}

function assertLines(lines: readonly string[]): void {
  for (const line of lines) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a note holds none (signed-note, "Format")
    if (line === '' || !line.isWellFormed() || /[\u0000-\u001f]/.test(line)) {
      throw malformed(`"${line.slice(0, 60)}" cannot stand on a line of its own`);
    }
  }
}

function malformed(why: string): LogError {
  return new LogError('malformed-checkpoint', `Not a checkpoint: ${why}.`);
}

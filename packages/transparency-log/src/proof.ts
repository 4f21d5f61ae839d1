import { asText, fromBase64, parseDecimal, toBase64 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import { assertSize, HASH_SIZE, verifyInclusion } from './merkle.ts';
import { MAX_NOTE_LENGTH, parseNote } from './note.ts';
import { portableRuntime, type Runtime } from './runtime.ts';
import type { Trust } from './trust.ts';
import { type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** That a leaf stands at an index of a checkpointed tree (C2SP tlog-proof). */
export interface LogProof {
  readonly index: number;
  /** Inclusion proof, leaf's sibling first; at most 63 hashes. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Opaque and not authenticated. */
  readonly extra?: Uint8Array;
}

/** Writes a proof (tlog-proof, "Format"). Throws `malformed-proof` for a proof that could not be read back. */
export function formatProof(proof: LogProof): string {
  assertSize(proof.index, 'index');
  const extra = proof.extra === undefined ? [] : [`extra ${toBase64(proof.extra)}`];
  const text = [
    HEADER,
    ...extra,
    `index ${proof.index}`,
    ...proof.hashes.map(toBase64),
    '',
    proof.checkpoint,
  ].join('\n');
  parseProof(text);
  return text;
}

/**
 * Parses a proof (tlog-proof, "Format"), its checkpoint included, without verifying anything.
 * `formatProof(parseProof(x))` is x. Throws `malformed-proof`, `malformed-note`, `malformed-checkpoint`.
 */
export function parseProof(input: string | Uint8Array): LogProof {
  if (input.length > MAX_NOTE_LENGTH) throw malformed(`it is longer than ${MAX_NOTE_LENGTH}`);
  const text = asText(input, 'malformed-proof');
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed('no empty line separates proof and checkpoint');
  const lines = text.slice(0, end).split('\n');
  if (lines.shift() !== HEADER) throw malformed(`the first line is not ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ')
    ? fromBase64(lines.shift()?.slice(6) ?? '', 'malformed-proof')
    : undefined;
  if (extra?.length === 0) throw malformed('an empty extra line is to be left out');
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined) throw malformed('the index line is missing');
  if (lines.length > 63) throw malformed('it has more than 63 hashes');
  const hashes = lines.map((line) => fromBase64(line, 'malformed-proof'));
  if (hashes.some((hash) => hash.length !== HASH_SIZE)) throw malformed('a hash does not have 32 bytes');
  const checkpoint = text.slice(end + 2);
  parseCheckpoint(parseNote(checkpoint).text);
  const proof = { index: parseDecimal(index, 'malformed-proof', 'index'), hashes, checkpoint };
  return extra === undefined ? proof : { ...proof, extra };
}

export interface VerifiedProof {
  readonly index: number;
  readonly checkpoint: VerifiedCheckpoint;
}

/**
 * Verifies that the leaf is in a log the caller accepts (tlog-proof, "Verifying a tlog proof", steps 2 to 4; the leaf
 * hash is the caller's step 1). Throws what `parseProof` and `verifyCheckpoint` throw, and `bad-inclusion-proof`.
 */
export async function verifyProof(
  input: string | Uint8Array | LogProof,
  leafHash: Uint8Array,
  trust: Trust,
  runtime: Runtime = portableRuntime,
): Promise<VerifiedProof> {
  const proof = typeof input === 'string' || input instanceof Uint8Array ? parseProof(input) : input;
  const checkpoint = await verifyCheckpoint(proof.checkpoint, trust, runtime);
  const { size, root } = checkpoint;
  verifyInclusion({ index: proof.index, size, leafHash, root, proof: proof.hashes }, runtime.sha256);
  return { index: proof.index, checkpoint };
}

function malformed(why: string): LogError {
  return new LogError('malformed-proof', `Not a transparency log proof: ${why}.`);
}

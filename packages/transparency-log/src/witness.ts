import { equalBytes, toHex, utf8 } from './bytes.ts';
import { LogError } from './error.ts';
import { emptyRoot, verifyConsistency } from './merkle.ts';
import { formatNote, formatSignatureLine, type NoteSignature } from './note.ts';
import type { Runtime } from './runtime.ts';
import { isSameSigner, type VerifierKey } from './verifier-key.ts';
import { verifyNote } from './verify-note.ts';
import { type ParsedAddCheckpoint, parseAddCheckpoint } from './witness-request.ts';

/** What a witness remembers of a log: the latest checkpoint it cosigned. */
export interface WitnessRecord {
  readonly size: number;
  readonly root: Uint8Array;
  /** POSIX seconds of the cosignature. */
  readonly timestamp: number;
  /** The checkpoint with the log's verified signatures and the witness's cosignatures, for monitors. */
  readonly note: string;
}

/**
 * Where a witness keeps its records. The contract that makes it worth trusting:
 *
 * - `replace` is atomic: it stores `next` only if the record is still `before` (by size, root and timestamp; undefined
 *   means none), and says whether it did. Two calls at once never both succeed from one `before`.
 * - When `replace` resolves with true the record survives a crash of the machine; it throws when it cannot say so.
 * - `read` sees what the last successful `replace` stored. A store restored from a backup breaks this promise and must not
 *   be used with the same key.
 */
export interface WitnessStore {
  read(origin: string): Promise<WitnessRecord | undefined>;
  replace(origin: string, before: WitnessRecord | undefined, next: WitnessRecord): Promise<boolean>;
}

/** A key that cosigns: a `Signer` of type `cosignature/v1` or `ml-dsa-44` fits. */
export interface Cosigner {
  readonly sign: (text: string, timestamp: number) => NoteSignature;
}

export interface Witness {
  /** Keys of a log by its origin line; undefined when the witness does not know it. */
  readonly keysOf: (origin: string) => readonly VerifierKey[] | undefined;
  readonly cosigners: readonly Cosigner[];
  readonly store: WitnessStore;
  /** POSIX seconds, whole. */
  readonly now: () => number;
  readonly runtime: Runtime;
  /**
   * Told of a signed checkpoint that does not extend the recorded one: for equal sizes certain proof that the log has
   * forked, otherwise perhaps a mere fault of the proof. Keep it.
   */
  readonly onFork?: (note: string, recorded: WitnessRecord | undefined) => void;
}

export interface WitnessResponse {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Answers `POST <submission prefix>/add-checkpoint` (C2SP tlog-witness, "add-checkpoint"): 400 malformed or old size
 * above the new one, 404 unknown origin, 403 no trusted signature or one that fails, 409 with the recorded size when
 * `old` is another, 422 for a proof that does not hold or another root of the recorded size (tlog-witness v1.0.0 had 409
 * there, which its clients take for a stale size), 200 with cosignatures once the record is durable.
 * Throws only what the store throws.
 */
export async function addCheckpoint(body: string | Uint8Array, witness: Witness): Promise<WitnessResponse> {
  try {
    return await answer(parseAddCheckpoint(body), witness);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const status = error.code === 'bad-consistency-proof' ? 422 : error.kind === 'malformed' ? 400 : 403;
    return refuse(status, error.message);
  }
}

async function answer(request: ParsedAddCheckpoint, witness: Witness): Promise<WitnessResponse> {
  const { checkpoint, oldSize } = request;
  const { origin, size, root } = checkpoint;
  const keys = witness.keysOf(origin);
  if (keys === undefined) return refuse(404, 'This witness does not know the origin.');
  const verified = await verifyNote(request.parsed, keys, witness.runtime);
  if (oldSize > size) return refuse(400, 'The old size is above the size of the checkpoint.');

  const before = await witness.store.read(origin);
  if (oldSize !== (before?.size ?? 0)) return conflict(before?.size ?? 0);
  try {
    checkGrowth(request, before, witness);
  } catch (error) {
    witness.onFork?.(request.note, before);
    throw error;
  }

  // Never earlier than the last cosignature: a clock that jumps back must not make two statements disagree.
  const timestamp = Math.max(witness.now(), before?.timestamp ?? 0);
  const cosignatures = witness.cosigners.map((cosigner) => cosigner.sign(request.parsed.text, timestamp));
  const trusted = verified.signatures.map(({ key }) => key);
  const kept = request.parsed.signatures.filter((line) => trusted.some((key) => isSameSigner(key, line)));
  const note = formatNote({ text: request.parsed.text, signatures: [...kept, ...cosignatures] });
  if (!(await witness.store.replace(origin, before, { size, root, timestamp, note }))) {
    return conflict((await witness.store.read(origin))?.size ?? 0);
  }
  return { status: 200, contentType: TEXT, body: cosignatures.map(formatSignatureLine).join('') };
}

/** The checks that end in 422: throws `bad-consistency-proof`. */
function checkGrowth(
  request: ParsedAddCheckpoint,
  before: WitnessRecord | undefined,
  witness: Witness,
): void {
  const { oldSize, proof, checkpoint } = request;
  const { size, root } = checkpoint;
  const { sha256 } = witness.runtime;
  if (size === 0 && !equalBytes(root, emptyRoot(sha256))) {
    throw new LogError('bad-consistency-proof', 'A tree of size 0 has the root of the empty tree.');
  }
  if (before !== undefined && oldSize > 0) {
    verifyConsistency({ size1: oldSize, size2: size, root1: before.root, root2: root, proof }, sha256);
  } else if (proof.length > 0) {
    throw new LogError('bad-consistency-proof', 'From old size 0 the proof must be empty.');
  }
}

/**
 * Answers `GET <monitoring prefix>/<origin hash>/checkpoint` (tlog-witness, "Monitor Retrieval Mechanism") for a known
 * origin: its last cosigned checkpoint, or 404. Find the origin with {@link originHash}.
 */
export async function witnessedCheckpoint(
  origin: string | undefined,
  store: WitnessStore,
): Promise<WitnessResponse> {
  const record = origin === undefined ? undefined : await store.read(origin);
  if (record === undefined) return refuse(404, 'This witness has cosigned no checkpoint of that log.');
  return { status: 200, contentType: TEXT, body: record.note };
}

/**
 * SHA-256 of an origin line in lowercase hexadecimal: its place under a witness's monitoring prefix (C2SP tlog-witness,
 * "Monitor Retrieval Mechanism").
 */
export function originHash(origin: string, runtime: Pick<Runtime, 'sha256'>): string {
  return toHex(runtime.sha256(utf8(origin)));
}

const TEXT = 'text/plain; charset=utf-8';

function refuse(status: WitnessResponse['status'], why: string): WitnessResponse {
  return { status, contentType: TEXT, body: `${why}\n` };
}

function conflict(size: number): WitnessResponse {
  return { status: 409, contentType: 'text/x.tlog.size', body: `${size}\n` };
}

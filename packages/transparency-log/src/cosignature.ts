import { concatBytes, utf8 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import type { SignatureType } from './verifier-key.ts';

/**
 * The bytes a key signs for a note text.
 *
 * - `ed25519`: the text itself (signed-note, "Ed25519 signatures").
 * - `cosignature/v1`: "cosignature/v1\ntime T\n" and the text (tlog-cosignature, "Ed25519 signed message").
 * - `ml-dsa-44`: the `cosigned_message` structure with start 0 (tlog-cosignature, "ML-DSA-44 signed message"); extension
 *   lines are not covered.
 *
 * @param timestamp POSIX seconds; not used by `ed25519`.
 */
export function signedMessage(
  type: SignatureType,
  name: string,
  text: string,
  timestamp: number,
): Uint8Array {
  if (type === 'ed25519') return utf8(text);
  if (type === 'cosignature/v1') return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
  const { origin, size, root } = parseCheckpoint(text);
  return subtreeMessage({ cosigner: name, timestamp, origin, start: 0, end: size, hash: root });
}

export interface SubtreeStatement {
  readonly cosigner: string;
  /** POSIX seconds; 0 when nothing is said about the largest tree, and always 0 when start is not. */
  readonly timestamp: number;
  readonly origin: string;
  readonly start: number;
  readonly end: number;
  readonly hash: Uint8Array;
}

/** `cosigned_message` of tlog-cosignature, "ML-DSA-44 signed message". */
export function subtreeMessage(statement: SubtreeStatement): Uint8Array {
  if (statement.start !== 0 && statement.timestamp !== 0) {
    throw new LogError(
      'invalid-argument',
      'A subtree that does not start at 0 is cosigned with timestamp 0.',
    );
  }
  return concatBytes(
    utf8('subtree/v1\n\0'),
    lengthPrefixed(statement.cosigner),
    uint64(statement.timestamp),
    lengthPrefixed(statement.origin),
    uint64(statement.start),
    uint64(statement.end),
    statement.hash,
  );
}

/** `timestamped_signature`: 8 bytes of POSIX seconds, then the signature (tlog-cosignature, "Format"). */
export function timestampedSignature(timestamp: number, signature: Uint8Array): Uint8Array {
  return concatBytes(uint64(timestamp), signature);
}

/**
 * Timestamp of a `timestamped_signature`. Undefined when it is beyond 2^53 - 1 seconds, which verifiers may refuse as
 * lying in the future, or when the bytes are too short.
 */
export function readTimestamp(signature: Uint8Array): number | undefined {
  if (signature.length < 8) return undefined;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  return seconds <= Number.MAX_SAFE_INTEGER ? Number(seconds) : undefined;
}

function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

function lengthPrefixed(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length < 1 || bytes.length > 255) {
    throw new LogError(
      'malformed-checkpoint',
      `A name in an ML-DSA-44 cosignature has 1 to 255 bytes, not ${bytes.length}.`,
    );
  }
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}

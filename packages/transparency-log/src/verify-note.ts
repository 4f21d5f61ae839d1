import { equalBytes } from './bytes.ts';
import { readTimestamp, signedMessage } from './cosignature.ts';
import { LogError } from './error.ts';
import { type Note, type NoteSignature, parseNote } from './note.ts';
import { portableRuntime, type Runtime, type SignatureCheck, type SignatureOutcome } from './runtime.ts';
import { hex8, isSameSigner, SIGNATURE_TYPES, type VerifierKey } from './verifier-key.ts';

/** A signature that holds, by a key the caller accepts. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** POSIX seconds at which a cosigner signed; absent for plain signatures. */
  readonly timestamp?: number;
}

export interface VerifiedNote {
  readonly text: string;
  readonly signatures: readonly VerifiedSignature[];
  /** Lines of keys the caller did not name, or whose algorithm this runtime lacks: they say nothing. */
  readonly ignored: readonly NoteSignature[];
}

/**
 * Verifies a signed note (C2SP signed-note, "Signatures"): unknown keys are ignored, also when only name or only key ID
 * match; a known key whose signature fails rejects the whole note.
 *
 * Throws `malformed-note`; `bad-signature`; `no-accepted-signature`; `unsupported-algorithm` when the only signatures
 * of known keys are of an algorithm this runtime lacks.
 */
export async function verifyNote(
  input: string | Uint8Array | Note,
  keys: readonly VerifierKey[],
  runtime: Runtime = portableRuntime,
): Promise<VerifiedNote> {
  const plan = planNote(input, keys);
  return settleNote(
    plan,
    await Promise.all(plan.known.map(({ check }) => check && runtime.checkSignature(check))),
  );
}

interface KnownLine extends VerifiedSignature {
  readonly line: NoteSignature;
  /** Absent when the bytes cannot be a signature of this key. */
  readonly check: SignatureCheck | undefined;
}

export interface NotePlan {
  readonly text: string;
  readonly known: readonly KnownLine[];
  readonly unknown: readonly NoteSignature[];
}

/** First half of {@link verifyNote}, without cryptography: which signatures to check. */
export function planNote(input: string | Uint8Array | Note, keys: readonly VerifierKey[]): NotePlan {
  const note = typeof input === 'string' || input instanceof Uint8Array ? parseNote(input) : input;
  assertDistinct(keys);
  const known: KnownLine[] = [];
  const unknown: NoteSignature[] = [];
  for (const line of note.signatures) {
    const key = keys.find((candidate) => isSameSigner(candidate, line));
    if (key === undefined) unknown.push(line);
    else known.push(planLine(note.text, line, key));
  }
  return { text: note.text, known, unknown };
}

/** Keys that share name and key ID but not the key would make each other's signatures look forged. */
function assertDistinct(keys: readonly VerifierKey[]): void {
  const seen = new Map<string, VerifierKey>();
  for (const key of keys) {
    const id = `${hex8(key.keyId)} ${key.name}`;
    const other = seen.get(id);
    if (other !== undefined && !equalBytes(other.publicKey, key.publicKey)) {
      throw new LogError('invalid-argument', `Two accepted keys share the name and key ID ${id}.`);
    }
    seen.set(id, key);
  }
}

function planLine(text: string, line: NoteSignature, key: VerifierKey): KnownLine {
  const { algorithm, signatureLength, timestamped } = SIGNATURE_TYPES[key.type];
  const timestamp = timestamped ? readTimestamp(line.signature) : undefined;
  const signature = line.signature.subarray(timestamped ? 8 : 0);
  if (signature.length !== signatureLength || (timestamped && timestamp === undefined)) {
    return { line, key, check: undefined };
  }
  const message = signedMessage(key.type, key.name, text, timestamp ?? 0);
  const check: SignatureCheck = { algorithm, publicKey: key.publicKey, message, signature };
  return timestamp === undefined ? { line, key, check } : { line, key, timestamp, check };
}

/** Second half of {@link verifyNote}: judges the outcomes, one for each known line. */
export function settleNote(
  plan: NotePlan,
  outcomes: readonly (SignatureOutcome | undefined)[],
): VerifiedNote {
  const signatures: VerifiedSignature[] = [];
  const ignored = [...plan.unknown];
  for (const [i, { line, key, timestamp }] of plan.known.entries()) {
    if (outcomes[i] === 'valid') signatures.push(timestamp === undefined ? { key } : { key, timestamp });
    else if (outcomes[i] === 'unsupported') ignored.push(line);
    else {
      throw new LogError(
        'bad-signature',
        `The signature of ${key.name} does not verify: reject the whole note.`,
        {
          name: key.name,
          keyId: hex8(key.keyId),
        },
      );
    }
  }
  if (signatures.length > 0) return { text: plan.text, signatures, ignored };
  if (plan.known.length > 0) {
    throw new LogError(
      'unsupported-algorithm',
      'This runtime lacks the algorithms of the keys that signed; check elsewhere.',
    );
  }
  throw new LogError('no-accepted-signature', 'None of the keys that signed is one that is accepted.', {
    signatures: plan.unknown.length,
  });
}

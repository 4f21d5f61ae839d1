import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { concatBytes, fromBase64, toBase64 } from './bytes.ts';
import { type Checkpoint, formatCheckpoint } from './checkpoint.ts';
import { signedMessage, timestampedSignature } from './cosignature.ts';
import { LogError } from './error.ts';
import { formatNote, isKeyName, type NoteSignature } from './note.ts';
import {
  formatVerifierKey,
  hex8,
  keyIdOf,
  SIGNATURE_TYPES,
  type SignatureType,
  signatureTypeOf,
  type VerifierKey,
} from './verifier-key.ts';

/** A private key under its name. Keep the text of the key in a file only its owner can read; never log it. */
export interface Signer {
  readonly key: VerifierKey;
  readonly vkey: string;
  /**
   * Signs a note text. Cosigners put `timestamp` (POSIX seconds) under their signature and need it; plain keys ignore it.
   * The caller answers for never signing two checkpoints of which neither extends the other.
   */
  readonly sign: (text: string, timestamp?: number) => NoteSignature;
}

/**
 * A new key (docs/formats.md, "Keys"; signed-note, "Verifier keys"): the signer's text "PRIVATE+KEY+name+hex(key ID)+base64(type || 32-byte seed)" and the verifier's vkey.
 * Types: `ed25519` for a log, `cosignature/v1` or `ml-dsa-44` for a witness. Throws `malformed-key` for a bad name.
 */
export function generateKey(name: string, type: SignatureType = 'ed25519'): { skey: string; vkey: string } {
  if (!isKeyName(name)) throw malformed('a name is not empty and holds neither spaces nor a plus');
  const seed = randomBytes(32);
  const publicKey = rawPublicKey(privateKey(type, seed), type);
  const material = toBase64(concatBytes(Uint8Array.of(SIGNATURE_TYPES[type].byte), seed));
  return {
    skey: `PRIVATE+KEY+${name}+${hex8(keyIdOf(name, type, publicKey))}+${material}`,
    vkey: formatVerifierKey({ name, type, publicKey }),
  };
}

/** Opens a signer's key (docs/formats.md, "Keys") as {@link generateKey} writes it. Throws `malformed-key` without repeating the key. */
export function createSigner(skey: string): Signer {
  const [, name, id, encoded] =
    /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(skey.trim()) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) {
    throw malformed('it is not PRIVATE+KEY+name+8 hexadecimal digits+base64');
  }
  const material = fromBase64(encoded, 'malformed-key');
  const type = signatureTypeOf(material[0]);
  if (material.length !== 33) throw malformed('the seed does not have 32 bytes');
  const secret = privateKey(type, material.subarray(1));
  const publicKey = rawPublicKey(secret, type);
  const key: VerifierKey = { name, type, publicKey, keyId: keyIdOf(name, type, publicKey) };
  if (hex8(key.keyId) !== id) throw malformed('its key ID belongs to another key or name');
  return {
    key,
    vkey: formatVerifierKey(key),
    sign: (text, timestamp) => signText(key, secret, text, timestamp),
  };
}

/** A signed note of a text by one or more plain keys, in order (signed-note, "Format"). */
export function signNote(text: string, signers: readonly Signer[], timestamp?: number): string {
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text, timestamp)) });
}

/** A signed checkpoint (C2SP tlog-checkpoint). */
export function signCheckpoint(
  checkpoint: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>,
  signers: readonly Signer[],
  timestamp?: number,
): string {
  return signNote(formatCheckpoint(checkpoint), signers, timestamp);
}

function signText(
  key: VerifierKey,
  secret: KeyObject,
  text: string,
  timestamp: number | undefined,
): NoteSignature {
  const { timestamped } = SIGNATURE_TYPES[key.type];
  if (timestamped && !Number.isSafeInteger(timestamp ?? Number.NaN)) {
    throw new LogError(
      'invalid-argument',
      `A key of type ${key.type} signs with a timestamp in whole seconds.`,
    );
  }
  const seconds = timestamp ?? 0;
  const bytes = sign(null, signedMessage(key.type, key.name, text, seconds), secret);
  const signature = timestamped ? timestampedSignature(seconds, bytes) : new Uint8Array(bytes);
  return { name: key.name, keyId: key.keyId, signature };
}

/** PKCS #8 around a seed: RFC 8410 for Ed25519, RFC 9881 (seed form) for ML-DSA-44. */
const PKCS8_PREFIX = {
  ed25519: '302e020100300506032b657004220420',
  'ml-dsa-44': '3034020100300b060960864801650304031104228020',
} as const;

function privateKey(type: SignatureType, seed: Uint8Array): KeyObject {
  const { algorithm } = SIGNATURE_TYPES[type];
  const key = Buffer.concat([Buffer.from(PKCS8_PREFIX[algorithm], 'hex'), seed]);
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    throw new LogError('unsupported-algorithm', `This runtime makes no ${algorithm} signatures.`);
  }
}

/** The raw public key stands at the end of its SubjectPublicKeyInfo. */
function rawPublicKey(secret: KeyObject, type: SignatureType): Uint8Array {
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-SIGNATURE_TYPES[type].keyLength));
}

function malformed(why: string): LogError {
  return new LogError('malformed-key', `Not a signer's key: ${why}.`);
}

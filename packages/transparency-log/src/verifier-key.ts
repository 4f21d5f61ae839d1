import { concatBytes, fromBase64, toBase64, utf8 } from './bytes.ts';
import { LogError } from './error.ts';
import { isKeyName, readKeyId } from './note.ts';
import { sha256 } from './sha256.ts';

/** Signature types this package knows (signed-note, "Signature types"; tlog-cosignature, "Format"). */
export type SignatureType = 'ed25519' | 'cosignature/v1' | 'ml-dsa-44';

export interface SignatureTypeInfo {
  readonly byte: number;
  readonly keyLength: number;
  readonly algorithm: 'ed25519' | 'ml-dsa-44';
  /** Length of the bare signature, without a timestamp. */
  readonly signatureLength: number;
  readonly timestamped: boolean;
}

export const SIGNATURE_TYPES: Readonly<Record<SignatureType, SignatureTypeInfo>> = {
  ed25519: { byte: 1, keyLength: 32, algorithm: 'ed25519', signatureLength: 64, timestamped: false },
  'cosignature/v1': { byte: 4, keyLength: 32, algorithm: 'ed25519', signatureLength: 64, timestamped: true },
  'ml-dsa-44': { byte: 6, keyLength: 1312, algorithm: 'ml-dsa-44', signatureLength: 2420, timestamped: true },
};

/** A public key under its name: what a verifier is configured with. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: number;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
}

/**
 * Parses "name+hex(key ID)+base64(type || public key)" (signed-note, "Verifier keys"). The key ID must be the
 * recommended one. Throws `malformed-key`.
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  if (vkey.length > 4096 || name === undefined || encoded === undefined || !isKeyName(name)) {
    throw malformed('it is not name+8 hexadecimal digits+base64');
  }
  const material = fromBase64(encoded, 'malformed-key');
  const type = signatureTypeOf(material[0]);
  const publicKey = material.slice(1);
  if (publicKey.length !== SIGNATURE_TYPES[type].keyLength) {
    throw malformed(
      `a key of type ${type} has ${SIGNATURE_TYPES[type].keyLength} bytes, not ${publicKey.length}`,
    );
  }
  const key = { name, keyId: keyIdOf(name, type, publicKey), type, publicKey };
  if (hex8(key.keyId) !== id) throw malformed(`its key ID should be ${hex8(key.keyId)}`);
  return key;
}

export function formatVerifierKey(key: Omit<VerifierKey, 'keyId'>): string {
  const material = concatBytes(Uint8Array.of(SIGNATURE_TYPES[key.type].byte), key.publicKey);
  return `${key.name}+${hex8(keyIdOf(key.name, key.type, key.publicKey))}+${toBase64(material)}`;
}

/** SHA-256(name || 0x0A || type || public key)[:4] (signed-note, "Signatures"). */
export function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): number {
  return readKeyId(
    sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(SIGNATURE_TYPES[type].byte), publicKey)),
  );
}

/** Name and key ID together identify a key in a note (signed-note, "Signatures"). */
export function isSameSigner(
  a: Pick<VerifierKey, 'name' | 'keyId'>,
  b: Pick<VerifierKey, 'name' | 'keyId'>,
): boolean {
  return a.keyId === b.keyId && a.name === b.name;
}

export function signatureTypeOf(byte: number | undefined): SignatureType {
  for (const type of Object.keys(SIGNATURE_TYPES) as SignatureType[]) {
    if (SIGNATURE_TYPES[type].byte === byte) return type;
  }
  throw malformed(`signature type ${byte} is not one of 1 (Ed25519), 4 (cosignature/v1), 6 (ML-DSA-44)`);
}

export function hex8(keyId: number): string {
  return keyId.toString(16).padStart(8, '0');
}

function malformed(why: string): LogError {
  return new LogError('malformed-key', `Not a verifier key: ${why}.`);
}

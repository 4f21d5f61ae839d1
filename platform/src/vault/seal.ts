import { createCipheriv, createDecipheriv } from 'node:crypto';
import { PlatformError } from '../errors.ts';
import { randomPool } from '../ids.ts';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM: version byte, 12-byte random nonce, ciphertext, 16-byte tag (NIST SP 800-38D).
 * `context` is authenticated: bytes moved to another row or column do not open.
 * One key seals at most one case's records, far below the 2^32 bound for random nonces.
 */
export function sealBytes(key: Uint8Array, context: string, plain: Uint8Array | string): Buffer {
  const out = Buffer.allocUnsafe(1 + NONCE + Buffer.byteLength(plain) + TAG);
  out[0] = VERSION;
  out.set(randomPool(NONCE), 1);
  const cipher = createCipheriv('aes-256-gcm', key, out.subarray(1, 1 + NONCE));
  cipher.setAAD(Buffer.from(context));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  out.set(body, 1 + NONCE);
  cipher.final();
  out.set(cipher.getAuthTag(), 1 + NONCE + body.length);
  return out;
}

/** Opens what `sealBytes` made. Throws `altered-record` when a single bit or the context differs. */
export function openBytes(key: Uint8Array, context: string, sealed: Uint8Array): Buffer {
  try {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new Error('not a sealed record');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    return Buffer.concat([
      decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new PlatformError('altered-record', `The stored record ${context} does not open: it was altered.`, {
      where: context,
      mend: 'Do not rely on it. Compare the store with the log and restore the row from a backup.',
      cause,
    });
  }
}

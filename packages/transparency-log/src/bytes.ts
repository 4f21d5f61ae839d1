import { LogError, type LogErrorCode } from './error.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a string. Lone surrogates would become U+FFFD: check `isWellFormed()` where it matters. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8 bytes; throws `code` when they are not valid UTF-8. A byte order mark is kept as a character. */
export function fromUtf8(bytes: Uint8Array, code: LogErrorCode): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new LogError(code, 'The bytes are not valid UTF-8.');
  }
}

/** Bytes of a text or the bytes themselves, as one well-formed string; throws `code` otherwise. */
export function asText(input: string | Uint8Array, code: LogErrorCode): string {
  if (typeof input !== 'string') return fromUtf8(input, code);
  if (!input.isWellFormed())
    throw new LogError(code, 'The text holds a lone surrogate and has no UTF-8 form.');
  return input;
}

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  if (typeof bytes.toBase64 === 'function') return bytes.toBase64();
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

/**
 * Strict standard base64 (RFC 4648, section 4): padding required, no white space, and unused bits zero, so that
 * every byte string has exactly one text. Throws `code`.
 */
export function fromBase64(text: string, code: LogErrorCode = 'malformed-base64'): Uint8Array {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0) {
    try {
      const bytes =
        typeof Uint8Array.fromBase64 === 'function'
          ? Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' })
          : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      if (toBase64(bytes) === text) return bytes;
    } catch {
      // falls through to the one error below
    }
  }
  throw new LogError(
    code,
    `A field of ${text.length} characters is not standard base64 with padding (RFC 4648, section 4).`,
  );
}

/** Lowercase hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * ASCII decimal without leading zeroes, at most 2^53 - 1: sizes and indexes as checkpoints, proofs and witness requests
 * write them. The specifications set no bound; larger trees are refused as malformed rather than rounded.
 */
export function parseDecimal(text: string, code: LogErrorCode, what: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw new LogError(
      code,
      `The ${what} "${text.slice(0, 40)}" is not a decimal without leading zeroes up to 2^53 - 1.`,
    );
  }
  return value;
}

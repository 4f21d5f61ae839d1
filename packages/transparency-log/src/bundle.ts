import { concatBytes, equalBytes } from './bytes.ts';
import { MAX_ENTRY_LENGTH } from './entry.ts';
import { LogError } from './error.ts';
import { HASH_SIZE, leafHash } from './merkle.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';
import { TILE_WIDTH } from './tile.ts';

/** Entries each behind a big-endian uint16 length (C2SP tlog-tiles, "Log entries"). Throws `invalid-argument`. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new LogError(
      'invalid-argument',
      `A bundle holds 1 to ${TILE_WIDTH} entries, not ${entries.length}.`,
    );
  }
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_LENGTH) {
      throw new LogError(
        'invalid-argument',
        `An entry has at most ${MAX_ENTRY_LENGTH} bytes, not ${entry.length}.`,
      );
    }
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry);
  }
  return concatBytes(...parts);
}

/**
 * Parses a bundle of exactly `width` entries (tlog-tiles, "Log entries"), after any content encoding of HTTP is undone.
 * `formatBundle(parseBundle(x))` is x. Throws `malformed-bundle`.
 */
export function parseBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && entries.length < width) {
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) throw malformed(`entry ${entries.length} is cut off`, width);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw malformed(`it holds ${entries.length} entries`, width);
  if (at !== bytes.length) throw malformed(`${bytes.length - at} bytes follow the last entry`, width);
  return entries;
}

/**
 * Parses a bundle (C2SP tlog-tiles, "Log Entries") and checks each entry against the hashes of the level 0 tile of the same index and width.
 * Throws `malformed-bundle`, `malformed-tile`, and `bad-entry` with the position within the bundle.
 */
export function verifyBundle(
  bytes: Uint8Array,
  tileHashes: Uint8Array,
  sha256: Sha256 = portableSha256,
): Uint8Array[] {
  const width = tileHashes.length / HASH_SIZE;
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new LogError(
      'malformed-tile',
      `A tile holds 1 to ${TILE_WIDTH} hashes of 32 bytes, not ${tileHashes.length} bytes.`,
    );
  }
  const entries = parseBundle(bytes, width);
  for (const [i, entry] of entries.entries()) {
    if (!equalBytes(leafHash(entry, sha256), tileHashes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE))) {
      throw new LogError('bad-entry', `Entry ${i} of the bundle is not the one its tile holds the hash of.`, {
        position: i,
      });
    }
  }
  return entries;
}

function malformed(why: string, width: number): LogError {
  return new LogError('malformed-bundle', `Not a bundle of ${width} entries: ${why}.`, { width });
}

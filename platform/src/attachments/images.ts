import { crc32 } from 'node:zlib';
import type { ContentFault } from './file-type.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

export const isJpeg = (bytes: Buffer) => bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;

/** Start-of-frame markers (ITU-T T.81, table B.1): C0 to CF without DHT, JPG and DAC. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Walks the segments of a JPEG file from SOI to EOI (ITU-T T.81, annex B), through every scan. What phones write behind it (a
 * second picture, a short film) is left alone.
 */
export function jpegFault(bytes: Buffer): ContentFault | undefined {
  let at = 2;
  let frame = false;
  let scan = false;
  while (at + 4 <= bytes.length || bytes[at + 1] === EOI) {
    if (bytes[at] !== 0xff) return 'damaged';
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker (B.1.1.2).
      continue;
    }
    if (marker === EOI) return scan ? undefined : 'damaged';
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return 'damaged';
    at += 2 + length;
    frame ||= isFrame(marker);
    if (marker === SOS) {
      if (!frame) return 'damaged';
      scan = true;
      at = endOfScan(bytes, at);
    }
  }
  return 'damaged';
}

/** The next marker that is neither a stuffed byte nor a restart (B.1.1.5). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] as number;
    if (next === 0xff) at -= 1;
    else if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const isPng = (bytes: Buffer) => bytes.subarray(0, 8).equals(PNG);

/** Walks the chunks of a PNG file with their checksums: IHDR first, IDAT somewhere, IEND last, and nothing behind (PNG, section 5). */
export function pngFault(bytes: Buffer): ContentFault | undefined {
  let data = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
      return 'damaged';
    if ((at === 8) !== (type === 'IHDR') || (type === 'IHDR' && length !== 13)) return 'damaged';
    data ||= type === 'IDAT';
    at = end + 4;
    if (type === 'IEND') return data && length === 0 && at === bytes.length ? undefined : 'damaged';
  }
  return 'damaged';
}

export const isWebp = (bytes: Buffer) =>
  bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

/** Walks the chunks of a WebP file (RFC 9649, section 2): sizes that add up to the whole, and picture data among them. */
export function webpFault(bytes: Buffer): ContentFault | undefined {
  if (bytes.length < 20 || bytes.readUInt32LE(4) + 8 !== bytes.length) return 'damaged';
  let picture = false;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    picture ||= ['VP8 ', 'VP8L', 'ANMF'].includes(type) && length > 0;
    at += 8 + length + (length & 1);
  }
  return picture && at === bytes.length ? undefined : 'damaged';
}

import { concatBytes, fromUtf8, utf8 } from '@taalil/transparency-log';
import { BundleError } from './error.ts';

/** One file of an archive. */
export interface ArchiveFile {
  /** Relative, with `/`; letters, digits, `.`, `_`, `-` only. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const FILES_MOST = 200;
export const ARCHIVE_MOST = 32 * 1024 * 1024;
const PATH = /^(?!\.)[A-Za-z0-9._-]+(?:\/(?!\.)[A-Za-z0-9._-]+)*$/;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1 January 1980, 00:00: the same files give the same bytes. */
const DOS_DATE = 0x0021;
const VERSION = 20;
/** Bit 11: names are UTF-8. */
const FLAGS = 0x0800;

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = ((table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)) >>> 0;
  return (crc ^ 0xffffffff) >>> 0;
}

class Fields {
  readonly #bytes: number[] = [];

  u16(value: number): this {
    this.#bytes.push(value & 0xff, (value >>> 8) & 0xff);
    return this;
  }

  u32(value: number): this {
    return this.u16(value & 0xffff).u16(value >>> 16);
  }

  done(...more: Uint8Array[]): Uint8Array {
    return concatBytes(Uint8Array.from(this.#bytes), ...more);
  }
}

/**
 * A ZIP archive (APPNOTE 6.3.10) of files that are stored, not compressed, in the order given: no times, no permissions, no
 * comments, so that the files alone decide every byte.
 */
export function writeZip(files: readonly ArchiveFile[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const name = utf8(path);
    const crc = crc32(bytes);
    const common = (fields: Fields) =>
      fields
        .u16(VERSION)
        .u16(FLAGS)
        .u16(0)
        .u16(0)
        .u16(DOS_DATE)
        .u32(crc)
        .u32(bytes.length)
        .u32(bytes.length)
        .u16(name.length)
        .u16(0);
    const local = common(new Fields().u32(LOCAL)).done(name, bytes);
    centrals.push(
      common(new Fields().u32(CENTRAL).u16(VERSION)).u16(0).u16(0).u16(0).u32(0).u32(offset).done(name),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = concatBytes(...centrals);
  const end = new Fields()
    .u32(END)
    .u16(0)
    .u16(0)
    .u16(files.length)
    .u16(files.length)
    .u32(central.length)
    .u32(offset)
    .u16(0)
    .done();
  return concatBytes(...locals, central, end);
}

function malformed(where: string, what: string): BundleError {
  return new BundleError('malformed', where, `Not an archive that we can read: ${what} (${where}).`);
}

/**
 * The files of an archive as `writeZip` makes it; anything else (compression, comments, two files of one name) is
 * `malformed`. Sizes are bounded before anything is read. Whether the bytes are those that were written is for
 * `verifyArchive` to say.
 */
export function readZip(archive: Uint8Array): ArchiveFile[] {
  if (archive.length > ARCHIVE_MOST) throw malformed('archive', 'it is too large');
  if (archive.length < 22) throw malformed('archive', 'it is too short');
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  const end = archive.length - 22;
  if (u32(end) !== END) throw malformed(`byte ${end}`, 'it has no end record');
  const count = u16(end + 10);
  let at = u32(end + 16);
  if (count > FILES_MOST || at + u32(end + 12) !== end)
    throw malformed(`byte ${end}`, 'its directory is not where it says');
  const files: ArchiveFile[] = [];
  let next = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || u32(at) !== CENTRAL) throw malformed(`byte ${at}`, 'its directory is damaged');
    const size = u32(at + 24);
    const length = u16(at + 28);
    const local = u32(at + 42);
    const path = textOf(archive.subarray(at + 46, at + 46 + length), `byte ${at}`);
    if (!PATH.test(path)) throw malformed(`byte ${at}`, 'a file has a name that is not allowed');
    if (files.some((file) => file.path === path)) throw malformed(path, 'two files have one name');
    const start = local + 30 + length;
    if (local !== next || start + size > end || u32(local) !== LOCAL) {
      throw malformed(path, 'the file is not where the directory says');
    }
    files.push({ path, bytes: archive.subarray(start, start + size) });
    next = start + size;
    at += 46 + length;
  }
  return files;
}

function textOf(bytes: Uint8Array, where: string): string {
  try {
    return fromUtf8(bytes, 'malformed-receipt');
  } catch {
    throw malformed(where, 'a name is not text');
  }
}

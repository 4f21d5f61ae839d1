import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  allTiles,
  bundlePath,
  parseCheckpoint,
  parseNote,
  TILE_WIDTH,
  tilePath,
} from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { readHead } from './publication.ts';
import { bundleReader, tileReader } from './read-log.ts';

export interface ExportOptions {
  /** Called with how many entries stand in the folder. */
  readonly onEntries?: (done: number, size: number) => void;
}

export interface Exported {
  readonly size: number;
  /** Files written now; the others were there. */
  readonly written: number;
}

/**
 * Writes the published part of a log as the files of a static site (C2SP tlog-tiles). It can be repeated at any time:
 * full tiles and bundles that are there stay, the checkpoint comes last and at once, so that a reader never meets a
 * checkpoint without its tiles. Throws `not-found` for a log that has shown nothing, `store-unavailable` for one with holes.
 */
export async function exportLog(
  store: Pick<Store, 'read'>,
  logId: string,
  folder: string,
  { onEntries }: ExportOptions = {},
): Promise<Exported> {
  const head = await readHead(store, logId);
  if (head === undefined) throw new PlatformError('not-found', `The log ${logId} has shown nothing yet.`);
  const { size } = parseCheckpoint(parseNote(head.note).text);
  const readTile = tileReader(store, logId);
  const readBundle = bundleReader(store, logId);
  let written = 0;
  const put = async (path: string, read: () => Promise<Uint8Array | undefined>) => {
    const file = join(folder, path);
    if (existsSync(file) && statSync(file).size > 0) return;
    const bytes = await read();
    if (bytes === undefined) throw hole(logId, path);
    writeWhole(file, bytes);
    written++;
  };
  for (const { level, index, width } of allTiles(size)) {
    await put(tilePath({ level, index, width }), async () => {
      const hashes = await readTile(level, index, width);
      return hashes === undefined || hashes.length < width * 32 ? undefined : hashes.subarray(0, width * 32);
    });
    if (level > 0) continue;
    await put(bundlePath(index, width), async () => readBundle(index, width));
    onEntries?.(index * TILE_WIDTH + width, size);
  }
  writeWhole(join(folder, 'checkpoint'), Buffer.from(head.note));
  return { size, written: written + 1 };
}

/** A file is there whole or not at all, also after a crash. */
function writeWhole(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.part`;
  const fd = openSync(partial, 'w', 0o644);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(partial, file);
}

function hole(logId: string, path: string): PlatformError {
  return new PlatformError('store-unavailable', `The store lacks ${path} of the log ${logId}.`, {
    where: path,
    mend: 'Recover the log from a mirror: taalil log recover.',
  });
}

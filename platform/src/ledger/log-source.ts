import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundlePath,
  formatBundle,
  parseBundle,
  type ReadBundle,
  type ReadTile,
  TILE_WIDTH,
  tilePath,
} from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';

/** A published log, at an address or in a folder, as C2SP tlog-tiles lays it out. Everything from it is hostile. */
export interface LogSource {
  readonly location: string;
  checkpoint(): Promise<Uint8Array>;
  readonly readTile: ReadTile;
  readonly readBundle: ReadBundle;
}

/** A file, or undefined where there is none; at most `most` bytes. */
type Fetch = (path: string, most: number) => Promise<Uint8Array | undefined>;

const CHECKPOINT_MOST = 64 * 1024;
const TILE_MOST = TILE_WIDTH * 32;
const BUNDLE_MOST = TILE_WIDTH * (2 + 65_535);
const TIMEOUT_MS = 20_000;
const TRIES = 3;

/** Opens a log at an `http(s)` address or in a folder. Reading throws `store-unavailable` for what cannot be reached. */
export function openSource(location: string): LogSource {
  const fetch = /^https?:\/\//.test(location) ? overHttp(location) : fromFolder(location);
  const tile: ReadTile = async (level, index, width) => {
    const partial = await fetch(tilePath({ level, index, width }), TILE_MOST);
    return (
      partial ??
      (width < TILE_WIDTH ? fetch(tilePath({ level, index, width: TILE_WIDTH }), TILE_MOST) : undefined)
    );
  };
  return {
    location,
    async checkpoint() {
      const note = await fetch('checkpoint', CHECKPOINT_MOST);
      if (note === undefined) throw unreachable(location, 'it has no checkpoint');
      return note;
    },
    readTile: tile,
    async readBundle(index, width) {
      const bundle = await fetch(bundlePath(index, width), BUNDLE_MOST);
      if (bundle !== undefined || width === TILE_WIDTH) return bundle;
      // A log may delete a partial bundle once the full one is there (tlog-tiles, "Partial Tiles").
      const full = await fetch(bundlePath(index, TILE_WIDTH), BUNDLE_MOST);
      return full && formatBundle(parseBundle(full, TILE_WIDTH).slice(0, width));
    },
  };
}

function fromFolder(folder: string): Fetch {
  return async (path, most) => {
    try {
      const bytes = await readFile(join(folder, path));
      if (bytes.length > most) throw unreachable(folder, `${path} is larger than any such file`);
      return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      if (error instanceof PlatformError) throw error;
      throw unreachable(folder, (error as Error).message);
    }
  };
}

function overHttp(prefix: string): Fetch {
  const base = prefix.replace(/\/+$/, '');
  return async (path, most) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(`${base}/${path}`, most);
      } catch (error) {
        if (error instanceof PlatformError || attempt === TRIES) {
          throw error instanceof PlatformError ? error : unreachable(base, `${path}: ${reason(error)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 200 * 4 ** (attempt - 1)));
      }
    }
  };
}

async function once(url: string, most: number): Promise<Uint8Array | undefined> {
  const response = await fetch(url, {
    headers: { 'Accept-Encoding': 'gzip, identity' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 404 || response.status === 410) {
    await response.body?.cancel();
    return undefined;
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    const problem = `answers ${response.status}`;
    if (response.status < 500 && response.status !== 429) throw unreachable(url, problem);
    throw new Error(problem);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) throw unreachable(url, 'it is larger than any such file');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}

function unreachable(location: string, why: string): PlatformError {
  return new PlatformError('store-unavailable', `The log at ${location} cannot be read: ${why}.`, {
    where: location,
    mend: 'Check the address, then try again.',
  });
}

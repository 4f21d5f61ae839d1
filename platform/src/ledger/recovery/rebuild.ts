import {
  equalBytes,
  LogError,
  parseBundle,
  parseEntry,
  TILE_WIDTH,
  type Tile,
} from '@taalil/transparency-log';
import { appendLeaves, EMPTY_EDGE, leafHash, type TreeEdge } from '@taalil/transparency-log/writer';
import { PlatformError } from '../../errors.ts';
import { type Store, typed } from '../../store/index.ts';
import { entriesByIndex, tileReader } from '../read-log.ts';
import type { LedgerTables } from '../tables.ts';
import type { Mirror, SignedHead } from './known-heads.ts';

/** What a rebuilt log is made of, and what had to be mended. */
export interface Rebuilt {
  /** Entries whose bytes came from the mirror. */
  entries: number;
  /** Tiles of the store that were missing or wrong. */
  tiles: number;
}

export interface RebuildOptions {
  readonly store: Store;
  readonly logId: string;
  readonly heads: readonly SignedHead[];
  readonly size: number;
  readonly mirror: Mirror | undefined;
  readonly onEntries?: ((done: number, size: number) => void) | undefined;
}

/** Why a log cannot be rebuilt, for people. */
export class CannotRebuild extends Error {}

/**
 * Goes through a log from its first entry up to `size`. As far as a mirror reaches its hashes count; beyond, those of the
 * store's own entries. Each known head must be met. Entries that the store lacks, or has otherwise, are taken from the
 * mirror. With `write`, mends the store: entries and tiles, in transactions of their own, so that it can be repeated.
 *
 * Throws {@link CannotRebuild} with the first place that is lost or does not fit.
 */
export async function rebuild(options: RebuildOptions, write: boolean): Promise<Rebuilt> {
  const { size, heads, onEntries } = options;
  const done: Rebuilt = { entries: 0, tiles: 0 };
  let edge: TreeEdge = EMPTY_EDGE;
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - first);
    const chunk = await readChunk(options, first, width);
    const tiles = new Map<string, Tile>();
    const stops = new Set([...heads.map((head) => head.size), first + width]);
    for (let from = first; from < first + width; ) {
      const to = Math.min(...[...stops].filter((stop) => stop > from && stop <= first + width));
      const appended = appendLeaves(edge, chunk.hashes.slice(from - first, to - first));
      edge = appended.edge;
      for (const tile of appended.tiles) tiles.set(`${tile.level}/${tile.index}`, tile);
      meet(heads, to, appended.root);
      from = to;
    }
    done.entries += chunk.mended.size;
    done.tiles += await mend(options, [...tiles.values()], chunk.mended, write);
    onEntries?.(first + width, size);
  }
  return done;
}

function meet(heads: readonly SignedHead[], size: number, root: Uint8Array): void {
  const other = heads.find((head) => head.size === size && !equalBytes(head.root, root));
  if (other === undefined) return;
  throw new CannotRebuild(`the tree of the first ${size} entries is not the one that ${other.source} knows`);
}

interface Chunk {
  readonly hashes: readonly Uint8Array[];
  /** Entries that the store lacks or has otherwise, by index. */
  readonly mended: ReadonlyMap<number, Uint8Array>;
}

async function readChunk(
  { store, logId, mirror }: RebuildOptions,
  first: number,
  width: number,
): Promise<Chunk> {
  const index = first / TILE_WIDTH;
  const mirrored = Math.max(0, Math.min(width, (mirror?.head.size ?? 0) - first));
  const tile =
    mirrored === 0 ? undefined : await fromMirror(() => mirror?.source.readTile(0, index, mirrored));
  if (mirrored > 0 && (tile === undefined || tile.length < mirrored * 32))
    throw new CannotRebuild(`the mirror ${mirror?.source.location} lacks the hashes from entry ${first} on`);
  const entries = await entriesByIndex(store, logId, first, width);
  let bundle: readonly Uint8Array[] | undefined;
  const hashes: Uint8Array[] = [];
  const mended = new Map<number, Uint8Array>();
  for (let i = 0; i < width; i++) {
    const entry = entries.get(first + i);
    const hash = i < mirrored ? tile?.subarray(i * 32, (i + 1) * 32) : entry && leafHash(entry);
    if (hash === undefined)
      throw new CannotRebuild(`entry ${first + i} is lost: neither store nor mirror has it`);
    hashes.push(hash);
    if (entry !== undefined && equalBytes(leafHash(entry), hash)) continue;
    bundle ??= await fromMirror(async () => {
      const bytes = await mirror?.source.readBundle(index, mirrored);
      return bytes && parseBundle(bytes, mirrored);
    });
    const found = bundle?.[i];
    if (found === undefined || !equalBytes(leafHash(found), hash))
      throw new CannotRebuild(
        `the mirror ${mirror?.source.location} lacks the entry ${first + i}, as the store does`,
      );
    parseEntry(found);
    mended.set(first + i, found);
  }
  return { hashes, mended };
}

async function fromMirror<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof LogError || error instanceof PlatformError) throw new CannotRebuild(error.message);
    throw error;
  }
}

async function mend(
  { store, logId }: RebuildOptions,
  tiles: readonly Tile[],
  mended: ReadonlyMap<number, Uint8Array>,
  write: boolean,
): Promise<number> {
  const wrong: Tile[] = [];
  for (const tile of tiles) {
    const stored = await tileReader(store, logId)(tile.level, tile.index, tile.width);
    if (stored === undefined || !equalBytes(stored, tile.hashes)) wrong.push(tile);
  }
  if (write && (wrong.length > 0 || mended.size > 0)) {
    await store.transact(async (tx) => {
      const db = typed<LedgerTables>(tx.db);
      for (const [index, entry] of mended) {
        await db
          .insertInto('log_entries')
          .values({ authority_id: logId, log_index: index, entry })
          .onConflict((c) => c.columns(['authority_id', 'log_index']).doUpdateSet({ entry }))
          .execute();
      }
      for (const { level, index, width, hashes } of wrong) {
        await db
          .insertInto('log_tiles')
          .values({ authority_id: logId, level, tile_index: index, width, hashes })
          .onConflict((c) =>
            c.columns(['authority_id', 'level', 'tile_index']).doUpdateSet({ width, hashes }),
          )
          .execute();
      }
    });
  }
  return wrong.length;
}

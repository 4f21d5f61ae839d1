import { LogError } from './error.ts';
import { HASH_SIZE, isSize } from './merkle.ts';

/** Hashes in a full tile and entries in a full bundle (C2SP tlog-tiles, "Merkle Tree"). */
export const TILE_WIDTH = 256;

/** Names a tile: `width` hashes (1 to 256; below 256 it is partial) at `level`, the `index`-th from the left. */
export interface TileId {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

export interface Tile extends TileId {
  /** `width` × 32 bytes. */
  readonly hashes: Uint8Array;
}

/** Number of hashes at a tile level of a tree of `size` leaves: floor(size / 256^level). */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Width of tile `index` at `level` in a tree of `size` leaves: 0 where there is none (tlog-tiles, "Partial Tiles"). */
export function tileWidth(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(size, level) - index * TILE_WIDTH));
}

/**
 * The partial tiles (C2SP tlog-tiles, "Partial Tiles") at the right edge of a tree, lowest level first: with the size they are all the state a writer needs.
 */
export function rightEdgeTiles(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const index = Math.floor(hashesAtLevel(size, level) / TILE_WIDTH);
    const width = tileWidth(size, level, index);
    if (width > 0) tiles.push({ level, index, width });
  }
  return tiles;
}

/** All tiles of a tree of `size` leaves, in order of level and index; entry bundles have the shape of level 0. */
export function* allTiles(size: number): Generator<TileId> {
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    for (let index = 0; index * TILE_WIDTH < hashesAtLevel(size, level); index++) {
      yield { level, index, width: tileWidth(size, level, index) };
    }
  }
}

/** The first `width` hashes of what storage returned for a tile; a wider (later) tile is accepted. */
export function trimTile(bytes: Uint8Array | undefined, id: TileId): Uint8Array {
  const needed = id.width * HASH_SIZE;
  if (bytes === undefined || bytes.length < needed || bytes.length % HASH_SIZE !== 0) {
    throw new LogError(
      'malformed-tile',
      `Tile ${id.index} of level ${id.level} must hold at least ${id.width} hashes of 32 bytes; ${bytes?.length ?? 'no'} bytes came.`,
      { level: id.level, index: id.index, width: id.width },
    );
  }
  return bytes.subarray(0, needed);
}

/** Throws `invalid-argument` unless the tile can exist. */
export function assertTileId(id: TileId): void {
  const fits = Number.isInteger(id.level) && id.level >= 0 && id.level <= 63 && isSize(id.index);
  if (!fits || !Number.isInteger(id.width) || id.width < 1 || id.width > TILE_WIDTH) {
    throw new LogError(
      'invalid-argument',
      `No tile has level ${id.level}, index ${id.index}, width ${id.width}.`,
    );
  }
}

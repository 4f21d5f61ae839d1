import { LogError } from './error.ts';
import { assertSize, emptyRoot, HASH_SIZE, nodeHash } from './merkle.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';
import { rightEdgeTiles, TILE_WIDTH, type Tile, type TileId, trimTile } from './tile.ts';

/**
 * The right edge of a tree: all that appending needs. Treat it as frozen: appending returns a new one, so that a caller
 * whose transaction fails goes on with the old one.
 */
export interface TreeEdge {
  readonly size: number;
  /** Hashes of the partial tile of each level, lowest first; an empty array where the level ends on a full tile. */
  readonly partial: readonly Uint8Array[];
  /** Root of the complete subtree of 2^h leaves for each bit h set in `size`; undefined elsewhere. */
  readonly subtrees: readonly (Uint8Array | undefined)[];
}

export const EMPTY_EDGE: TreeEdge = { size: 0, partial: [], subtrees: [] };

export interface Appended {
  readonly edge: TreeEdge;
  readonly newSize: number;
  readonly root: Uint8Array;
  /**
   * Every tile that is new or grew, at its present width: upsert by (level, index). A tile of one (level, index) only ever
   * grows by hashes at its end, so the widest stored version serves every smaller width.
   */
  readonly tiles: readonly Tile[];
}

/**
 * Appends leaf hashes (32 bytes each) to a tree; about one node hash for each leaf and O(log size) for the root.
 * Tiles as in C2SP tlog-tiles, "Merkle Tree". Throws `invalid-argument` for a hash of another length.
 */
export function appendLeaves(
  edge: TreeEdge,
  leafHashes: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): Appended {
  const newSize = edge.size + leafHashes.length;
  assertSize(newSize, 'new size');
  const subtrees = [...edge.subtrees];
  const levels = new TileWriter(edge);
  let position = edge.size;
  for (const leaf of leafHashes) {
    if (leaf.length !== HASH_SIZE) {
      throw new LogError('invalid-argument', `A leaf hash must have 32 bytes, not ${leaf.length}.`);
    }
    let hash = leaf;
    levels.push(0, hash);
    let height = 0;
    for (let rest = position; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      hash = nodeHash(subtrees[height] as Uint8Array, hash, sha256);
      subtrees[height++] = undefined;
      if (height % 8 === 0) levels.push(height / 8, hash);
    }
    subtrees[height] = hash;
    position++;
  }
  const next: TreeEdge = { size: newSize, partial: levels.partial(), subtrees };
  return { edge: next, newSize, root: edgeRoot(next, sha256), tiles: levels.touched() };
}

/** Root of the tree: its complete subtrees folded from the right (RFC 6962, section 2.1). */
export function edgeRoot(edge: TreeEdge, sha256: Sha256 = portableSha256): Uint8Array {
  let root: Uint8Array | undefined;
  for (const subtree of edge.subtrees) {
    if (subtree !== undefined) root = root === undefined ? subtree : nodeHash(subtree, root, sha256);
  }
  return root ?? emptyRoot(sha256);
}

/**
 * Rebuilds the edge of a tree of `size` leaves (C2SP tlog-tiles, "Partial Tiles") from the tiles {@link rightEdgeTiles} names, read synchronously.
 * Compare {@link edgeRoot} with the last signed checkpoint before appending. Throws `malformed-tile`.
 */
export function restoreEdge(
  size: number,
  readTile: (id: TileId) => Uint8Array | undefined,
  sha256: Sha256 = portableSha256,
): TreeEdge {
  assertSize(size, 'size');
  const partial: Uint8Array[] = [];
  const subtrees: (Uint8Array | undefined)[] = [];
  for (const id of rightEdgeTiles(size)) {
    const hashes = trimTile(readTile(id), id).slice();
    while (partial.length < id.level) partial.push(new Uint8Array(0));
    partial.push(hashes);
    let at = 0;
    for (let bit = 7; bit >= 0; bit--) {
      const count = 2 ** bit;
      if ((id.width & count) === 0) continue;
      subtrees[8 * id.level + bit] = foldComplete(hashes.subarray(at, at + count * HASH_SIZE), sha256);
      at += count * HASH_SIZE;
    }
  }
  return { size, partial, subtrees: Array.from(subtrees) };
}

/** Root over 2^k concatenated hashes. */
export function foldComplete(hashes: Uint8Array, sha256: Sha256): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH_SIZE) row.push(hashes.subarray(at, at + HASH_SIZE));
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) {
      above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array, sha256));
    }
    row = above;
  }
  return (row[0] as Uint8Array).slice();
}

interface OpenTile {
  index: number;
  width: number;
  bytes: Uint8Array;
  grew: boolean;
}

/** The open tile of each level while hashes are pushed to it. */
class TileWriter {
  readonly #open: OpenTile[] = [];
  readonly #full: Tile[] = [];

  constructor(edge: TreeEdge) {
    for (const [level, hashes] of edge.partial.entries()) {
      const tile = this.#level(level, Math.floor(Math.floor(edge.size / TILE_WIDTH ** level) / TILE_WIDTH));
      tile.bytes.set(hashes);
      tile.width = hashes.length / HASH_SIZE;
    }
  }

  push(level: number, hash: Uint8Array): void {
    const tile = this.#level(level, 0);
    tile.bytes.set(hash, tile.width * HASH_SIZE);
    tile.width++;
    tile.grew = true;
    if (tile.width === TILE_WIDTH) {
      this.#full.push({ level, index: tile.index, width: TILE_WIDTH, hashes: tile.bytes });
      this.#open[level] = freshTile(tile.index + 1);
    }
  }

  #level(level: number, index: number): OpenTile {
    let tile = this.#open[level];
    if (tile === undefined) {
      tile = freshTile(index);
      this.#open[level] = tile;
    }
    return tile;
  }

  partial(): Uint8Array[] {
    return this.#open.map((tile) => tile.bytes.slice(0, tile.width * HASH_SIZE));
  }

  touched(): Tile[] {
    const grown = this.#open.flatMap((tile, level) =>
      tile.grew && tile.width > 0
        ? [
            {
              level,
              index: tile.index,
              width: tile.width,
              hashes: tile.bytes.slice(0, tile.width * HASH_SIZE),
            },
          ]
        : [],
    );
    return [...this.#full, ...grown];
  }
}

function freshTile(index: number): OpenTile {
  return { index, width: 0, bytes: new Uint8Array(TILE_WIDTH * HASH_SIZE), grew: false };
}

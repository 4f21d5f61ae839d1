import { appendLeaves, EMPTY_EDGE, edgeRoot, type TreeEdge } from './append.ts';
import { verifyBundle } from './bundle.ts';
import { equalBytes, toHex } from './bytes.ts';
import { LogError } from './error.ts';
import { assertSize, HASH_SIZE } from './merkle.ts';
import type { ReadTile } from './prove.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';
import { rightEdgeTiles, TILE_WIDTH, type TileId, tileWidth, trimTile } from './tile.ts';

/** A tree head somebody vouches for: a verified checkpoint fits. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Reads an entry bundle, content encoding undone: exactly `width` entries of bundle `index`. */
export type ReadBundle = (
  index: number,
  width: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

export interface AuditOptions {
  /** Present: entries are read and hashed too. Absent: the hash tiles alone are checked. */
  readonly readBundle?: ReadBundle;
  /** An earlier head the log must extend, by its own contents. */
  readonly since?: TreeHead;
  /** Called for every batch of up to 256 entries, in order; entries are absent without `readBundle`. */
  readonly onBatch?: (first: number, entries: readonly Uint8Array[] | undefined, size: number) => void;
  readonly sha256?: Sha256;
}

/**
 * Reads a whole tiled log again (C2SP tlog-tiles) and checks that every entry has the hash in its tile, that every tile
 * of every level is what the ones below give, and that all of it is the tree of `head` and extends `since`. Nothing else
 * than `head` is believed. Reads {@link READ_AHEAD} batches ahead; memory stays
 * constant.
 *
 * Throws `malformed-tile`, `malformed-bundle`, `bad-entry` (with `details.index`), `bad-tile` (level, index), `bad-root`,
 * `bad-consistency-proof` when the log does not extend `since`, and what the readers throw.
 */
export async function auditLog(
  head: TreeHead,
  readTile: ReadTile,
  options: AuditOptions = {},
): Promise<void> {
  const { since, onBatch, sha256 = portableSha256 } = options;
  assertSize(head.size, 'size');
  if (since !== undefined && since.size > head.size) throw shrunk(since, head.size);
  const count = Math.ceil(head.size / TILE_WIDTH);
  const load = (index: number) => loadBatch(index, head.size, readTile, options, sha256);
  let edge: TreeEdge = EMPTY_EDGE;
  checkSince(edge, undefined, since, sha256);
  const ahead: Promise<Batch>[] = [];
  for (let index = 0, next = 0; index < count; index++) {
    for (; next < count && next < index + READ_AHEAD; next++) {
      const batch = load(next);
      batch.catch(() => undefined);
      ahead.push(batch);
    }
    const batch = await (ahead.shift() as Promise<Batch>);
    const appended = appendLeaves(edge, batch.leaves, sha256);
    checkSince(edge, batch.leaves, since, sha256);
    for (const tile of appended.tiles) {
      if (tile.level > 0 && tile.width === TILE_WIDTH) await checkTile(tile, tile.hashes, readTile);
    }
    edge = appended.edge;
    onBatch?.(index * TILE_WIDTH, batch.entries, head.size);
  }
  for (const id of rightEdgeTiles(head.size)) {
    if (id.level > 0) await checkTile(id, edge.partial[id.level] as Uint8Array, readTile);
  }
  const root = edgeRoot(edge, sha256);
  if (!equalBytes(root, head.root)) {
    throw new LogError(
      'bad-root',
      `The log's ${head.size} entries give the root ${toHex(root)}, its checkpoint says ${toHex(head.root)}.`,
      {
        size: head.size,
      },
    );
  }
}

/** Batches under way at once: enough to keep a network busy. */
export const READ_AHEAD = 8;

interface Batch {
  readonly leaves: readonly Uint8Array[];
  readonly entries: readonly Uint8Array[] | undefined;
}

async function loadBatch(
  index: number,
  size: number,
  readTile: ReadTile,
  { readBundle }: AuditOptions,
  sha256: Sha256,
): Promise<Batch> {
  const id = { level: 0, index, width: tileWidth(size, 0, index) };
  const [tileBytes, bundle] = await Promise.all([
    readTile(0, index, id.width),
    readBundle?.(index, id.width),
  ]);
  const tile = trimTile(tileBytes, id);
  const leaves = Array.from({ length: id.width }, (_, i) =>
    tile.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE),
  );
  if (readBundle === undefined) return { leaves, entries: undefined };
  if (bundle === undefined) {
    throw new LogError('malformed-bundle', `Entry bundle ${index} (${id.width} entries) is missing.`, {
      index,
    });
  }
  try {
    return { leaves, entries: verifyBundle(bundle, tile, sha256) };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const position = error.details.position;
    const at: Record<string, number> =
      typeof position === 'number' ? { index: index * TILE_WIDTH + position } : { bundle: index };
    throw new LogError(error.code, `Bundle ${index}: ${error.message}`, at);
  }
}

async function checkTile(id: TileId, expected: Uint8Array, readTile: ReadTile): Promise<void> {
  const { level, index, width } = id;
  if (!equalBytes(trimTile(await readTile(level, index, width), id), expected)) {
    throw new LogError(
      'bad-tile',
      `Tile ${index} of level ${level} does not hold the hashes of the level below.`,
      {
        level,
        index,
      },
    );
  }
}

/** Compares the root when `since` ends within this batch. */
function checkSince(
  edge: TreeEdge,
  leaves: readonly Uint8Array[] | undefined,
  since: TreeHead | undefined,
  sha256: Sha256,
): void {
  if (since === undefined) return;
  const inBatch = since.size - edge.size;
  const here = leaves === undefined ? since.size === 0 : inBatch > 0 && inBatch <= leaves.length;
  if (!here) return;
  const { root } = appendLeaves(edge, (leaves ?? []).slice(0, inBatch), sha256);
  if (!equalBytes(root, since.root)) throw shrunk(since, edge.size);
}

function shrunk(since: TreeHead, size: number): LogError {
  return new LogError(
    'bad-consistency-proof',
    `The log does not extend the earlier checkpoint of size ${since.size}.`,
    {
      size1: since.size,
      size2: size,
    },
  );
}

import { LogError } from './error.ts';
import { assertSize, emptyRoot, HASH_SIZE, nodeHash } from './merkle.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';
import { TILE_WIDTH, type TileId, tileWidth, trimTile } from './tile.ts';

/**
 * Reads a stored tile: at least `width` hashes of (level, index). It may return a wider version of the tile.
 * Undefined or too few bytes end in `malformed-tile`.
 */
export type ReadTile = (
  level: number,
  index: number,
  width: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** Leaves [start, end) of a tree. */
type Range = readonly [start: number, end: number];

/**
 * Inclusion proofs, leaf's sibling first (RFC 6962, section 2.1.1), for many entries of one tree. Each tile is read once
 * for the whole batch, all in parallel: at most two for each level (of 256 hashes) for one entry.
 */
export async function proveInclusions(
  indexes: readonly number[],
  size: number,
  readTile: ReadTile,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[][]> {
  const paths = indexes.map((index) => inclusionPath(index, size));
  const hash = await loadRanges(paths.flat(), size, readTile, sha256);
  return paths.map((path) => path.map(hash));
}

/** Inclusion proof of one entry (RFC 6962, section 2.1.1); see {@link proveInclusions}. */
export async function proveInclusion(
  index: number,
  size: number,
  readTile: ReadTile,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  return (await proveInclusions([index], size, readTile, sha256))[0] as Uint8Array[];
}

/**
 * Consistency proof from size1 to size2 (RFC 6962, section 2.1.2). From size 0 and between equal sizes it is empty: see
 * `verifyConsistency` for what that is worth.
 */
export async function proveConsistency(
  size1: number,
  size2: number,
  readTile: ReadTile,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  const path = consistencyPath(size1, size2);
  return path.map(await loadRanges(path, size2, readTile, sha256));
}

/** Root (RFC 6962, section 2.1) of the tree of `size` leaves, also of an earlier size than the newest, from its right edge. */
export async function rootOf(
  size: number,
  readTile: ReadTile,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array> {
  assertSize(size, 'size');
  if (size === 0) return emptyRoot(sha256);
  const whole: Range = [0, size];
  return (await loadRanges([whole], size, readTile, sha256))(whole);
}

/** The tiles an inclusion proof reads, for callers that fetch them themselves. */
export function tilesForInclusion(index: number, size: number): TileId[] {
  return [...tilesOf(inclusionPath(index, size), size).values()];
}

function inclusionPath(index: number, size: number): Range[] {
  assertSize(size, 'size');
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LogError('invalid-argument', `Entry ${index} is not in a tree of ${size}.`);
  }
  const path: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      path.push([middle, end]);
      end = middle;
    } else {
      path.push([start, middle]);
      start = middle;
    }
  }
  return path.reverse();
}

function consistencyPath(size1: number, size2: number): Range[] {
  assertSize(size1, 'old size');
  assertSize(size2, 'new size');
  if (size1 > size2)
    throw new LogError('invalid-argument', `No tree of ${size1} leaves is a prefix of one of ${size2}.`);
  if (size1 === 0 || size1 === size2) return [];
  const path: Range[] = [];
  let start = 0;
  let end = size2;
  while (end !== size1) {
    const middle = start + split(end - start);
    if (size1 <= middle) {
      path.push([middle, end]);
      end = middle;
    } else {
      path.push([start, middle]);
      start = middle;
    }
  }
  if (start > 0) path.push([start, end]);
  return path.reverse();
}

/** Largest power of two below n, for n > 1 (RFC 6962, section 2.1: "k < n <= 2k"). */
function split(n: number): number {
  let k = 2 ** Math.floor(Math.log2(n));
  while (k >= n) k /= 2;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Complete subtrees, left to right, that make up a range starting at a multiple of its largest power of two. */
function completeParts([start, end]: Range): Range[] {
  if (isPowerOfTwo(end - start)) return [[start, end]];
  const middle = start + split(end - start);
  return [[start, middle], ...completeParts([middle, end])];
}

function isPowerOfTwo(n: number): boolean {
  return n === 1 || split(n) * 2 === n;
}

interface Place {
  readonly level: number;
  readonly index: number;
  /** First hash within the tile, and how many (a power of two). */
  readonly from: number;
  readonly count: number;
}

/** Where the hashes of a complete subtree stand: always within one tile. */
function placeOf([start, end]: Range): Place {
  let level = 0;
  let unit = 1;
  while (unit * TILE_WIDTH <= end - start) {
    unit *= TILE_WIDTH;
    level++;
  }
  const first = start / unit;
  return {
    level,
    index: Math.floor(first / TILE_WIDTH),
    from: first % TILE_WIDTH,
    count: (end - start) / unit,
  };
}

function tilesOf(ranges: readonly Range[], size: number): Map<string, TileId> {
  const tiles = new Map<string, TileId>();
  for (const part of ranges.flatMap(completeParts)) {
    const { level, index } = placeOf(part);
    const key = `${level}/${index}`;
    if (!tiles.has(key)) tiles.set(key, { level, index, width: tileWidth(size, level, index) });
  }
  return tiles;
}

async function loadRanges(
  ranges: readonly Range[],
  size: number,
  readTile: ReadTile,
  sha256: Sha256,
): Promise<(range: Range) => Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  await Promise.all(
    [...tilesOf(ranges, size)].map(async ([key, id]) => {
      tiles.set(key, trimTile(await readTile(id.level, id.index, id.width), id));
    }),
  );
  const known = new Map<string, Uint8Array>();
  const complete = (range: Range): Uint8Array => {
    const key = range.join();
    let hash = known.get(key);
    if (hash === undefined) {
      hash = inTile(range);
      known.set(key, hash);
    }
    return hash;
  };
  const inTile = ([start, end]: Range): Uint8Array => {
    const { level, index, from, count } = placeOf([start, end]);
    const tile = tiles.get(`${level}/${index}`) as Uint8Array;
    if (count === 1) return tile.slice(from * HASH_SIZE, (from + 1) * HASH_SIZE);
    const middle = start + (end - start) / 2;
    return nodeHash(complete([start, middle]), complete([middle, end]), sha256);
  };
  return (range) =>
    completeParts(range)
      .map(complete)
      .reduceRight((right, left) => nodeHash(left, right, sha256));
}

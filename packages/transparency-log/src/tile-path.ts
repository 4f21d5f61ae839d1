import { LogError } from './error.ts';
import { assertTileId, TILE_WIDTH, type TileId } from './tile.ts';

/** A resource of a tiled log, relative to its prefix: hashes of a tile, or a bundle of entries (level `entries`). */
export interface TilePath {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below 256 the resource is partial. */
  readonly width: number;
}

/** "tile/<L>/<N>[.p/<W>]" of a tile (C2SP tlog-tiles, "Merkle Tree"): index 1234067 becomes x001/x234/067. */
export function tilePath(tile: TileId): string {
  return formatTilePath(tile);
}

/** "tile/entries/<N>[.p/<W>]" of an entry bundle (tlog-tiles, "Log entries"). */
export function bundlePath(index: number, width: number): string {
  return formatTilePath({ level: 'entries', index, width });
}

/** Path of a tile or bundle (C2SP tlog-tiles, "Merkle Tree"). Throws `invalid-argument` for one that cannot exist. */
export function formatTilePath({ level, index, width }: TilePath): string {
  assertTileId({ level: level === 'entries' ? 0 : level, index, width });
  let rest = Math.floor(index / 1000);
  let path = String(index % 1000).padStart(3, '0');
  for (; rest > 0; rest = Math.floor(rest / 1000)) path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/**
 * Parses a tile or bundle path (C2SP tlog-tiles, "Merkle Tree"); only the one canonical spelling is accepted: `formatTilePath(parseTilePath(x))` is x.
 * Throws `malformed-path`.
 */
export function parseTilePath(path: string): TilePath {
  const [, level, digits, width] =
    /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ??
    [];
  if (level !== undefined && digits !== undefined) {
    const id: TilePath = {
      level: level === 'entries' ? level : Number(level),
      index: Number(digits.replace(/[x/]/g, '')),
      width: width === undefined ? TILE_WIDTH : Number(width),
    };
    const possible =
      Number.isSafeInteger(id.index) && id.width <= TILE_WIDTH && (id.level === 'entries' || id.level < 64);
    if (possible && formatTilePath(id) === path) return id;
  }
  throw new LogError(
    'malformed-path',
    `"${path.slice(0, 60)}" is not tile/<level or entries>/<index>[.p/<width>].`,
  );
}

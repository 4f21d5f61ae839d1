import {
  equalBytes,
  LogError,
  parseEntry,
  TILE_WIDTH,
  type Tile,
  type TreeEdge,
} from '@taalil/transparency-log';
import { appendLeaves, EMPTY_EDGE, leafHash } from '@taalil/transparency-log/writer';
import { type StoreReader, typed } from '../../store/index.ts';
import { entriesByIndex, tileReader } from '../read-log.ts';
import type { LedgerTables } from '../tables.ts';
import { CheckpointWalk, type KnownHead, type LogKeys } from './checkpoints.ts';
import { bytesIn, type Findings } from './findings.ts';

export interface LogCheck {
  readonly store: StoreReader;
  readonly logId: string;
  readonly keys: LogKeys;
  /** Heads that are known from elsewhere than the store: the fence, checkpoints that an auditor kept. */
  readonly known: readonly KnownHead[];
  readonly findings: Findings;
  readonly onEntries?: (done: number, size: number) => void;
}

/**
 * Reads one log of the store again. Every entry is there, in canonical form and in its tile; every stored tile is what
 * those below give; every checkpoint and every known head is of this very tree; none is missing, none too many.
 * Returns the size that was signed, by the largest head that anything vouches for.
 */
export async function checkLog(check: LogCheck): Promise<number> {
  const walk = await CheckpointWalk.begin(check);
  const { size } = walk;
  const tree = new TreeWalk(check, walk);
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - first);
    const read = await tileReader(check.store, check.logId)(0, first / TILE_WIDTH, width);
    const tile = read && bytesIn(read);
    const entries = await entriesOf(check, first, width);
    for (let i = 0; i < width; i++) {
      const entry = entries.get(first + i);
      if (entry === undefined) {
        check.findings.add(`log_entries/${check.logId}/${first + i}`, 'The entry is missing.');
      }
      await tree.push(tile?.subarray(i * 32, (i + 1) * 32), entry && leafHash(entry));
    }
    check.onEntries?.(first + width, size);
  }
  await tree.end(size);
  await checkBeyond(check, size);
  return size;
}

/** Leaves that wait at most for the next head that says whether tiles or entries were altered. */
const PENDING_MOST = 65_536;
const UNKNOWN = new Uint8Array(32);

/** Grows the tree leaf by leaf; at each head the root decides whom to believe where tile and entry differ. */
class TreeWalk {
  readonly #check: LogCheck;
  readonly #walk: CheckpointWalk;
  #edge: TreeEdge = EMPTY_EDGE;
  #byTile: Uint8Array[] = [];
  #byEntry: Uint8Array[] = [];
  #suspects: number[] = [];

  constructor(check: LogCheck, walk: CheckpointWalk) {
    this.#check = check;
    this.#walk = walk;
  }

  async push(stored: Uint8Array | undefined, hash: Uint8Array | undefined): Promise<void> {
    const held = stored?.length === 32 ? stored : undefined;
    if (hash !== undefined && (held === undefined || !equalBytes(held, hash))) {
      this.#suspects.push(this.#edge.size + this.#byTile.length);
    }
    this.#byTile.push(held ?? hash ?? UNKNOWN);
    this.#byEntry.push(hash ?? held ?? UNKNOWN);
    const size = this.#edge.size + this.#byTile.length;
    if (this.#walk.hasHead(size)) await this.#settle(true);
    else if (this.#byTile.length >= PENDING_MOST) await this.#settle(false);
  }

  async end(size: number): Promise<void> {
    if (this.#byTile.length > 0 || size === 0) await this.#settle(size === 0);
    for (const [level, hashes] of this.#edge.partial.entries()) {
      if (level === 0 || hashes.length === 0) continue;
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      await checkTile(this.#check, { level, index, width: hashes.length / 32, hashes });
    }
    this.#walk.end();
  }

  async #settle(compare: boolean): Promise<void> {
    const byTile = appendLeaves(this.#edge, this.#byTile);
    const byEntry = this.#suspects.length === 0 ? byTile : appendLeaves(this.#edge, this.#byEntry);
    const size = byTile.newSize;
    const tilesHold = compare && this.#walk.agrees({ size, root: byTile.root });
    const entriesHold = compare && !tilesHold && this.#walk.agrees({ size, root: byEntry.root });
    const chosen = entriesHold ? byEntry : byTile;
    if (compare) this.#walk.meet({ size, root: chosen.root });
    for (const index of this.#suspects) this.#name(index, tilesHold, entriesHold);
    for (const tile of chosen.tiles) {
      if (tile.level > 0 && tile.width === TILE_WIDTH) await checkTile(this.#check, tile);
    }
    this.#edge = chosen.edge;
    this.#byTile = [];
    this.#byEntry = [];
    this.#suspects = [];
  }

  #name(index: number, tilesHold: boolean, entriesHold: boolean): void {
    const { logId, findings } = this.#check;
    if (!entriesHold) {
      const what = tilesHold ? 'is not the one that was signed' : 'and its tile differ';
      findings.add(`log_entries/${logId}/${index}`, `The entry ${what}.`);
    } else {
      const tile = Math.floor(index / TILE_WIDTH);
      findings.add(`log_tiles/${logId}/0/${tile}`, `It does not hold the hash of entry ${index}.`);
    }
  }
}

async function entriesOf({ store, logId, findings }: LogCheck, first: number, width: number) {
  const entries = new Map<number, Uint8Array>();
  for (const [index, stored] of await entriesByIndex(store, logId, first, width)) {
    const entry = bytesIn(stored);
    entries.set(index, entry);
    try {
      parseEntry(entry);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      findings.add(`log_entries/${logId}/${index}`, error.message);
    }
  }
  return entries;
}

async function checkTile({ store, logId, findings }: LogCheck, tile: Tile): Promise<void> {
  const stored = await tileReader(store, logId)(tile.level, tile.index, tile.width);
  const where = `log_tiles/${logId}/${tile.level}/${tile.index}`;
  if (stored === undefined) findings.add(where, 'The tile is missing.');
  else if (!equalBytes(bytesIn(stored), tile.hashes))
    findings.add(where, 'It does not hold the hashes of the level below.');
}

/** Rows that no signed size covers. */
async function checkBeyond({ store, logId, findings }: LogCheck, size: number): Promise<void> {
  const db = typed<LedgerTables>(store.read);
  const entries = await db
    .selectFrom('log_entries')
    .select('log_index')
    .where('authority_id', '=', logId)
    .where(({ eb, or }) => or([eb('log_index', '>=', size), eb('log_index', '<', 0)]))
    .execute();
  for (const row of entries)
    findings.add(`log_entries/${logId}/${row.log_index}`, 'No signed checkpoint covers it.');
  const tiles = await db
    .selectFrom('log_tiles')
    .select(['level', 'tile_index', 'hashes'])
    .where('authority_id', '=', logId)
    .where(({ eb, or }) => or([eb('tile_index', '>=', Math.floor(size / TILE_WIDTH)), eb('level', '>', 0)]))
    .execute();
  for (const { level, tile_index, hashes } of tiles) {
    const index = Number(tile_index);
    const due = Math.max(
      0,
      Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH),
    );
    if (hashes.length > due * 32) {
      findings.add(
        `log_tiles/${logId}/${level}/${index}`,
        'It holds hashes that no signed checkpoint covers.',
      );
    }
  }
}

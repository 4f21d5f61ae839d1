import type { WitnessRecord, WitnessStore } from '../src/index.ts';
import type { LogCommit, LogStore } from '../src/writer.ts';

/** A witness's records in memory, with the pause that a real store has between a read and a write. */
export class MemoryWitnessStore implements WitnessStore {
  readonly records = new Map<string, WitnessRecord>();

  async read(origin: string): Promise<WitnessRecord | undefined> {
    await Promise.resolve();
    return this.records.get(origin);
  }

  async replace(origin: string, before: WitnessRecord | undefined, next: WitnessRecord): Promise<boolean> {
    await Promise.resolve();
    const now = this.records.get(origin);
    if (now?.size !== before?.size || now?.timestamp !== before?.timestamp) return false;
    this.records.set(origin, next);
    return true;
  }
}

/** A log in memory. `fail` makes the next commit go wrong: before it happened, or after (its answer is lost). */
export class MemoryLogStore implements LogStore {
  readonly entries: Uint8Array[] = [];
  readonly tiles = new Map<string, Uint8Array>();
  commits = 0;
  latest: string | undefined;
  fail: 'before' | 'after' | undefined;

  async checkpoint(): Promise<string | undefined> {
    return this.latest;
  }

  async readTile(level: number, index: number): Promise<Uint8Array | undefined> {
    return this.tiles.get(`${level}/${index}`);
  }

  async commit(commit: LogCommit): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.fail === 'before') throw new Error('disk full');
    if (this.entries.length !== commit.oldSize) return false;
    this.entries.push(...commit.entries);
    for (const tile of commit.tiles) this.tiles.set(`${tile.level}/${tile.index}`, tile.hashes);
    this.latest = commit.checkpoint;
    this.commits++;
    if (this.fail === 'after') throw new Error('connection lost');
    return true;
  }
}

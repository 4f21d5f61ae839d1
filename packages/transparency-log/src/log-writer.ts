import { appendLeaves, edgeRoot, restoreEdge, type TreeEdge } from './append.ts';
import { equalBytes } from './bytes.ts';
import { MAX_ENTRY_LENGTH } from './entry.ts';
import { LogError } from './error.ts';
import { leafHash } from './merkle.ts';
import { nodeSha256, verifyCheckpointSync } from './node-runtime.ts';
import { formatProof } from './proof.ts';
import { proveInclusions } from './prove.ts';
import { type Signer, signCheckpoint } from './signer.ts';
import { rightEdgeTiles, type Tile } from './tile.ts';

/** One commit: all of it or nothing of it. */
export interface LogCommit {
  /** The store must still hold exactly this many entries: the fence against a second writer. */
  readonly oldSize: number;
  readonly newSize: number;
  /** Entries oldSize to newSize - 1. */
  readonly entries: readonly Uint8Array[];
  /** To upsert by (level, index). */
  readonly tiles: readonly Tile[];
  /** The signed checkpoint of newSize. */
  readonly checkpoint: string;
}

/**
 * Where a log lives. The contract:
 *
 * - `commit` is atomic and durable: when it resolves with true, entries, tiles and checkpoint survive a crash of the
 *   machine; when it resolves with false (the stored size is not `oldSize`) or throws, a later `checkpoint()` tells
 *   whether it happened. Nobody sees a part of it.
 * - `checkpoint` and `readTile` see the last commit; `readTile` may return a wider version of a tile than asked.
 * - One writer at a time calls `commit`; a second one is refused by `oldSize`.
 */
export interface LogStore {
  /** Latest signed checkpoint; undefined for a log nobody has written yet. */
  checkpoint(): Promise<string | undefined>;
  readTile(level: number, index: number, width: number): Promise<Uint8Array | undefined>;
  commit(commit: LogCommit): Promise<boolean>;
}

export interface Sealed {
  readonly index: number;
  /** Text of a C2SP tlog-proof to the checkpoint of this commit. */
  readonly proof: string;
}

/**
 * The only hand that writes a log. Appends are sealed in batches: while one commit runs, what arrives waits, and the next
 * commit takes it (at most `batch` entries); there is no timer.
 */
export class LogWriter {
  readonly #store: LogStore;
  readonly #signers: readonly Signer[];
  readonly #origin: string;
  readonly #batch: number;
  #edge: TreeEdge;
  #checkpoint: string;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed: LogError | undefined;

  /** Use {@link openLog}. */
  constructor(options: LogOptions, edge: TreeEdge, checkpoint: string) {
    this.#store = options.store;
    this.#signers = options.signers;
    this.#origin = options.origin;
    this.#batch = options.batch ?? 1000;
    this.#edge = edge;
    this.#checkpoint = checkpoint;
  }

  get size(): number {
    return this.#edge.size;
  }

  /** The latest signed checkpoint that is durable. */
  get checkpoint(): string {
    return this.#checkpoint;
  }

  /**
   * Appends an entry; resolves once it is durable under a signed checkpoint. Throws `invalid-argument` for an entry above
   * 65,535 bytes; `log-conflict` when another writer was there; `log-closed` after a commit whose outcome is unknown: the
   * entry may or may not be in the log, open it again and look.
   */
  append(entry: Uint8Array): Promise<Sealed> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (entry.length > MAX_ENTRY_LENGTH) {
      return Promise.reject(
        new LogError(
          'invalid-argument',
          `An entry has at most ${MAX_ENTRY_LENGTH} bytes, not ${entry.length}.`,
        ),
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<Sealed>();
    this.#waiting.push({ entry, resolve, reject });
    this.#running ??= this.#run();
    return promise;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#batch);
      try {
        await this.#seal(batch);
      } catch (error) {
        this.#closed ??= new LogError(
          'log-closed',
          `A commit failed (${(error as Error).message}); open the log again.`,
        );
        for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(this.#closed);
      }
    }
    this.#running = undefined;
  }

  async #seal(batch: readonly Waiting[]): Promise<void> {
    const oldSize = this.#edge.size;
    const entries = batch.map(({ entry }) => entry);
    const leaves = entries.map((entry) => leafHash(entry, nodeSha256));
    const { edge, root, newSize, tiles } = appendLeaves(this.#edge, leaves, nodeSha256);
    const checkpoint = signCheckpoint({ origin: this.#origin, size: newSize, root }, this.#signers);
    if (!(await this.#store.commit({ oldSize, newSize, entries, tiles, checkpoint }))) {
      this.#closed = new LogError(
        'log-conflict',
        `The store no longer holds ${oldSize} entries: another writer is at work.`,
        {
          size: oldSize,
        },
      );
      throw this.#closed;
    }
    this.#edge = edge;
    this.#checkpoint = checkpoint;
    const fresh = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
    const proofs = await proveInclusions(
      leaves.map((_, i) => oldSize + i),
      newSize,
      (level, index, width) => fresh.get(`${level}/${index}`) ?? this.#store.readTile(level, index, width),
      nodeSha256,
    );
    for (const [i, { resolve }] of batch.entries()) {
      const index = oldSize + i;
      resolve({ index, proof: formatProof({ index, hashes: proofs[i] as Uint8Array[], checkpoint }) });
    }
  }
}

interface Waiting {
  readonly entry: Uint8Array;
  readonly resolve: (sealed: Sealed) => void;
  readonly reject: (error: Error) => void;
}

export interface LogOptions {
  readonly store: LogStore;
  readonly origin: string;
  /** The first one's name should be the origin; it must be a key that needs no timestamp (type `ed25519`). */
  readonly signers: readonly Signer[];
  /** Most entries in one commit; 1,000 unless given. */
  readonly batch?: number;
}

/**
 * Opens a log for writing, or starts an empty one. Before anything is signed, the stored checkpoint must carry this log's
 * signature and the stored tiles must give its root: throws `bad-signature`, `no-accepted-signature`, `unknown-origin`,
 * `malformed-tile`, `bad-root`. It cannot know that the whole store was set back to an earlier state: ask the witnesses.
 */
export async function openLog(options: LogOptions): Promise<LogWriter> {
  const { store, origin, signers } = options;
  const stored = await store.checkpoint();
  if (stored === undefined) {
    const { edge, root } = appendLeaves(await restored(store, 0), [], nodeSha256);
    const checkpoint = signCheckpoint({ origin, size: 0, root }, signers);
    if (!(await store.commit({ oldSize: 0, newSize: 0, entries: [], tiles: [], checkpoint }))) {
      throw new LogError(
        'log-conflict',
        'The store has no checkpoint and is not empty: recover it before writing.',
      );
    }
    return new LogWriter(options, edge, checkpoint);
  }
  const { size, root } = verifyCheckpointSync(stored, { vkey: signers.map(({ key }) => key), origin });
  const edge = await restored(store, size);
  if (!equalBytes(edgeRoot(edge, nodeSha256), root)) {
    throw new LogError(
      'bad-root',
      `The stored tiles are not the tree of ${size} entries that the checkpoint signs.`,
      { size },
    );
  }
  return new LogWriter(options, edge, stored);
}

async function restored(store: LogStore, size: number): Promise<TreeEdge> {
  const ids = rightEdgeTiles(size);
  const tiles = await Promise.all(ids.map(({ level, index, width }) => store.readTile(level, index, width)));
  return restoreEdge(size, (id) => tiles[ids.findIndex(({ level }) => level === id.level)], nodeSha256);
}

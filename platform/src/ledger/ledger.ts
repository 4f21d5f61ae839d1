import { formatProof, proveInclusion } from '@taalil/transparency-log';
import {
  type Appended,
  appendLeaves,
  createSigner,
  EMPTY_EDGE,
  edgeRoot,
  generateKey,
  leafHash,
  nodeSha256,
  restoreEdge,
  type Signer,
  signCheckpoint,
  type TreeEdge,
} from '@taalil/transparency-log/writer';
import { type Clock, stamp } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { type Store, type Transaction, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import { type Sealed, type SealUnit, Sequencer } from './sequencer.ts';
import type { LedgerTables } from './tables.ts';

/**
 * The transparency log of each authority.
 *
 * Durability: `seal` resolves after the entry, its rows and the signed checkpoint that covers it are committed
 * together (I1). When it rejects, none of them exists.
 *
 * Fence: the state row is swapped only from the size and root that this process signed last. A store changed by
 * another writer, or restored from a backup under a running process, makes `seal` reject with `fenced`, for
 * good: nothing more is signed.
 */
export interface Ledger {
  seal(authorityId: string, unit: SealUnit): Promise<Sealed>;
  /** Makes the log of a new authority: origin and key. Opening an existing one changes nothing. */
  open(authorityId: string): Promise<void>;
  /** The log's C2SP verifier key. */
  vkey(authorityId: string): Promise<string>;
  origin(authorityId: string): Promise<string>;
  /** The latest signed checkpoint, or undefined for an empty log. */
  checkpoint(authorityId: string): Promise<string | undefined>;
  /** C2SP tlog-proof of an entry under the checkpoint of its own commit. */
  proof(authorityId: string, index: number): Promise<string>;
  entry(authorityId: string, index: number): Promise<Uint8Array>;
  drain(): Promise<void>;
}

interface OpenLog {
  readonly origin: string;
  readonly vkey: string;
  readonly sequencer: Sequencer;
}

export interface LedgerConfig {
  /** Schema-less host and path prefix of log origins, such as `specimen.example/log`. */
  readonly originPrefix: string;
}

export function openLedger(store: Store, vault: Vault, clock: Clock, config: LedgerConfig): Ledger {
  const logs = new Map<string, Promise<OpenLog>>();
  const read = typed<LedgerTables>(store.read);

  const readTile = (authorityId: string) => async (level: number, index: number) =>
    (
      await read
        .selectFrom('log_tiles')
        .select('hashes')
        .where('authority_id', '=', authorityId)
        .where('level', '=', level)
        .where('tile_index', '=', index)
        .executeTakeFirst()
    )?.hashes;

  async function openLog(authorityId: string): Promise<OpenLog> {
    const origin = `${config.originPrefix}/${authorityId}`;
    const state = await createState(store, authorityId, origin);
    const secret = vault.keyring.secretFile(`log-${authorityId}.key`, () => generateKey(state.origin).skey);
    const signer = createSigner(secret);
    if (signer.key.name !== state.origin) {
      throw new PlatformError('fenced', `The log key file is for "${signer.key.name}", the log is "${state.origin}".`, {
        where: `log-${authorityId}.key`,
        mend: 'Restore the key file that belongs to this store.',
      });
    }
    const edge = await loadEdge(store, authorityId, state.size);
    if (Buffer.compare(edgeRoot(edge), state.root) !== 0) {
      throw new PlatformError('fenced', 'The stored tiles do not give the root that was signed last.', {
        where: authorityId,
        mend: 'Do not write to this store. Restore a backup, or recover the log from its published tiles.',
      });
    }
    const appender = new Appender(authorityId, signer, clock, edge, state.root);
    return {
      origin: state.origin,
      vkey: signer.vkey,
      sequencer: new Sequencer(store, appender, () => vault.flush()),
    };
  }

  const log = (authorityId: string): Promise<OpenLog> => {
    let opened = logs.get(authorityId);
    if (opened === undefined) {
      opened = openLog(authorityId);
      logs.set(authorityId, opened);
      opened.catch(() => logs.delete(authorityId));
    }
    return opened;
  };

  return {
    seal: async (authorityId, unit) => (await log(authorityId)).sequencer.seal(unit),
    open: async (authorityId) => void (await log(authorityId)),
    vkey: async (authorityId) => (await log(authorityId)).vkey,
    origin: async (authorityId) => (await log(authorityId)).origin,
    async checkpoint(authorityId) {
      const row = await read
        .selectFrom('log_checkpoints')
        .select('note')
        .where('authority_id', '=', authorityId)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.note;
    },
    async proof(authorityId, index) {
      const row = await read
        .selectFrom('log_checkpoints')
        .select(['size', 'note'])
        .where('authority_id', '=', authorityId)
        .where('size', '>', index)
        .orderBy('size')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) throw new PlatformError('not-found', `The log has no entry ${index}.`);
      const hashes = await proveInclusion(index, Number(row.size), readTile(authorityId), nodeSha256);
      return formatProof({ index, hashes, checkpoint: row.note });
    },
    async entry(authorityId, index) {
      const row = await read
        .selectFrom('log_entries')
        .select('entry')
        .where('authority_id', '=', authorityId)
        .where('log_index', '=', index)
        .executeTakeFirst();
      if (row === undefined) throw new PlatformError('not-found', `The log has no entry ${index}.`);
      return row.entry;
    },
    async drain() {
      for (const opened of logs.values()) await (await opened).sequencer.drain();
    },
  };
}

async function createState(store: Store, authorityId: string, origin: string) {
  const select = () =>
    typed<LedgerTables>(store.read)
      .selectFrom('log_state')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .executeTakeFirst();
  const existing = await select();
  if (existing !== undefined) return { ...existing, size: Number(existing.size) };
  const root = edgeRoot(EMPTY_EDGE);
  await store.transact(async (tx) => tx.append('log_state', { authority_id: authorityId, origin, size: 0, root }));
  return { origin, size: 0, root };
}

async function loadEdge(store: Store, authorityId: string, size: number): Promise<TreeEdge> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_tiles')
    .select(({ fn }) => ['level', fn.max('tile_index').as('last')])
    .where('authority_id', '=', authorityId)
    .groupBy('level')
    .execute();
  const tiles = new Map<string, Uint8Array>();
  for (const { level, last } of rows) {
    const tile = await typed<LedgerTables>(store.read)
      .selectFrom('log_tiles')
      .select('hashes')
      .where('authority_id', '=', authorityId)
      .where('level', '=', level)
      .where('tile_index', '=', last)
      .executeTakeFirstOrThrow();
    tiles.set(`${level}/${last}`, tile.hashes);
  }
  return restoreEdge(size, ({ level, index }) => tiles.get(`${level}/${index}`));
}

/** Holds the edge of one log in memory and moves it only after the commit. */
class Appender {
  readonly #authorityId: string;
  readonly #signer: Signer;
  readonly #clock: Clock;
  #edge: TreeEdge;
  #root: Uint8Array;
  #fenced: PlatformError | undefined;

  constructor(authorityId: string, signer: Signer, clock: Clock, edge: TreeEdge, root: Uint8Array) {
    this.#authorityId = authorityId;
    this.#signer = signer;
    this.#clock = clock;
    this.#edge = edge;
    this.#root = root;
  }

  get size(): number {
    return this.#edge.size;
  }

  async append(tx: Transaction, entries: readonly Uint8Array[]): Promise<{ settle(): void }> {
    if (this.#fenced !== undefined) throw this.#fenced;
    const before = this.#edge;
    const appended = appendLeaves(before, entries.map(leafHash));
    await this.#swapState(tx, appended);
    for (const [i, entry] of entries.entries()) {
      tx.append('log_entries', { authority_id: this.#authorityId, log_index: before.size + i, entry });
    }
    await this.#writeTiles(tx, appended);
    tx.append('log_checkpoints', {
      authority_id: this.#authorityId,
      size: appended.newSize,
      at: stamp(this.#clock.now()),
      note: signCheckpoint({ origin: this.#signer.key.name, size: appended.newSize, root: appended.root }, [
        this.#signer,
      ]),
    });
    return {
      settle: () => {
        this.#edge = appended.edge;
        this.#root = appended.root;
      },
    };
  }

  async #swapState(tx: Transaction, appended: Appended): Promise<void> {
    const swapped = await typed<LedgerTables>(tx.db)
      .updateTable('log_state')
      .set({ size: appended.newSize, root: appended.root })
      .where('authority_id', '=', this.#authorityId)
      .where('size', '=', this.#edge.size)
      .where('root', '=', this.#root)
      .executeTakeFirst();
    if (swapped.numUpdatedRows !== 1n) {
      this.#fenced = new PlatformError('fenced', 'The log moved under this writer: it signs nothing more.', {
        where: this.#authorityId,
        mend: 'Stop this process. Find the other writer, or the restore that went back in time, before starting one.',
      });
      throw this.#fenced;
    }
  }

  async #writeTiles(tx: Transaction, appended: Appended): Promise<void> {
    for (const { level, index, width, hashes } of appended.tiles) {
      await typed<LedgerTables>(tx.db)
        .insertInto('log_tiles')
        .values({ authority_id: this.#authorityId, level, tile_index: index, width, hashes })
        .onConflict((c) => c.columns(['authority_id', 'level', 'tile_index']).doUpdateSet({ width, hashes }))
        .execute();
    }
  }
}

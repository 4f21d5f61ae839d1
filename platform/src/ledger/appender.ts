import {
  type Appended,
  appendLeaves,
  leafHash,
  type Signer,
  signCheckpoint,
  type TreeEdge,
} from '@taalil/transparency-log/writer';
import { type Clock, stamp } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import type { Fence } from './fence.ts';
import type { LogPlace } from './log-id.ts';
import { LONGEST_INTERVAL_SECONDS } from './publication.ts';
import type { LogAppender, SealUnit } from './sequencer.ts';
import type { LedgerTables } from './tables.ts';

export interface AppenderParts {
  readonly place: LogPlace;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly fence: Fence;
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  /** `publish_from` of the last checkpoint; empty for none. */
  readonly publishFrom: string;
  /** Time of the last checkpoint; empty for none. */
  readonly at: string;
  /** Seconds after which a system's entries are shown, by system. */
  readonly intervals: ReadonlyMap<string, number>;
  mac: Vault['keyring']['mac'];
  /** Why this process may seal nothing more, once it has ceased to be the writer. */
  ended(): PlatformError | undefined;
}

/** MAC of a checkpoint's row: whoever writes to the store alone cannot make one. */
export function checkpointMac(
  mac: Vault['keyring']['mac'],
  logId: string,
  row: { readonly size: number; readonly prior: number; readonly note: string },
): Uint8Array {
  return mac('log-checkpoint', logId, String(row.size), String(row.prior), row.note);
}

interface Unheard extends Appended {
  readonly publishFrom: string;
}

/** Holds the edge of one log in memory and moves it only after the commit. */
export class Appender implements LogAppender {
  readonly #parts: AppenderParts;
  #edge: TreeEdge;
  #root: Uint8Array;
  #publishFrom: string;
  #intervals: ReadonlyMap<string, number>;
  #stopped: PlatformError | undefined;
  /** Of the last checkpoint: the clock may have been set back since. */
  #at: string;
  /** The append whose commit has not been heard of. */
  #unheard: Unheard | undefined;

  constructor(parts: AppenderParts) {
    this.#parts = parts;
    this.#edge = parts.edge;
    this.#root = parts.root;
    this.#publishFrom = parts.publishFrom;
    this.#at = parts.at;
    this.#intervals = parts.intervals;
  }

  get next(): { readonly index: number; readonly size: number } {
    return { index: this.#parts.place.base + this.#edge.size, size: this.#edge.size };
  }

  /** Signs nothing more, for good. */
  stop(why: PlatformError): void {
    this.#stopped ??= why;
  }

  get stopped(): PlatformError | undefined {
    return this.#stopped ?? this.#parts.ended();
  }

  useIntervals(intervals: ReadonlyMap<string, number>): void {
    this.#intervals = intervals;
  }

  async append(tx: Transaction, units: readonly SealUnit[]): Promise<{ settle(): void }> {
    if (this.stopped !== undefined) throw this.stopped;
    const { place, fence } = this.#parts;
    const before = this.#edge;
    const appended = appendLeaves(
      before,
      units.map(({ entry }) => leafHash(entry)),
    );
    const { newSize: size, root } = appended;
    await this.#assertUnmoved(tx);
    this.#swapState(tx, appended);
    reach('state-swapped');
    const intended = fence.intend({ size: before.size, root: this.#root }, { size, root });
    // Rows are written while the fence reaches the disk; the commit waits for it.
    intended.catch(() => undefined);
    const publishFrom = this.#appendCheckpoint(tx, appended, units);
    reach('checkpoint-signed');
    for (const [i, { entry }] of units.entries()) {
      tx.append('log_entries', { authority_id: place.logId, log_index: before.size + i, entry });
    }
    reach('entries-written');
    this.#writeTiles(tx, appended);
    reach('tiles-written');
    await intended;
    reach('fence-intended');
    this.#unheard = { ...appended, publishFrom };
    return { settle: () => this.#settle() };
  }

  async resume(tx: Transaction): Promise<boolean> {
    tx.expect('log_state', { authority_id: this.#parts.place.logId });
    if (this.#unheard === undefined) return false;
    const state = await tx.lookup('log_state', { authority_id: this.#parts.place.logId });
    const { newSize, root } = this.#unheard;
    const happened = Number(state?.size) === newSize && Buffer.compare(state?.root as Uint8Array, root) === 0;
    if (happened) this.#settle();
    this.#unheard = undefined;
    return happened;
  }

  #settle(): void {
    const { edge, root, publishFrom } = this.#unheard as Unheard;
    this.#unheard = undefined;
    this.#edge = edge;
    this.#root = root;
    this.#publishFrom = publishFrom;
    // Whoever is the writer now writes to the fence.
    if (this.#parts.ended() === undefined) this.#parts.fence.settle();
  }

  /** Before anything is signed, or noted in the fence: the log stands where this writer left it. */
  async #assertUnmoved(tx: Transaction): Promise<void> {
    const state = await tx.lookup('log_state', { authority_id: this.#parts.place.logId });
    const { size, root, closed_at: closedAt } = (state ?? {}) as Partial<LedgerTables['log_state']>;
    const unmoved =
      Number(size) === this.#edge.size &&
      Buffer.compare(root as Uint8Array, this.#root) === 0 &&
      closedAt === null;
    if (!unmoved) throw this.#moved();
  }

  #swapState(tx: Transaction, appended: Appended): void {
    tx.write(
      typed<LedgerTables>(tx.db)
        .updateTable('log_state')
        .set({ size: appended.newSize, root: appended.root })
        .where('authority_id', '=', this.#parts.place.logId)
        .where('size', '=', this.#edge.size)
        .where('root', '=', this.#root)
        .where('closed_at', 'is', null),
      () => this.#moved(),
    );
  }

  #moved(): PlatformError {
    this.stop(
      new PlatformError('fenced', 'The log moved under this writer: it signs nothing more.', {
        where: this.#parts.place.logId,
        mend: 'Stop this process. Find the other writer, or the restore that went back in time, before starting one.',
      }),
    );
    return this.#stopped as PlatformError;
  }

  #appendCheckpoint(tx: Transaction, appended: Appended, units: readonly SealUnit[]): string {
    const { place, signer, clock, mac } = this.#parts;
    const now = clock.now();
    if (stamp(now) > this.#at) this.#at = stamp(now);
    const size = appended.newSize;
    const note = signCheckpoint({ origin: signer.key.name, size, root: appended.root }, [signer]);
    const publishFrom = this.#shownFrom(now, units);
    const prior = this.#edge.size;
    tx.append('log_checkpoints', {
      authority_id: place.logId,
      size,
      at: this.#at,
      note,
      publish_from: publishFrom,
      prior,
      mac: checkpointMac(mac, place.logId, { size, prior, note }),
    });
    return publishFrom;
  }

  /**
   * When this commit may be shown: at the end of the longest interval among its systems, and never before an earlier
   * commit. A clock that had run ahead holds nothing back for longer than the longest interval.
   */
  #shownFrom(now: Temporal.Instant, units: readonly SealUnit[]): string {
    let shown = now.epochMilliseconds;
    if (this.#intervals.size > 0) {
      for (const { systemId } of units) {
        const interval = 1_000 * (this.#intervals.get(systemId ?? '') ?? 0);
        if (interval > 0)
          shown = Math.max(shown, (Math.floor(now.epochMilliseconds / interval) + 1) * interval);
      }
    }
    const own = stamp(Temporal.Instant.fromEpochMilliseconds(shown));
    const latest = stamp(now.add({ seconds: LONGEST_INTERVAL_SECONDS }));
    const wanted = own > this.#publishFrom ? own : this.#publishFrom;
    return wanted < latest ? wanted : latest;
  }

  #writeTiles(tx: Transaction, { tiles }: Appended): void {
    const rows = tiles.map(({ level, index, width, hashes }) => ({
      authority_id: this.#parts.place.logId,
      level,
      tile_index: index,
      width,
      hashes,
    }));
    tx.write(
      typed<LedgerTables>(tx.db)
        .insertInto('log_tiles')
        .values(rows)
        .onConflict((c) =>
          c.columns(['authority_id', 'level', 'tile_index']).doUpdateSet(({ ref }) => ({
            width: ref('excluded.width'),
            hashes: ref('excluded.hashes'),
          })),
        ),
    );
  }
}

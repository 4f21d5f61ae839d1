import { formatProof, proveInclusion } from '@taalil/transparency-log';
import { nodeSha256 } from '@taalil/transparency-log/writer';
import type { Clock } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { type Store, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import type { Appender } from './appender.ts';
import type { Fence } from './fence.ts';
import { identify, vkeyOf } from './identity.ts';
import { authorityOf, type LogPlace, lineage, placeOf } from './log-id.ts';
import { type LogParts, openWriter, readIntervals } from './open-log.ts';
import { Publication, type PublishedHead } from './publication.ts';
import { tileReader } from './read-log.ts';
import { type Sealed, type SealUnit, Sequencer } from './sequencer.ts';
import type { LedgerTables } from './tables.ts';
import type { WitnessSetup } from './witnessing/setup.ts';
import {
  firstCovering,
  type WitnessProfile,
  type WitnessStanding,
  witnessProfiles,
  wordsUnder,
} from './witnessing/witnessed.ts';
import { type GatherOptions, gatherAll, type RunningGathering } from './witnessing/witnessing.ts';

/**
 * The transparency log of each authority.
 *
 * Durability: `seal` resolves after the entry, its rows and the signed checkpoint that covers it are committed
 * together (I1). When it rejects, none of them exists.
 *
 * Fence: nothing is signed unless the store stands where this machine signed last, and the state row is swapped only
 * from there. A store changed by another writer, or restored from a backup, makes `seal` reject with `fenced`.
 *
 * Indexes count all entries of the authority; where a log had to be closed, its successor goes on counting.
 */
export interface Ledger {
  seal(authorityId: string, unit: SealUnit): Promise<Sealed>;
  /** Makes the log of a new authority: origin and key. Opening an existing one changes nothing. */
  open(authorityId: string): Promise<void>;
  /** The present log's C2SP verifier key. */
  vkey(authorityId: string): Promise<string>;
  /** Verifier keys of the present log and of those before it: a receipt is under one of them. */
  vkeys(authorityId: string): Promise<string[]>;
  origin(authorityId: string): Promise<string>;
  /** The latest signed checkpoint, or undefined for an empty log. The public sees `published`. */
  checkpoint(authorityId: string): Promise<string | undefined>;
  /** What the public sees of a log, moved on about once a second; undefined where there is nothing to see. */
  published(logId: string): Promise<PublishedHead | undefined>;
  /**
   * C2SP tlog-proof of an entry: under the first checkpoint that the quorum of witnesses cosigned with it, until there is
   * one under the checkpoint of its own commit.
   */
  proof(authorityId: string, index: number): Promise<string>;
  entry(authorityId: string, index: number): Promise<Uint8Array>;
  /** How an entry stands with the witnesses: which, by whom, since when. */
  witnessed(authorityId: string, index: number): Promise<WitnessStanding>;
  /** The witnesses of the policy, each with its latest word for the authority's present log; undefined without a policy. */
  witnesses(authorityId: string): Promise<WitnessOverview | undefined>;
  /** Begins to gather cosignatures for all logs; undefined where there are no witnesses. */
  gather(options?: GatherOptions): RunningGathering | undefined;
  /** Reads the publication intervals again, after one was changed. */
  intervalsChanged(authorityId: string): Promise<void>;
  /** Seals nothing more from this very moment: the writer's place is lost. What waits is rejected with this. */
  end(why: PlatformError): void;
  /** Signs nothing more in this process. */
  stop(authorityId: string, why: PlatformError): Promise<void>;
  /** Waits for what is being sealed. */
  drain(): Promise<void>;
  /** Drains, then lets the fence files go. */
  close(): Promise<void>;
}

export interface WitnessOverview {
  readonly setup: WitnessSetup;
  readonly profiles: readonly WitnessProfile[];
}

export interface LedgerConfig
  extends Pick<LogParts, 'originPrefix' | 'fenceFolder' | 'witnesses' | 'recovering'> {
  /** How old the published head may be, in milliseconds. */
  readonly publishEveryMs?: number | undefined;
}

interface OpenLog {
  readonly appender: Appender;
  readonly fence: Fence;
  readonly sequencer: Sequencer;
}

export function openLedger(store: Store, vault: Vault, clock: Clock, config: LedgerConfig): Ledger {
  let ended: PlatformError | undefined;
  const parts: LogParts = { store, vault, clock, ...config, ended: () => ended };
  const publication = new Publication(store, clock, config.publishEveryMs);
  const read = typed<LedgerTables>(store.read);
  const identity = kept((authorityId) => identify(parts, authorityId));
  const log = kept((authorityId) => openLog(authorityId));
  const known = new Set<string>();

  async function openLog(authorityId: string): Promise<OpenLog> {
    const who = await identity.get(authorityId);
    const { appender, fence } = await openWriter(parts, who, async () => {
      throw new PlatformError('fenced', 'The fence file is missing: it is not known what was signed last.', {
        where: who.place.logId,
        mend: 'Run: taalil log recover. It asks the witnesses and makes the file anew.',
      });
    });
    return { appender, fence, sequencer: new Sequencer(store, appender, () => vault.flush()) };
  }

  async function nameOf(logId: string) {
    const row = await store.lookup('log_state', { authority_id: logId });
    return { logId, origin: String(row?.origin), vkey: vkeyOf(vault.keyring, logId) };
  }

  async function placed(authorityId: string, index: number): Promise<LogPlace & { readonly at: number }> {
    const place = placeOf(await lineage(store.read, authorityId), index);
    return { ...place, at: index - place.base };
  }

  return {
    seal: async (authorityId, unit) => (await log.get(authorityId)).sequencer.seal(unit),
    open: async (authorityId) => void (await log.get(authorityId)),
    vkey: async (authorityId) => (await identity.get(authorityId)).signer.vkey,
    async vkeys(authorityId) {
      const rest = (await lineage(store.read, authorityId)).slice(0, -1);
      return [
        (await identity.get(authorityId)).signer.vkey,
        ...rest.map(({ logId }) => vkeyOf(vault.keyring, logId)),
      ];
    },
    origin: async (authorityId) => (await identity.get(authorityId)).origin,
    async checkpoint(authorityId) {
      const { logId } = (await lineage(store.read, authorityId)).at(-1) as LogPlace;
      const row = await read
        .selectFrom('log_checkpoints')
        .select('note')
        .where('authority_id', '=', logId)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.note;
    },
    async published(logId) {
      if (!known.has(logId)) {
        if ((await store.lookup('log_state', { authority_id: logId })) === undefined) return undefined;
        known.add(logId);
      }
      return publication.head(logId);
    },
    async proof(authorityId, index) {
      const { logId, at } = await placed(authorityId, index);
      const row =
        (await firstCovering(store, logId, at)) ??
        (await read
          .selectFrom('log_checkpoints')
          .select(['size', 'note'])
          .where('authority_id', '=', logId)
          .where('size', '>', at)
          .orderBy('size')
          .limit(1)
          .executeTakeFirst());
      if (row === undefined) throw new PlatformError('not-found', `The log has no entry ${index}.`);
      const hashes = await proveInclusion(at, Number(row.size), tileReader(store, logId), nodeSha256);
      return formatProof({ index: at, hashes, checkpoint: row.note });
    },
    async entry(authorityId, index) {
      const { logId, at } = await placed(authorityId, index);
      const row = await store.lookup('log_entries', { authority_id: logId, log_index: at });
      if (row === undefined) throw new PlatformError('not-found', `The log has no entry ${index}.`);
      return row.entry as Uint8Array;
    },
    async witnessed(authorityId, index) {
      const witnesses = config.witnesses?.();
      const { logId, at } = await placed(authorityId, index);
      const row = await firstCovering(store, logId, at);
      if (witnesses === undefined) return { state: 'none' };
      const by = row === undefined ? [] : wordsUnder(row.note, await nameOf(logId), witnesses);
      return row === undefined || by.length === 0
        ? { state: 'pending' }
        : { state: 'witnessed', size: row.size, by };
    },
    async witnesses(authorityId) {
      const setup = config.witnesses?.();
      if (setup === undefined) return undefined;
      const { place } = await identity.get(authorityId);
      return { setup, profiles: await witnessProfiles(store, await nameOf(place.logId), setup) };
    },
    gather(options) {
      const setup = config.witnesses?.();
      if (setup === undefined) return undefined;
      const stop = async (logId: string, why: PlatformError) =>
        (await log.get(authorityOf(logId))).appender.stop(why);
      const published = (logId: string) => publication.head(logId);
      return gatherAll({ store, clock, setup, published, nameOf, stop }, options);
    },
    async intervalsChanged(authorityId) {
      const { appender } = await log.get(authorityId);
      appender.useIntervals(await readIntervals(store, authorityId));
    },
    end(why) {
      ended ??= why;
    },
    stop: async (authorityId, why) => (await log.get(authorityId)).appender.stop(why),
    async drain() {
      for (const opened of await log.opened()) await opened.sequencer.drain();
    },
    async close() {
      for (const { sequencer, fence } of await log.opened()) {
        await sequencer.drain();
        await fence.close();
      }
    },
  };
}

/** One promise for each authority; a failed one is forgotten, so that the next call tries again. */
function kept<T>(make: (authorityId: string) => Promise<T>) {
  const made = new Map<string, Promise<T>>();
  return {
    get(authorityId: string): Promise<T> {
      let one = made.get(authorityId);
      if (one === undefined) {
        one = make(authorityId);
        made.set(authorityId, one);
        one.catch(() => made.delete(authorityId));
      }
      return one;
    },
    async opened(): Promise<T[]> {
      const all = await Promise.allSettled(made.values());
      return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    },
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogError, verifyCheckpoint } from '@taalil/transparency-log';
import { nodeRuntime, verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { PlatformError } from '../../errors.ts';
import { type Store, typed } from '../../store/index.ts';
import { type FenceRecord, type Head, readRecord, standOf } from '../fence.ts';
import type { LogSource } from '../log-source.ts';
import type { LedgerTables } from '../tables.ts';
import { askWitnesses, type LogName } from '../witnessing/against-witnesses.ts';
import { askedWitnesses } from '../witnessing/ask.ts';
import type { WitnessSetup } from '../witnessing/setup.ts';

/** A head that was signed, or may have been: a recovered log must contain it. */
export interface SignedHead extends Head {
  readonly source: string;
  /** The signed checkpoint, where it is at hand. */
  readonly note?: string;
}

/** A mirror whose checkpoint the log's own key signed. */
export interface Mirror {
  readonly source: LogSource;
  readonly head: SignedHead;
}

export interface Known {
  /** Everything that the log must contain. */
  readonly heads: readonly SignedHead[];
  /** The largest of them: what was signed last, as far as anybody knows. Undefined for an empty log. */
  readonly last: SignedHead | undefined;
  /** Largest first. */
  readonly mirrors: readonly Mirror[];
  readonly fence: FenceRecord | 'damaged' | 'missing';
  /** Witnesses and mirrors that could not be read, with the reason. */
  readonly silent: readonly string[];
}

export interface Sources {
  readonly store: Store;
  readonly fenceFolder: string;
  readonly witnesses?: WitnessSetup | undefined;
  readonly mirrors: readonly LogSource[];
}

const TIMEOUT_MS = 10_000;

/** Asks all who may know what a log signed last: the store, the fence, the witnesses, the mirrors. */
export async function knownHeads(sources: Sources, log: LogName, state: Head): Promise<Known> {
  const heads = await storedHeads(sources.store, log);
  const silent: string[] = [];
  const fence = readFence(sources.fenceFolder, log.logId);
  if (typeof fence === 'object') heads.push(...fencedHeads(fence, state));
  if (sources.witnesses !== undefined) {
    const asked = await askWitnesses(askedWitnesses(sources.witnesses), log, TIMEOUT_MS);
    heads.push(...asked.heads.map((head) => ({ ...head, source: `the witness ${head.source}` })));
    silent.push(...asked.silent.map((name) => `the witness ${name}`));
  }
  const mirrors: Mirror[] = [];
  for (const source of sources.mirrors) {
    try {
      const note = await source.checkpoint();
      const { size, root } = await verifyCheckpoint(
        note,
        { vkey: log.vkey, origin: log.origin },
        nodeRuntime,
      );
      const head = { size, root, source: source.location, note: Buffer.from(note).toString('utf8') };
      mirrors.push({ source, head });
      heads.push(head);
    } catch (error) {
      if (!(error instanceof LogError || error instanceof PlatformError)) throw error;
      silent.push(`${source.location}: ${error.message}`);
    }
  }
  const signed = heads.filter(({ size }) => size > 0);
  return {
    heads: signed,
    last: signed.toSorted(
      (a, b) => b.size - a.size || Number(b.note !== undefined) - Number(a.note !== undefined),
    )[0],
    mirrors: mirrors.toSorted((a, b) => b.head.size - a.head.size),
    fence,
    silent,
  };
}

/** Two heads of one size with different roots: the log has forked already, and no recovery can mend that. */
export function forkAmong(heads: readonly SignedHead[]): readonly [SignedHead, SignedHead] | undefined {
  for (const a of heads) {
    const b = heads.find((other) => other.size === a.size && Buffer.compare(other.root, a.root) !== 0);
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

async function storedHeads(store: Store, log: LogName): Promise<SignedHead[]> {
  const heads: SignedHead[] = [];
  for (const table of ['log_checkpoints', 'log_witnessed'] as const) {
    const row = await typed<LedgerTables>(store.read)
      .selectFrom(table)
      .select('note')
      .where('authority_id', '=', log.logId)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) continue;
    try {
      const { size, root } = verifyCheckpointSync(row.note, { vkey: log.vkey, origin: log.origin });
      heads.push({ size, root, source: `the store (${table})`, note: row.note });
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
    }
  }
  return heads;
}

function readFence(folder: string, logId: string): Known['fence'] {
  const file = join(folder, `${logId}.fence`);
  return existsSync(file) ? (readRecord(file) ?? 'damaged') : 'missing';
}

/**
 * What a fence vouches for. An intent whose commit is not known counts too, as it may have been acknowledged, unless the
 * store stands right before it, as after a crash.
 */
function fencedHeads(record: FenceRecord, state: Head): SignedHead[] {
  const heads = [{ ...record.before, source: 'the fence' }];
  if (record.settled || standOf(record, state) !== 'before') {
    heads.push({ ...record.after, source: record.settled ? 'the fence' : 'the fence (about to be signed)' });
  }
  return heads;
}

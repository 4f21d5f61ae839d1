import { LogError, rootOf } from '@taalil/transparency-log';
import { edgeRoot, nodeSha256, restoreEdge, type TreeEdge } from '@taalil/transparency-log/writer';
import type { Clock } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { type Store, typed } from '../store/index.ts';
import { Appender } from './appender.ts';
import { Fence, type Head, standOf } from './fence.ts';
import { type Identity, type IdentityParts, readState } from './identity.ts';
import { tileReader } from './read-log.ts';
import type { LedgerTables } from './tables.ts';
import type { WitnessSetup } from './witnessing/setup.ts';
import { askBeforeSigning } from './witnessing/witnessing.ts';

export interface LogParts extends IdentityParts {
  readonly clock: Clock;
  /** Folder of the fence files: on this machine, never part of a backup of the store. */
  readonly fenceFolder: string;
  /** Who cosigns, if anybody; asked before a log is opened for signing. */
  readonly witnesses?: (() => WitnessSetup | undefined) | undefined;
  /** The recovery is at work: it alone may seal the first entry of a log that follows a closed one. */
  readonly recovering?: boolean | undefined;
  /** Why this process may seal nothing more, once it has ceased to be the writer. */
  ended(): PlatformError | undefined;
}

/**
 * Opens a log for signing. Before anything is signed, the stored tiles must give the root that was signed last, and the
 * store must stand where the fence says that this machine stands. Throws `fenced`; then nothing may be signed.
 */
export async function openWriter(
  parts: LogParts,
  { place, origin, signer }: Identity,
  mayMakeFence: () => Promise<void>,
): Promise<{ readonly appender: Appender; readonly fence: Fence }> {
  const { store, vault, clock, fenceFolder } = parts;
  const state = await readState(store, place.logId);
  if (state === undefined) throw new PlatformError('not-found', `There is no log ${place.logId}.`);
  if (state.closed_at !== null) throw new PlatformError('fenced', `The log ${place.logId} is closed.`);
  if (place.generation > 1 && state.size === 0 && parts.recovering !== true) {
    throw new PlatformError(
      'fenced',
      'The log before this one was closed, and its successor has no entry yet.',
      {
        where: place.logId,
        mend: 'Run once more: taalil log recover --close. It seals the entry that names the last checkpoint.',
      },
    );
  }
  const edge = await loadEdge(store, place.logId, state.size);
  if (Buffer.compare(edgeRoot(edge), state.root) !== 0) {
    throw new PlatformError('fenced', 'The stored tiles do not give the root that was signed last.', {
      where: place.logId,
      mend: 'Do not write to this store. Run: taalil log recover.',
    });
  }
  const head = { size: state.size, root: state.root };
  const name = { logId: place.logId, origin, vkey: signer.vkey };
  if (state.size > 0 || state.fenced === 1) await askBeforeSigning(store, parts.witnesses?.(), name, head);
  const fence = Fence.open(fenceFolder, place.logId);
  if (fence === undefined && state.fenced === 1) await mayMakeFence();
  const kept = fence ?? Fence.create(fenceFolder, place.logId, head);
  try {
    await assertStands(store, place.logId, kept, head);
    if (state.fenced !== 1) await markFenced(store, place.logId);
    const parted = {
      place,
      signer,
      clock,
      fence: kept,
      edge,
      root: state.root,
      ...(await lastTimes(store, place.logId)),
      intervals: await readIntervals(store, place.logId),
      mac: vault.keyring.mac,
      ended: parts.ended,
    };
    return { appender: new Appender(parted), fence: kept };
  } catch (error) {
    await kept.close();
    throw error;
  }
}

async function assertStands(store: Store, logId: string, fence: Fence, head: Head): Promise<void> {
  const { record } = fence;
  const stand = record.closed ? 'behind' : standOf(record, head);
  if (stand === 'same') return;
  const holds = stand === 'before' || (stand === 'ahead' && (await contains(store, logId, record.after)));
  if (holds) return fence.reset(head);
  throw new PlatformError(
    'fenced',
    `This store stands at ${head.size} entries; this machine has signed a log of ${record.after.size} that it does not hold.`,
    {
      where: fence.file,
      mend: 'It was restored from an older backup, or is another store. Run: taalil log recover.',
    },
  );
}

async function contains(store: Store, logId: string, { size, root }: Head): Promise<boolean> {
  try {
    return Buffer.compare(await rootOf(size, tileReader(store, logId), nodeSha256), root) === 0;
  } catch (error) {
    if (error instanceof LogError) return false;
    throw error;
  }
}

async function markFenced(store: Store, logId: string): Promise<void> {
  await store.transact(async (tx) => {
    await typed<LedgerTables>(tx.db)
      .updateTable('log_state')
      .set({ fenced: 1 })
      .where('authority_id', '=', logId)
      .execute();
  });
}

async function lastTimes(store: Store, logId: string): Promise<{ publishFrom: string; at: string }> {
  const row = await typed<LedgerTables>(store.read)
    .selectFrom('log_checkpoints')
    .select(['publish_from', 'at'])
    .where('authority_id', '=', logId)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { publishFrom: row?.publish_from ?? '', at: row?.at ?? '' };
}

/** Publication intervals of an authority's systems, in seconds. */
export async function readIntervals(store: Pick<Store, 'read'>, logId: string): Promise<Map<string, number>> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_publication')
    .select(['system_id', 'interval_seconds'])
    .where('authority_id', '=', logId.split('~', 1)[0] as string)
    .execute();
  return new Map(rows.map((row) => [row.system_id, Number(row.interval_seconds)]));
}

async function loadEdge(store: Store, logId: string, size: number): Promise<TreeEdge> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_tiles')
    .select(({ fn }) => ['level', fn.max('tile_index').as('last')])
    .where('authority_id', '=', logId)
    .groupBy('level')
    .execute();
  const tiles = new Map<string, Uint8Array>();
  for (const { level, last } of rows) {
    const tile = await typed<LedgerTables>(store.read)
      .selectFrom('log_tiles')
      .select('hashes')
      .where('authority_id', '=', logId)
      .where('level', '=', level)
      .where('tile_index', '=', last)
      .executeTakeFirstOrThrow();
    tiles.set(`${level}/${last}`, tile.hashes);
  }
  try {
    return restoreEdge(size, ({ level, index }) => tiles.get(`${level}/${index}`));
  } catch (cause) {
    throw new PlatformError('fenced', 'The stored tiles of the log are damaged.', {
      where: logId,
      mend: 'Do not write to this store. Run: taalil log recover.',
      cause,
    });
  }
}

import { emptyRoot, type JsonValue, parseCheckpoint, parseNote, toBase64 } from '@taalil/transparency-log';
import { nodeSha256 } from '@taalil/transparency-log/writer';
import { stamp } from '../../clock.ts';
import { PlatformError } from '../../errors.ts';
import { typed } from '../../store/index.ts';
import { Fence } from '../fence.ts';
import { identify, keyFile, readState, vkeyFile, vkeyOf } from '../identity.ts';
import { type LogPlace, lineage, logIdOf } from '../log-id.ts';
import type { LedgerTables } from '../tables.ts';
import type { Known } from './known-heads.ts';
import { type LostPayloads, lostPayloads } from './lost.ts';
import { ownCheckpoint, type RecoverParts, setFence } from './recover.ts';

/** A closed log and the one that goes on counting after it; the successor's first entry is still to be sealed. */
export interface Succession {
  readonly closed: LogPlace & { readonly origin: string; readonly vkey: string; readonly checkpoint: string };
  readonly logId: string;
  readonly base: number;
  readonly lost: LostPayloads;
}

/** Name of the file that keeps the last checkpoint of a closed log, beside its verifier key. */
function checkpointFile(logId: string): string {
  return `log-${logId}.checkpoint`;
}

/**
 * Closes the present log of an authority for good and makes room for its successor, which counts on from the largest size
 * that was ever signed. The private key is destroyed: no restored store can sign under this origin again. Each step is
 * durable and may be repeated; {@link awaitingFirstEntry} tells whether a crash came between.
 */
export async function closeLog(parts: RecoverParts, authorityId: string, known: Known): Promise<Succession> {
  const { store, vault, clock, fenceFolder } = parts;
  const { place, signer } = await identify(parts, authorityId);
  const { logId, base, generation } = place;
  const state = await readState(store, logId);
  if (state === undefined || state.closed_at !== null) {
    throw new PlatformError('conflict', `The log ${logId} is not open.`, { where: logId });
  }
  const last = known.last ?? { size: 0, root: emptyRoot(nodeSha256) };
  vault.keyring.secretFile(checkpointFile(logId), () => ownCheckpoint(last, signer));
  vault.keyring.secretFile(vkeyFile(logId), () => signer.vkey);
  await store.transact(async (tx) => {
    const db = typed<LedgerTables>(tx.db);
    const at = stamp(clock.now());
    await db.updateTable('log_state').set({ closed_at: at }).where('authority_id', '=', logId).execute();
    tx.append('log_lineage', {
      authority_id: authorityId,
      generation: generation + 1,
      base: base + last.size,
      at,
    });
  });
  await setFence(fenceFolder, logId, known, last, true);
  return (await awaitingFirstEntry(parts, authorityId)) as Succession;
}

/** A succession whose first entry is not sealed yet; undefined where there is none. Ends what a crash cut off. */
export async function awaitingFirstEntry(
  { store, vault, fenceFolder }: Pick<RecoverParts, 'store' | 'vault' | 'fenceFolder'>,
  authorityId: string,
): Promise<Succession | undefined> {
  const logs = await lineage(store.read, authorityId);
  const present = logs.at(-1) as LogPlace;
  if (present.generation === 1) return undefined;
  if (((await readState(store, present.logId))?.size ?? 0) > 0) return undefined;
  const before = logs.at(-2) as LogPlace;
  const state = await readState(store, before.logId);
  const missing = () => {
    throw new PlatformError('store-unavailable', `The last checkpoint of ${before.logId} is missing.`, {
      where: checkpointFile(before.logId),
      mend: 'Restore it from the key backup.',
    });
  };
  const checkpoint = `${vault.keyring.secretFile(checkpointFile(before.logId), missing)}\n`;
  const vkey = vkeyOf(vault.keyring, before.logId);
  await closeFence(fenceFolder, before.logId);
  vault.keyring.destroyFile(keyFile(before.logId));
  return {
    closed: { ...before, origin: state?.origin as string, vkey, checkpoint },
    logId: logIdOf(authorityId, present.generation),
    base: present.base,
    lost: await lostPayloads(store, authorityId, logs, present.base),
  };
}

/** After a crash between the store's word that the log is closed and the fence's. */
async function closeFence(folder: string, logId: string): Promise<void> {
  const fence = Fence.open(folder, logId);
  if (fence === undefined) return;
  if (!fence.record.closed) await fence.reset(fence.record.after, true);
  await fence.close();
}

/** What the first entry of a successor says. */
export function successionFacts({ closed, lost }: Succession): Record<string, JsonValue> {
  const { size, root } = parseCheckpoint(parseNote(closed.checkpoint).text);
  return {
    closed_origin: closed.origin,
    closed_key: closed.vkey,
    closed_size: size,
    closed_root: toBase64(root),
    closed_checkpoint: closed.checkpoint,
    lost: lost.ranges.map(([from, to]) => [from, to]),
  };
}

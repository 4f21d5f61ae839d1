import { formatNote, parseNote, TILE_WIDTH } from '@taalil/transparency-log';
import { type Signer, signCheckpoint } from '@taalil/transparency-log/writer';
import { type Clock, stamp } from '../../clock.ts';
import { PlatformError } from '../../errors.ts';
import { type Store, type Transaction, typed } from '../../store/index.ts';
import type { Vault } from '../../vault/vault.ts';
import { checkpointMac } from '../appender.ts';
import { Fence, type Head } from '../fence.ts';
import { type Identity, identify, readState } from '../identity.ts';
import { type LogPlace, lineage } from '../log-id.ts';
import type { LogSource } from '../log-source.ts';
import type { LedgerTables } from '../tables.ts';
import type { WitnessSetup } from '../witnessing/setup.ts';
import { forkAmong, type Known, knownHeads, type SignedHead } from './known-heads.ts';
import { type LostPayloads, lostPayloads } from './lost.ts';
import { CannotRebuild, rebuild } from './rebuild.ts';

export interface RecoverParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly originPrefix: string;
  readonly fenceFolder: string;
  readonly witnesses?: WitnessSetup | undefined;
  readonly mirrors: readonly LogSource[];
  /** The operator's word that this store was never set back: then a lost fence is made anew from it. */
  readonly neverRestored?: boolean | undefined;
  readonly onEntries?: ((done: number, size: number) => void) | undefined;
}

/** What a recovery found and did. */
export type Recovery =
  | { readonly kind: 'sound'; readonly size: number; readonly known: Known }
  | {
      readonly kind: 'rebuilt';
      readonly size: number;
      readonly tiles: number;
      readonly entries: number;
      readonly lost: LostPayloads;
      readonly known: Known;
    }
  | {
      readonly kind: 'impossible';
      readonly why: string;
      readonly place: LogPlace;
      readonly known: Known;
      /** The log was closed already, after this store's time: it cannot be closed once more. */
      readonly closed?: true;
    };

/**
 * Brings the present log of an authority back to where it signed last, from the store's own entries and a mirror. Signs no
 * new tree. What must be contained is what store, fence, witnesses and mirrors know under the log's own key; where that
 * cannot be reached nothing is written, and the log must be closed (`succeed`). May be repeated after a crash.
 */
export async function recoverLog(parts: RecoverParts, authorityId: string): Promise<Recovery> {
  const { store, onEntries } = parts;
  const who = await identify(parts, authorityId);
  const { place, origin, signer } = who;
  const { logId } = place;
  const state = await readState(store, logId);
  if (state === undefined) throw new PlatformError('not-found', `There is no log ${logId}.`);
  const known = await knownHeads(parts, { logId, origin, vkey: signer.vkey }, state);
  const impossible = (why: string): Recovery => ({ kind: 'impossible', why, place, known });
  const fork = forkAmong(known.heads);
  if (fork !== undefined) {
    return impossible(
      `${fork[0].source} and ${fork[1].source} know different logs of ${fork[0].size} entries: it has forked`,
    );
  }
  if (typeof known.fence === 'object' && known.fence.closed) {
    const why = 'this log was closed for good after the time of this store: only a later backup goes on';
    return { ...impossible(why), closed: true } as Recovery;
  }
  if (typeof known.fence === 'string' && parts.neverRestored !== true) {
    return impossible(
      `the fence file is ${known.fence}: it is not known what was signed after the store's ${state.size} entries`,
    );
  }
  const { last } = known;
  if (last === undefined) return settle(parts, authorityId, who, known, state, { tiles: 0, entries: 0 });
  let why = '';
  for (const mirror of [...known.mirrors, undefined]) {
    const options = { store, logId, heads: known.heads, size: last.size, mirror, onEntries };
    try {
      await rebuild(options, false);
      const done = await rebuild(options, true);
      return await settle(parts, authorityId, who, known, last, done);
    } catch (error) {
      if (!(error instanceof CannotRebuild)) throw error;
      why = why === '' ? error.message : why;
    }
  }
  return impossible(why);
}

/** Once entries and tiles are there: the state row, its checkpoint, the fence; then what no row tells of. */
async function settle(
  parts: RecoverParts,
  authorityId: string,
  who: Identity,
  known: Known,
  head: Head & Partial<SignedHead>,
  done: { readonly tiles: number; readonly entries: number },
): Promise<Recovery> {
  const { store, fenceFolder } = parts;
  const { place } = who;
  const { size, root } = head;
  const state = await readState(store, place.logId);
  const stands = state?.size === size && Buffer.compare(state.root, root) === 0;
  if (!stands) await writeState(parts, who, head);
  await setFence(fenceFolder, place.logId, known, { size, root });
  const lost = await lostPayloads(
    store,
    authorityId,
    await lineage(store.read, authorityId),
    place.base + size,
  );
  if (stands && done.tiles === 0 && done.entries === 0 && lost.count === 0)
    return { kind: 'sound', size, known };
  return { kind: 'rebuilt', size, ...done, lost, known };
}

/** Lets the store stand at a head whose entries and tiles are there, with its checkpoint. */
export async function writeState(
  { store, clock, vault }: RecoverParts,
  { place: { logId }, signer }: Identity,
  head: Head & Partial<SignedHead>,
): Promise<void> {
  const { size, root } = head;
  const note = ownCheckpoint(head, signer);
  await store.transact(async (tx) => {
    const db = typed<LedgerTables>(tx.db);
    const before = await db
      .selectFrom('log_checkpoints')
      .select('size')
      .where('authority_id', '=', logId)
      .where('size', '<', size)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    const prior = Number(before?.size ?? 0);
    const at = stamp(clock.now());
    const mac = checkpointMac(vault.keyring.mac, logId, { size, prior, note });
    await db
      .insertInto('log_checkpoints')
      .values({ authority_id: logId, size, at, note, publish_from: at, prior, mac })
      .onConflict((c) => c.columns(['authority_id', 'size']).doNothing())
      .execute();
    await db.updateTable('log_state').set({ size, root }).where('authority_id', '=', logId).execute();
    await dropUnsigned(tx, logId, size);
  });
}

/** What stands in the tables of a log beyond what was ever signed, so that its places are free. */
async function dropUnsigned(tx: Transaction, logId: string, size: number): Promise<void> {
  const db = typed<LedgerTables>(tx.db);
  await db
    .deleteFrom('log_entries')
    .where('authority_id', '=', logId)
    .where('log_index', '>=', size)
    .execute();
  for (let level = 0; TILE_WIDTH ** level <= Number.MAX_SAFE_INTEGER; level++) {
    await db
      .deleteFrom('log_tiles')
      .where('authority_id', '=', logId)
      .where('level', '=', level)
      .where('tile_index', '>=', Math.ceil(size / TILE_WIDTH ** (level + 1)))
      .execute();
  }
}

/**
 * The checkpoint of a head by the log's own key alone. Where only the tree is known it is signed once more: the very tree
 * that was signed before is no fork.
 */
export function ownCheckpoint({ size, root, note }: Head & Partial<SignedHead>, signer: Signer): string {
  if (note === undefined) return signCheckpoint({ origin: signer.key.name, size, root }, [signer]);
  const { text, signatures } = parseNote(note);
  const own = signatures.filter(({ name, keyId }) => name === signer.key.name && keyId === signer.key.keyId);
  return formatNote({ text, signatures: own });
}

/** Sets the fence of a log, made anew where it is missing or damaged. */
export async function setFence(
  folder: string,
  logId: string,
  { fence }: Pick<Known, 'fence'>,
  head: Head,
  closed = false,
): Promise<void> {
  const opened = typeof fence === 'string' ? Fence.create(folder, logId, head) : Fence.open(folder, logId);
  try {
    await opened?.reset(head, closed);
  } finally {
    await opened?.close();
  }
}

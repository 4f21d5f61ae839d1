import type { Clock } from './clock.ts';
import { systemClock, VirtualClock } from './clock.ts';
import { resumeDemonstrationClock } from './demonstration/clock.ts';
import { sealErasuresAgain } from './erasure/index.ts';
import { recordInJournal } from './ledger/journal.ts';
import { authorityOf } from './ledger/log-id.ts';
import { openSource } from './ledger/log-source.ts';
import { bringBack } from './ledger/recovery/bring-back.ts';
import { type RecoverParts, type Recovery, recoverLog } from './ledger/recovery/recover.ts';
import { awaitingFirstEntry, closeLog, type Succession, successionFacts } from './ledger/recovery/succeed.ts';
import { readWitnessSetup } from './ledger/witnessing/setup.ts';
import { type OpenOptions, type OpenPlatform, openPlatform } from './open.ts';
import { openReader } from './open-reader.ts';
import { type StoreKind, typed } from './store/index.ts';

export interface RecoverOptions {
  readonly folder: string;
  readonly fence: string;
  readonly witnesses: string;
  readonly database?: string | undefined;
  readonly authorityId: string;
  /** Addresses or folders of mirrors and exports. */
  readonly from: readonly string[];
  /** Close the log and open a successor where it cannot be brought back. */
  readonly close?: boolean | undefined;
  /** Close the log though it is sound: its key may be known to somebody else. */
  readonly retire?: boolean | undefined;
  readonly neverRestored?: boolean | undefined;
  readonly onEntries?: ((done: number, size: number) => void) | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
}

export type Outcome =
  | Recovery
  | { readonly kind: 'succeeded'; readonly why: string | undefined; readonly by: Succession };

/**
 * Recovers the log of an authority after a refusal to sign. The platform must be stopped: it takes the writer's place
 * (`writer-held` otherwise). What was mended or lost is sealed as an entry of the log itself.
 */
export async function recover(options: RecoverOptions): Promise<Outcome> {
  const { kind, originPrefix } = await storeFacts(options);
  const clock =
    options.clock ?? (kind === 'production' ? systemClock : new VirtualClock(Temporal.Now.instant()));
  const { folder, fence, witnesses, database } = options;
  const opening: OpenOptions = {
    folder,
    fence,
    witnesses,
    database,
    clock,
    kind,
    originPrefix,
    recovering: true,
  };
  const platform = await openPlatform(opening);
  try {
    if (options.clock === undefined && kind === 'demonstration') {
      await resumeDemonstrationClock(platform.store, clock as VirtualClock);
    }
    return await recoverOpen(platform, originPrefix, options);
  } finally {
    await platform.close();
  }
}

async function recoverOpen(
  platform: OpenPlatform,
  originPrefix: string,
  options: RecoverOptions,
): Promise<Outcome> {
  const { authorityId, fence, from, neverRestored, onEntries } = options;
  const parts = {
    ...platform,
    originPrefix,
    fenceFolder: fence,
    witnesses: readWitnessSetup(options.witnesses),
    mirrors: from.map(openSource),
    neverRestored,
    onEntries,
  };
  const cutOff = await awaitingFirstEntry(parts, authorityId);
  const outcome =
    cutOff === undefined
      ? await recoverWhole(platform, parts, options)
      : await succeed(platform, authorityId, cutOff, undefined);
  if (outcome.kind !== 'impossible') await sealErasuresAgain(platform, authorityId);
  return outcome;
}

async function recoverWhole(
  platform: OpenPlatform,
  parts: RecoverParts,
  options: RecoverOptions,
): Promise<Outcome> {
  const { authorityId } = options;
  const found = await recoverLog(parts, authorityId);
  if (found.kind === 'rebuilt') {
    await recordInJournal(platform, {
      authorityId,
      kind: 'authority',
      type: 'log-recovered',
      facts: {
        size: found.size,
        entries_mended: found.entries,
        tiles_mended: found.tiles,
        lost: found.lost.ranges.map(([a, b]) => [a, b]),
      },
      write: () => {},
    });
  }
  if (found.kind === 'sound' && options.retire === true) {
    return succeed(platform, authorityId, await closeLog(parts, authorityId, found.known), undefined);
  }
  if (found.kind !== 'impossible' || options.close !== true || found.closed === true) return found;
  await bringBack(parts, authorityId, found.known);
  return succeed(platform, authorityId, await closeLog(parts, authorityId, found.known), found.why);
}

async function succeed(
  platform: OpenPlatform,
  authorityId: string,
  by: Succession,
  why: string | undefined,
): Promise<Outcome> {
  await recordInJournal(platform, {
    authorityId,
    kind: 'authority',
    type: 'log-succeeded',
    facts: successionFacts(by),
    write: () => {},
  });
  return { kind: 'succeeded', why, by };
}

/** What an existing store says of itself: its kind, and what the origins of its logs begin with. */
export async function storeFacts(
  options: Pick<RecoverOptions, 'folder' | 'database' | 'authorityId'>,
): Promise<{ kind: StoreKind; originPrefix: string }> {
  const reader = await openReader(options);
  try {
    const fact = await typed<{ store_facts: { name: string; value: string } }>(reader.read)
      .selectFrom('store_facts')
      .select('value')
      .where('name', '=', 'kind')
      .executeTakeFirst();
    const state = await reader.lookup('log_state', { authority_id: authorityOf(options.authorityId) });
    const origin = String(state?.origin ?? '');
    return {
      kind: fact?.value as StoreKind,
      originPrefix: origin.slice(0, -(options.authorityId.length + 1)),
    };
  } finally {
    await reader.close();
  }
}

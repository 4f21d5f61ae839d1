import { assertStillAllowed, logAccess } from '../access/index.ts';
import { dropFiles } from '../attachments/index.ts';
import { forgetSubject } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { forgetRequests } from '../decisions/admit.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Db, type Transaction, typed } from '../store/index.ts';
import { dropAttributes } from '../vault/forget.ts';
import { type ArchiveDecision, assertArchive, checkArchive } from './archive.ts';
import { clearRowsDigest } from './clear-rows.ts';
import { destroy } from './destroy.ts';
import { type Examined, examine, type Obstacle } from './obstacles.ts';
import { dayOf } from './schedule.ts';
import type { ErasureTables } from './tables.ts';

export type ErasureRow = ErasureTables['erasures'];

export interface ErasureRequest {
  readonly authorityId: string;
  readonly caseId: string;
  readonly archive: ArchiveDecision;
  /** Staff id. */
  readonly by: string;
}

/** The sealing transaction's own view of the store. */
const within = (ctx: Context, tx: Transaction): Context => ({
  ...ctx,
  store: { ...ctx.store, read: tx.db },
});

/**
 * First of two: asks for a file to be erased. An entry of the log. Nothing is erased.
 *
 * Throws `invalid-request` for an archive decision that is not complete or not what the schedule asks for; `conflict`
 * while anything stands against it or it was asked for already; `erased`, `not-found`, `forbidden`.
 */
export async function requestErasure(ctx: Context, request: ErasureRequest): Promise<void> {
  const { authorityId, caseId, by } = request;
  const instrument = request.archive.instrument.normalize('NFC').trim();
  checkArchive(ctx, { ...request.archive, instrument });
  await logAccess(ctx, { authorityId, actor: by, action: 'case.erase', caseId, purpose: 'retention' });
  const { systemId } = await examine(ctx, authorityId, caseId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'erasure-requested',
    facts: { case: caseId, system: systemId, archive: { ...request.archive, instrument }, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'case.erase');
      const examined = await examine(within(ctx, tx), authorityId, caseId);
      assertFree(examined);
      assertArchive(examined, request.archive.outcome);
      const known = await erasureOf(tx.db, authorityId, caseId);
      if (known !== undefined) {
        throw new PlatformError('conflict', 'The erasure of this file was asked for already.', {
          where: caseId,
        });
      }
    },
    write(tx, _index, at) {
      tx.append('erasures', {
        authority_id: authorityId,
        case_id: caseId,
        system_id: systemId,
        state: 'requested',
        requested_at: at,
        requested_by: by,
        archive_outcome: request.archive.outcome,
        archive_instrument: instrument,
        archive_day: request.archive.day,
        erased_at: null,
        confirmed_by: null,
        destroyed_at: null,
        backups_until: null,
      });
    },
  });
}

function assertFree({ caseId, obstacles }: Examined): void {
  if (obstacles.length === 0) return;
  throw new PlatformError('conflict', `This file may not be erased: ${obstacles.map(tell).join(', ')}.`, {
    where: caseId,
    mend: 'Wait until nothing stands against it. What is pending comes first.',
  });
}

const tell = ({ kind, until }: Obstacle) => (until === undefined ? kind : `${kind} until ${until}`);

/** Takes back a request that was not confirmed; an entry of the log. Throws `not-found`, `conflict`, `forbidden`. */
export async function withdrawErasure(
  ctx: Context,
  { authorityId, caseId, by }: Omit<ErasureRequest, 'archive'>,
): Promise<void> {
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'erasure-withdrawn',
    facts: { case: caseId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'case.erase');
      await requested(tx.db, authorityId, caseId);
    },
    async write(tx) {
      const { numDeletedRows } = await typed<ErasureTables>(tx.db)
        .deleteFrom('erasures')
        .where('authority_id', '=', authorityId)
        .where('case_id', '=', caseId)
        .where('state', '=', 'requested')
        .executeTakeFirst();
      if (numDeletedRows !== 1n) throw settledBefore();
    },
  });
}

/**
 * Second of two: another person confirms, and the file is erased. Everything is examined again inside the sealing
 * transaction, which also forgets the keyed hashes that led to the person. Then the key is destroyed; where that fails or
 * the machine stops, `finishErasures` does it at the next start, before anything is read.
 *
 * Throws `not-independent` for the person who asked; `conflict`, `not-found`, `forbidden`; `store-unavailable` when the
 * key's bytes could not be overwritten yet: the file is erased in the log, and the rest is done at the next try.
 */
export async function confirmErasure(
  ctx: Context,
  { authorityId, caseId, by }: Omit<ErasureRequest, 'archive'>,
): Promise<void> {
  await logAccess(ctx, { authorityId, actor: by, action: 'case.erase', caseId, purpose: 'retention' });
  const asked = await requested(ctx.store.read, authorityId, caseId);
  const { schedule } = await examine(ctx, authorityId, caseId);
  const backupsUntil = dayOf(ctx.clock.now())
    .add({ days: schedule?.backupDays ?? 0 })
    .toString();
  const rows = await clearRowsDigest(ctx.store.read, authorityId, caseId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'case-erased',
    facts: {
      case: caseId,
      system: asked.system_id,
      requested_by: asked.requested_by,
      by,
      retention: { months: schedule?.months ?? 0, basis: schedule?.basis ?? '' },
      archive: {
        outcome: asked.archive_outcome,
        instrument: asked.archive_instrument,
        day: asked.archive_day,
      },
      backups_until: backupsUntil,
      rows,
    },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'case.erase-confirm');
      const row = await requested(tx.db, authorityId, caseId);
      if (row.requested_by === by) {
        throw new PlatformError('not-independent', 'It takes two people: somebody else has to confirm.', {
          where: caseId,
          mend: 'Ask another data-protection officer or a supervisor.',
        });
      }
      await assertStillAllowed(tx, authorityId, row.requested_by, 'case.erase');
      assertFree(await examine(within(ctx, tx), authorityId, caseId));
      if ((await clearRowsDigest(tx.db, authorityId, caseId)) !== rows) {
        throw new PlatformError('conflict', 'Something happened in this file meanwhile.', { where: caseId });
      }
    },
    async write(tx, _index, at) {
      const { numUpdatedRows } = await typed<ErasureTables>(tx.db)
        .updateTable('erasures')
        .set({ state: 'erased', erased_at: at, confirmed_by: by, backups_until: backupsUntil })
        .where('authority_id', '=', authorityId)
        .where('case_id', '=', caseId)
        .where('state', '=', 'requested')
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw settledBefore();
      await forgetSubject(tx, authorityId, caseId);
      await forgetRequests(tx, authorityId, caseId);
      await dropAttributes(tx, authorityId, caseId);
      await dropFiles(tx, authorityId, caseId);
    },
  });
  await destroy(ctx, authorityId, [caseId]);
}

async function requested(db: Db, authorityId: string, caseId: string): Promise<ErasureRow> {
  const row = await erasureOf(db, authorityId, caseId);
  if (row === undefined) {
    throw new PlatformError('not-found', 'Nobody has asked for the erasure of this file.', { where: caseId });
  }
  if (row.state !== 'requested') throw settledBefore();
  return row;
}

function settledBefore(): PlatformError {
  return new PlatformError('conflict', 'This file was erased already, or the request was withdrawn.', {
    mend: 'Open the list again to see the present state.',
  });
}

/** What is known of a case's erasure, asked for or done; undefined where nobody asked. */
export async function erasureOf(
  db: Db,
  authorityId: string,
  caseId: string,
): Promise<ErasureRow | undefined> {
  return typed<ErasureTables>(db)
    .selectFrom('erasures')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
}

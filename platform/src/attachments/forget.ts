import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Db, type Transaction, typed } from '../store/index.ts';
import type { Holder } from './stage.ts';
import type { AttachmentTables } from './tables.ts';

/** What somebody chose and never sent is kept as long as they may come back for it. */
const STAGED_DAYS = 30;

/** Lets go of chosen files that were not handed in: all of this holder's, or one. */
export async function dropStaged(ctx: Context, of: Holder, file?: string): Promise<void> {
  let rows = typed<AttachmentTables>(ctx.store.read)
    .selectFrom('attachments')
    .select('attachment_id')
    .where('authority_id', '=', of.authorityId)
    .where('case_id', '=', of.caseId)
    .where('holder', '=', of.holder)
    .where('state', '=', 'staged');
  if (file !== undefined) rows = rows.where('attachment_id', '=', file);
  const ids = (await rows.execute()).map((row) => row.attachment_id);
  await destroyFiles(ctx, of.authorityId, ids);
}

/** Inside the transaction that seals the withdrawal. The bytes go right after; see {@link destroyFiles}. */
export async function markWithdrawn(tx: Transaction, authorityId: string, file: string): Promise<boolean> {
  const { numUpdatedRows } = await typed<AttachmentTables>(tx.db)
    .updateTable('attachments')
    .set({ state: 'withdrawn' })
    .where('authority_id', '=', authorityId)
    .where('attachment_id', '=', file)
    .where('state', '=', 'handed-in')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Destroys the keys of files, then takes their rows away. Whatever a copy of the store still holds of them, nobody opens it.
 * Throws `store-unavailable`; {@link forgetFiles} does again what was left.
 */
export async function destroyFiles(ctx: Context, authorityId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  ctx.vault.destroy(authorityId, ...ids);
  for (const id of ids) await ctx.store.transact((tx) => deleteRows(tx.db, authorityId, [id]));
}

/** Within an erasure: takes every row of the case's files away, which nobody can open without the case's key. */
export async function dropFiles(tx: Transaction, authorityId: string, caseId: string): Promise<void> {
  const rows = await typed<AttachmentTables>(tx.db)
    .selectFrom('attachments')
    .select('attachment_id')
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .execute();
  if (rows.length > 0) {
    await deleteRows(
      tx.db,
      authorityId,
      rows.map((row) => row.attachment_id),
    );
  }
}

async function deleteRows(db: Db, authorityId: string, ids: readonly string[]): Promise<void> {
  for (const table of ['attachment_pieces', 'attachments'] as const) {
    await typed<AttachmentTables>(db)
      .deleteFrom(table)
      .where('authority_id', '=', authorityId)
      .where('attachment_id', 'in', ids)
      .execute();
  }
}

/** Lets go of what was chosen and never sent, of what stopped arriving, and of what was taken back. Returns how many files. */
export async function forgetFiles(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const rows = await typed<AttachmentTables>(ctx.store.read)
    .selectFrom('attachments')
    .select(['authority_id', 'attachment_id'])
    .where((e) =>
      e.or([
        e('state', '=', 'withdrawn'),
        e.and([
          e('state', '=', 'staged'),
          e('added_at', '<', stamp(now.subtract({ hours: 24 * STAGED_DAYS }))),
        ]),
        e.and([e('state', '=', 'arriving'), e('added_at', '<', stamp(now.subtract({ hours: 24 })))]),
      ]),
    )
    .execute();
  for (const [authorityId, files] of Map.groupBy(rows, (row) => row.authority_id)) {
    await destroyFiles(
      ctx,
      authorityId,
      files.map((row) => row.attachment_id),
    );
  }
  return rows.length;
}

import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { Draft } from './form.tsx';
import type { DeskTables } from './tables.ts';

/** One reviewer's writing on one proposal. */
export interface DraftOf {
  readonly authorityId: string;
  readonly caseId: string;
  readonly decisionId: string;
  readonly staffId: string;
}

const place = ({ authorityId, decisionId, staffId }: DraftOf) =>
  `desk-draft/${authorityId}/${decisionId}/${staffId}`;

/** What this reviewer has written so far; undefined where nothing is. */
export async function readDraft(ctx: Context, of: DraftOf): Promise<Draft | undefined> {
  const row = await typed<DeskTables>(ctx.store.read)
    .selectFrom('desk_drafts')
    .select('sealed')
    .where('authority_id', '=', of.authorityId)
    .where('decision_id', '=', of.decisionId)
    .where('staff_id', '=', of.staffId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const key = ctx.vault.caseKey(of.authorityId, of.caseId);
  return JSON.parse(openBytes(key, place(of), row.sealed).toString()) as Draft;
}

/** Keeps what was typed, sealed under the case's key: a lost session or another language loses nothing. */
export async function saveDraft(ctx: Context, of: DraftOf, draft: Draft): Promise<void> {
  const key = ctx.vault.caseKey(of.authorityId, of.caseId);
  const sealed = sealBytes(key, place(of), JSON.stringify(draft));
  const updated_at = stamp(ctx.clock.now());
  await ctx.store.transact(async (tx) => {
    await typed<DeskTables>(tx.db)
      .insertInto('desk_drafts')
      .values({
        authority_id: of.authorityId,
        decision_id: of.decisionId,
        staff_id: of.staffId,
        sealed,
        updated_at,
      })
      .onConflict((c) =>
        c.columns(['authority_id', 'decision_id', 'staff_id']).doUpdateSet({ sealed, updated_at }),
      )
      .execute();
  });
}

export async function dropDraft(ctx: Context, of: DraftOf): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await typed<DeskTables>(tx.db)
      .deleteFrom('desk_drafts')
      .where('authority_id', '=', of.authorityId)
      .where('decision_id', '=', of.decisionId)
      .where('staff_id', '=', of.staffId)
      .execute();
  });
}

/** Which of these proposals the reviewer has begun to write on. */
export async function draftedAmong(
  ctx: Context,
  authorityId: string,
  staffId: string,
  decisionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (decisionIds.length === 0) return new Set();
  const rows = await typed<DeskTables>(ctx.store.read)
    .selectFrom('desk_drafts')
    .select('decision_id')
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('decision_id', 'in', [...decisionIds])
    .execute();
  return new Set(rows.map((row) => row.decision_id));
}

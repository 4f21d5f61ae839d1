import { stamp } from '../../clock.ts';
import type { Context } from '../../context.ts';
import { typed } from '../../store/index.ts';
import { openBytes, sealBytes } from '../../vault/seal.ts';
import type { CitizenTables } from '../tables.ts';
import type { Draft } from './answers.ts';

interface Of {
  readonly authorityId: string;
  readonly caseId: string;
}

const place = ({ authorityId, caseId }: Of) => `review-draft/${authorityId}/${caseId}`;

/** The request that is being written for a case; an empty one where there is none. */
export async function readDraft(ctx: Context, of: Of): Promise<Draft> {
  const row = await typed<CitizenTables>(ctx.store.read)
    .selectFrom('review_drafts')
    .select('sealed')
    .where('authority_id', '=', of.authorityId)
    .where('case_id', '=', of.caseId)
    .executeTakeFirst();
  if (row === undefined) return {};
  return JSON.parse(
    openBytes(ctx.vault.caseKey(of.authorityId, of.caseId), place(of), row.sealed).toString(),
  ) as Draft;
}

/** Keeps what was typed, sealed under the case's key: it survives a lost session, a flat battery and a restart. */
export async function saveDraft(ctx: Context, of: Of, draft: Draft): Promise<void> {
  const sealed = sealBytes(ctx.vault.caseKey(of.authorityId, of.caseId), place(of), JSON.stringify(draft));
  const updated_at = stamp(ctx.clock.now());
  await ctx.store.transact(async (tx) => {
    await typed<CitizenTables>(tx.db)
      .insertInto('review_drafts')
      .values({ authority_id: of.authorityId, case_id: of.caseId, sealed, updated_at })
      .onConflict((c) => c.columns(['authority_id', 'case_id']).doUpdateSet({ sealed, updated_at }))
      .execute();
  });
}

export async function dropDraft(ctx: Context, of: Of): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await typed<CitizenTables>(tx.db)
      .deleteFrom('review_drafts')
      .where('authority_id', '=', of.authorityId)
      .where('case_id', '=', of.caseId)
      .execute();
  });
}

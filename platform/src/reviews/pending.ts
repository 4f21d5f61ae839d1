import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import type { ReviewTables } from './tables.ts';

/** Whether a request for review of the case waits for its answer, or how the desk qualified it is contested. */
export async function pendingReviews(ctx: Context, authorityId: string, caseId: string): Promise<boolean> {
  const row = await typed<ReviewTables>(ctx.store.read)
    .selectFrom('reviews')
    .select('review_id')
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .where(({ eb, or }) => or([eb('status', '<>', 'decided'), eb('contested', '=', 1)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

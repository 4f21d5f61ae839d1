import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import type { ReviewTables } from './tables.ts';

export type ReviewRow = ReviewTables['reviews'];

export async function reviewRow(
  db: Db,
  authorityId: string,
  reviewId: string,
): Promise<ReviewRow | undefined> {
  return typed<ReviewTables>(db)
    .selectFrom('reviews')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('review_id', '=', reviewId)
    .executeTakeFirst();
}

/** One request for review of this authority. Throws `not-found`. */
export async function findReview(ctx: Context, authorityId: string, reviewId: string): Promise<ReviewRow> {
  const row = await reviewRow(ctx.store.read, authorityId, reviewId);
  if (row === undefined) {
    throw new PlatformError('not-found', `There is no request for review ${reviewId}.`, {
      mend: 'Check the identifier; it must belong to your own authority.',
    });
  }
  return row;
}

/** The request that waits for an answer on this decision, if any. */
export async function pendingReview(
  db: Db,
  authorityId: string,
  decisionId: string,
): Promise<ReviewRow | undefined> {
  return typed<ReviewTables>(db)
    .selectFrom('reviews')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('decision_id', '=', decisionId)
    .where('status', '!=', 'decided')
    .executeTakeFirst();
}

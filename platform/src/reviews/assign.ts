import { assertStillAllowed } from '../access/index.ts';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { findReview, type ReviewRow, reviewRow } from './find.ts';
import { assertUninvolved } from './involvement.ts';
import { candidatesFor, mayReview } from './reviewers.ts';
import type { ReviewTables } from './tables.ts';

export interface Assignment {
  readonly authorityId: string;
  readonly reviewId: string;
  /** The reviewer; left out, the platform takes the least busy one who can. */
  readonly to?: string | undefined;
  /** Staff id of the supervisor; left out, the platform assigns by itself and `to` must be left out too. */
  readonly by?: string | undefined;
}

/**
 * Gives a request for review to a reviewer who took no part in the case, is trained and may sign (I4). A request that
 * has no answer yet can be given to somebody else. All of it is read again inside the sealing transaction.
 *
 * Throws `not-found`, `conflict` (answered, given to the same person, or nobody can), `not-independent`,
 * `not-certified`, `not-competent`, `forbidden`.
 */
export async function assignReview(
  ctx: Context,
  { authorityId, reviewId, to, by }: Assignment,
): Promise<{ readonly to: string; readonly at: string; readonly index: number }> {
  const review = await findReview(ctx, authorityId, reviewId);
  assertUnanswered(review);
  if (to !== undefined && by === undefined) {
    throw new PlatformError('forbidden', 'A supervisor names the reviewer.', { where: 'by' });
  }
  const staffId = to ?? (await leastBusy(ctx, review));
  if (staffId === review.assigned_to) {
    throw new PlatformError('conflict', 'This request is already with that person.', { where: 'to' });
  }
  const { case_id: caseId, system_id: systemId } = review;
  const recorded = await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId,
    decisionId: review.decision_id,
    type: 'review-assigned',
    facts: { review: reviewId, assigned_to: staffId, by: by ?? null, automatic: to === undefined },
    async check(tx) {
      const now = await reviewRow(tx.db, authorityId, reviewId);
      if (now?.status !== review.status || now.assigned_to !== review.assigned_to) throw moved();
      if (by !== undefined) await assertStillAllowed(tx, authorityId, by, 'review.assign');
      await assertUninvolved(ctx, tx, { authorityId, caseId, staffId });
      await mayReview(tx, { authorityId, staffId, systemId, at: stamp(ctx.clock.now()) });
    },
    async write(tx, _index, at) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({ status: 'assigned', assigned_to: staffId, assigned_at: at })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '=', review.status)
        .where('assigned_to', review.assigned_to === null ? 'is' : '=', review.assigned_to)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
    },
  });
  return { to: staffId, at: recorded.at, index: recorded.index };
}

function assertUnanswered(review: ReviewRow): void {
  if (review.status !== 'decided') return;
  throw new PlatformError('conflict', 'This request has its answer.', { mend: 'Nothing is left to do.' });
}

async function leastBusy(ctx: Context, review: ReviewRow): Promise<string> {
  const life = await caseLife(ctx, review.authority_id, review.case_id);
  const able = (await candidatesFor(ctx, review, life)).filter(
    (c) => c.obstacle === undefined && c.staff.staffId !== review.assigned_to,
  );
  const first = able[0];
  if (first !== undefined) return first.staff.staffId;
  throw new PlatformError('conflict', 'No reviewer can take this request.', {
    where: 'nobody',
    mend: 'It takes a reviewer who took no part in the case, with a valid certificate and a delegation to decide reviews of this system.',
  });
}

function moved(): PlatformError {
  return new PlatformError('conflict', 'Somebody has just dealt with this request.', {
    mend: 'Open the list again to see where it stands.',
  });
}

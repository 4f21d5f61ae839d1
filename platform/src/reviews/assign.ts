import { assertStillAllowed } from '../access/index.ts';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { findReview, type ReviewRow, reviewRow } from './find.ts';
import { assertMayDecide } from './involvement.ts';
import type { Kind } from './kinds.ts';
import { answered, assertQualified, assertSameKind, moved } from './qualify.ts';
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
 * Gives a qualified request to somebody who may decide its kind, is trained and may sign (I4). A request that has no
 * answer yet can be given to somebody else. All of it is read again inside the sealing transaction.
 *
 * Throws `not-found`, `conflict` (answered, not qualified, given to the same person, or nobody can), `not-independent`,
 * `not-certified`, `not-competent`, `forbidden`.
 */
export async function assignReview(
  ctx: Context,
  { authorityId, reviewId, to, by }: Assignment,
): Promise<{ readonly to: string; readonly at: string; readonly index: number }> {
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.status === 'decided') throw answered();
  const kind = assertQualified(review);
  if (to !== undefined && by === undefined) {
    throw new PlatformError('forbidden', 'A supervisor names the reviewer.', { where: 'by' });
  }
  if (to !== undefined && to === by) {
    throw new PlatformError('forbidden', 'Nobody gives a request to themselves.', {
      where: 'to',
      mend: 'Leave the choice to the platform, or have another supervisor give it.',
    });
  }
  const staffId = to ?? (await leastBusy(ctx, review, kind));
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
      assertSameKind(now, review);
      assertQualified(now);
      if (by !== undefined) await assertStillAllowed(tx, authorityId, by, 'review.assign');
      await assertMayDecide(ctx, tx, review, staffId);
      await mayReview(tx, { authorityId, staffId, systemId, kind, at: stamp(ctx.clock.now()) });
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

async function leastBusy(ctx: Context, review: ReviewRow, kind: Kind): Promise<string> {
  const life = await caseLife(ctx, review.authority_id, review.case_id);
  const able = (await candidatesFor(ctx, { ...review, kind }, life)).filter(
    (c) => c.obstacle === undefined && c.staff.staffId !== review.assigned_to,
  );
  const first = able[0];
  if (first !== undefined) return first.staff.staffId;
  throw new PlatformError('conflict', 'No reviewer can take this request.', {
    where: 'nobody',
    mend:
      kind === 'appeal-to-superior'
        ? 'It takes a supervisor who took no part in the case, with a valid certificate and a delegation to decide appeals of this system.'
        : 'It takes a reviewer who took no part in the case, with a valid certificate and a delegation to decide reviews of this system.',
  });
}

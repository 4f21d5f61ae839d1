import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { groupAppend, typed } from '../store/index.ts';
import type { ReviewTables } from './tables.ts';

interface Opening {
  readonly authorityId: string;
  readonly reviewId: string;
  readonly staffId: string;
}

/** Records that a reviewer has a request in front of them; resolves when that is durable. */
export function openReview(ctx: Context, { authorityId, reviewId, staffId }: Opening): Promise<void> {
  return groupAppend(ctx.store, 'review_openings', {
    authority_id: authorityId,
    review_id: reviewId,
    staff_id: staffId,
    opened_at: stamp(ctx.clock.now()),
  });
}

/** Whole seconds since this reviewer first opened the request, measured here; null when they never did. */
export async function secondsOnReview(
  ctx: Context,
  { authorityId, reviewId, staffId }: Opening,
): Promise<number | null> {
  const row = await typed<ReviewTables>(ctx.store.read)
    .selectFrom('review_openings')
    .select('opened_at')
    .where('authority_id', '=', authorityId)
    .where('review_id', '=', reviewId)
    .where('staff_id', '=', staffId)
    .orderBy('opened_at')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened = Temporal.Instant.from(row.opened_at);
  return Math.max(0, Math.round((ctx.clock.now().epochMilliseconds - opened.epochMilliseconds) / 1000));
}

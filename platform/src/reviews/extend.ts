import { NormError } from '@taalil/norms';
import { assertStillAllowed } from '../access/index.ts';
import { type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import type { Lang } from '../web/index.ts';
import { answerDeadlines, extensionGrounds, reviewClock } from './clock.ts';
import { findReview } from './find.ts';
import { answered, assertQualified, checkedWords, moved } from './qualify.ts';
import type { ReviewTables } from './tables.ts';

export interface ExtensionRequest {
  readonly authorityId: string;
  readonly reviewId: string;
  /** Id of a ground that the rule of this kind of request knows. */
  readonly ground: string;
  /** Why here, in words that the person reads. */
  readonly because: string;
  readonly lang: Lang;
  /** Staff id of the supervisor. */
  readonly by: string;
}

export interface Extended extends RecordedEvent {
  /** The new last day: never later than the clock of a complaint, which runs beside it. */
  readonly due: string;
}

/**
 * Extends the time for the answer: once, before the date has passed, for a ground of the norm pack, and only where the
 * rule of this kind of request knows an extension (law 55-19, art. 17, for its grounds).
 *
 * Throws `not-found`, `conflict` (`where` `extended`: extended already; `due`: the date has passed; answered; not
 * qualified), `invalid-request` (a ground or kind without extension), `forbidden`.
 */
export async function extendReview(ctx: Context, asked: ExtensionRequest): Promise<Extended> {
  const { authorityId, reviewId, ground, by, lang } = asked;
  const because = checkedWords(asked.because, 'because');
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.status === 'decided') throw answered();
  if (review.extension !== null) throw extendedBefore();
  const kind = assertQualified(review);
  const grounds = extensionGrounds(kind);
  if (!grounds.some(({ id }) => id === ground)) {
    throw new PlatformError('invalid-request', 'The rule knows no extension for this ground.', {
      where: 'ground',
      mend:
        grounds.length === 0
          ? 'No rule gives an extension to this kind of request: answer by the date.'
          : `Use one of ${grounds.map(({ id }) => id).join(', ')}.`,
    });
  }
  const now = ctx.clock.now();
  if (reviewClock(review, now).state === 'passed') throw pastDue();
  const due = dueWith({ ...review, extension: ground, extended_at: stamp(now) });
  if (due <= review.treat_due) {
    throw new PlatformError(
      'invalid-request',
      'Another rule, which knows no extension, gives the same date.',
      {
        where: 'ground',
        mend: 'Answer by the date that was told.',
      },
    );
  }
  const recorded = await recordCaseEvent(ctx, {
    authorityId,
    caseId: review.case_id,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'review-extended',
    facts: {
      review: reviewId,
      ground,
      because: { text: because, lang },
      before: review.treat_due,
      due,
      by: { staff: by },
    },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'request.extend'),
    async write(tx, _index, at) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({ extension: ground, extended_at: at, treat_due: due })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '=', review.status)
        .where('kind', '=', kind)
        .where('treat_due', '=', review.treat_due)
        .where('extension', 'is', null)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
    },
  });
  return { ...recorded, due };
}

function dueWith(facts: Parameters<typeof answerDeadlines>[0]): string {
  try {
    return answerDeadlines(facts)[0]?.due.toString() ?? '';
  } catch (cause) {
    if (cause instanceof NormError && cause.code === 'out-of-range') throw pastDue();
    throw cause;
  }
}

function extendedBefore(): PlatformError {
  return new PlatformError('conflict', 'The time was extended once already.', {
    where: 'extended',
    mend: 'Answer by the date that was told.',
  });
}

function pastDue(): PlatformError {
  return new PlatformError('conflict', 'The date has passed: it can no longer be extended.', {
    where: 'due',
    mend: 'Answer now: the answer is owed.',
  });
}

import { assertStillAllowed } from '../access/index.ts';
import { type CaseEvent, caseLife, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { LANGS, type Lang } from '../web/index.ts';
import { answerDeadlines } from './clock.ts';
import { findReview, type ReviewRow } from './find.ts';
import { DECIDERS, isKind, type Kind } from './kinds.ts';
import type { ReviewTables } from './tables.ts';

export const BECAUSE_MOST = 1_000;

export interface QualificationRequest {
  readonly authorityId: string;
  readonly reviewId: string;
  readonly kind: Kind;
  /** Why, in words that the person reads. */
  readonly because: string;
  readonly lang: Lang;
  /** Staff id of who qualifies. */
  readonly by: string;
}

/** A qualification as it was sealed. */
export interface Qualification {
  readonly at: string;
  readonly index: number;
  readonly kind: Kind;
  readonly because: string;
  readonly lang: Lang;
  readonly by: string;
}

/** Every qualification of one request, oldest first; the last one holds. */
export function qualificationsOf(life: readonly CaseEvent[], reviewId: string): Qualification[] {
  return life
    .filter((e) => e.type === 'request-qualified' && e.facts.review === reviewId)
    .map(({ at, index, facts }) => ({
      at,
      index,
      kind: facts.kind as Kind,
      because: (facts.because as { text: string }).text,
      lang: (facts.because as { lang: Lang }).lang,
      by: (facts.by as { staff: string }).staff,
    }));
}

/**
 * Says what a request is in law, or says it again. The clock of the kind starts on the day the request came in, not
 * today. A date that was told stays told: qualifying never gives the administration more time (I8). Where another kind of
 * person must decide, the request waits to be given again. A qualification that the person contests is looked at by
 * somebody else than who made it.
 *
 * Throws `not-found`, `conflict` (answered, just dealt with, or the same again uncontested), `forbidden`,
 * `not-independent` (one's own qualification, contested), `invalid-request`.
 */
export async function qualifyRequest(ctx: Context, asked: QualificationRequest): Promise<RecordedEvent> {
  const { authorityId, reviewId, kind, by, lang } = asked;
  const because = checkedWords(asked.because, 'because');
  if (!isKind(kind) || !LANGS.includes(lang)) {
    throw new PlatformError('invalid-request', 'There is no such kind of request.', { where: 'kind' });
  }
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.status === 'decided') throw answered();
  if (review.kind === kind && review.contested === 0) {
    throw new PlatformError('conflict', 'The request is qualified so already.', { where: 'kind' });
  }
  await assertOtherThanBefore(ctx, review, by);
  const [holds] = answerDeadlines({ ...review, kind });
  const due = earlier(review.treat_due, holds?.due.toString() ?? review.treat_due);
  const again = review.kind === null || DECIDERS[review.kind] !== DECIDERS[kind];
  return recordCaseEvent(ctx, {
    authorityId,
    caseId: review.case_id,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'request-qualified',
    facts: {
      review: reviewId,
      kind,
      before: review.kind,
      contested: review.contested === 1,
      because: { text: because, lang },
      by: { staff: by },
      due,
      clock: answerDeadlines({ ...review, kind }).map(({ rule, due: date, unverified }) => ({
        rule: rule.id,
        certainty: rule.certainty,
        due: date.toString(),
        unverified,
      })),
    },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'request.qualify'),
    async write(tx) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({
          kind,
          contested: 0,
          treat_due: due,
          ...(again ? { status: 'open' as const, assigned_to: null, assigned_at: null } : {}),
        })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '=', review.status)
        .where('contested', '=', review.contested)
        .where('kind', review.kind === null ? 'is' : '=', review.kind)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
    },
  });
}

async function assertOtherThanBefore(ctx: Context, review: ReviewRow, by: string): Promise<void> {
  if (review.contested === 0) return;
  const life = await caseLife(ctx, review.authority_id, review.case_id);
  if (qualificationsOf(life, review.review_id).at(-1)?.by !== by) return;
  throw new PlatformError(
    'not-independent',
    'The person contests your qualification: somebody else looks at it.',
    { where: 'qualified', mend: 'Leave it to another reviewer or supervisor.' },
  );
}

export interface ContestRequest {
  readonly authorityId: string;
  readonly caseId: string;
  readonly reviewId: string;
  /** What the person says it is; may be left out. */
  readonly kind?: Kind | undefined;
  /** In the person's own words. */
  readonly text: string;
  /** The agent who wrote it down at the counter, with the person. */
  readonly staffId?: string | undefined;
}

/**
 * The person does not agree with the qualification. The clock runs on, and the request waits for somebody else to look at
 * the qualification. Throws `not-found`, `conflict` (answered, not qualified yet, or contested already), `invalid-request`.
 */
export async function contestQualification(ctx: Context, asked: ContestRequest): Promise<RecordedEvent> {
  const { authorityId, caseId, reviewId, kind, staffId } = asked;
  const text = checkedWords(asked.text, 'text');
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.case_id !== caseId)
    throw new PlatformError('not-found', 'There is no such request in this case.');
  if (review.status === 'decided') throw answered();
  if (review.kind === null || review.contested === 1) {
    throw new PlatformError('conflict', 'There is nothing to contest now.', { where: 'kind' });
  }
  const contested = review.kind;
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'qualification-contested',
    facts: {
      review: reviewId,
      kind: contested,
      wanted: kind ?? null,
      text,
      by: staffId === undefined ? null : { staff: staffId },
    },
    async check(tx) {
      if (staffId !== undefined) await assertStillAllowed(tx, authorityId, staffId, 'counter.assist');
    },
    async write(tx) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({ contested: 1 })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '!=', 'decided')
        .where('kind', '=', contested)
        .where('contested', '=', 0)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
    },
  });
}

/** Inside a sealing transaction: the request still is what it was when this was prepared. Throws `conflict`. */
export function assertSameKind(now: ReviewRow | undefined, before: ReviewRow): asserts now is ReviewRow {
  if (now === undefined || now.kind !== before.kind) throw moved();
}

/** Throws `conflict` unless the desk has said what the request is and the person does not contest it now. */
export function assertQualified(review: ReviewRow): Kind {
  if (review.kind === null) {
    throw new PlatformError('conflict', 'The request is not qualified yet.', {
      where: 'unqualified',
      mend: 'Say first what the request is: who may decide it follows from that.',
    });
  }
  if (review.contested === 1) {
    throw new PlatformError('conflict', 'The person contests the qualification.', {
      where: 'contested',
      mend: 'Have somebody else look at the qualification first.',
    });
  }
  return review.kind;
}

export function checkedWords(text: string, where: string): string {
  const trimmed = text.replace(/\r\n/g, '\n').trim();
  if (trimmed !== '' && trimmed.length <= BECAUSE_MOST) return trimmed;
  throw new PlatformError('invalid-request', 'The words are missing or too long.', {
    where,
    mend: `Write 1 to ${BECAUSE_MOST} characters.`,
  });
}

const earlier = (a: string, b: string) => (a <= b ? a : b);

export function answered(): PlatformError {
  return new PlatformError('conflict', 'This request has its answer.', {
    where: 'answered',
    mend: 'Nothing is left to do.',
  });
}

export function moved(): PlatformError {
  return new PlatformError('conflict', 'Somebody has just dealt with this request.', {
    mend: 'Open it again to see where it stands.',
  });
}

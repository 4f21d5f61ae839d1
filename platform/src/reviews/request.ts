import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed } from '../access/index.ts';
import { filesFact, handIn } from '../attachments/index.ts';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { representativesOf } from '../citizen/representatives.ts';
import type { Context } from '../context.ts';
import type { DecisionTables } from '../decisions/tables.ts';
import { type DecisionRow, findDecisionRow, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type Transaction, typed } from '../store/index.ts';
import { type ReviewClock, reviewClock, reviewDates } from './clock.ts';
import { type Corrections, correctedFacts } from './corrections.ts';
import type { Chosen } from './files.ts';
import { pendingReview } from './find.ts';
import type { ReviewTables } from './tables.ts';

export const GROUNDS = ['data-wrong', 'reasons-wrong', 'want-person', 'other'] as const;
export type Ground = (typeof GROUNDS)[number];

/** Who brought the request: the person, somebody who may act for them, or an agent at the counter with them. */
export type FiledBy =
  | { readonly kind: 'person' }
  | { readonly kind: 'representative'; readonly representativeId: string }
  | { readonly kind: 'counter'; readonly staffId: string }
  /** One representative for many, by the mandate that this person gave: recorded as `representativeId` in their case. */
  | { readonly kind: 'collective'; readonly collectiveId: string; readonly representativeId: string };

export interface ReviewRequest {
  readonly authorityId: string;
  readonly caseId: string;
  /** The decision in force. */
  readonly decisionId: string;
  readonly ground: Ground;
  /** In the person's own words; may be empty unless the ground is `other`. */
  readonly text: string;
  /** Facts said to be wrong whose right value is given. */
  readonly corrections?: Corrections | undefined;
  /** How to reach the person. */
  readonly contact?: string | undefined;
  readonly filedBy: FiledBy;
  /** Files that go with it. */
  readonly files?: Chosen | undefined;
  /** Asked and written inside the sealing transaction, with the request. */
  check?(tx: Transaction): Promise<void>;
}

export interface RequestedReview {
  readonly reviewId: string;
  readonly at: string;
  /** The entry in the log that acknowledges the request. */
  readonly index: number;
  readonly clock: ReviewClock;
}

export const TEXT_MOST = 10_000;
export const CONTACT_MOST = 300;

/**
 * Takes a request for review in and acknowledges it at once, with its clock. Nobody is ever told "too late": a
 * request is taken whenever it comes.
 *
 * Throws `invalid-request` or `invalid-input` (what was sent), `not-found` (no such decision in this case),
 * `person-required` (only a proposal yet), `conflict` (superseded, or a request already waits); then nothing has
 * happened.
 */
export async function requestReview(ctx: Context, request: ReviewRequest): Promise<RequestedReview> {
  const { authorityId, caseId, decisionId, ground, filedBy } = request;
  const text = request.text.trim();
  const contact = request.contact?.trim() ?? '';
  checkWords(ground, text, contact);
  const row = inForce(await findDecisionRow(ctx, authorityId, decisionId), caseId);
  const { system, facts, life } = await readDecision(ctx, authorityId, decisionId);
  const { corrections } = correctedFacts(system, facts, request.corrections ?? {});
  const reviewId = newId('rev');
  const dates = reviewDates(ctx.clock.now());
  const fresh = {
    kind: null,
    contested: 0,
    asked_at: null,
    brought_at: null,
    extension: null,
    extended_at: null,
    collective_id: filedBy.kind === 'collective' ? filedBy.collectiveId : null,
  };
  const review = {
    review_id: reviewId,
    decision_id: decisionId,
    acknowledge_due: dates.acknowledge.due.toString(),
    treat_due: dates.treat.due.toString(),
  };
  const recorded = await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: row.system_id,
    decisionId,
    type: 'review-requested',
    facts: {
      review: reviewId,
      ground,
      text,
      corrections: { ...corrections },
      contact: contact === '' ? null : contact,
      filed_by: filedByFact(filedBy),
      clock: [dates.acknowledge, dates.treat].map(({ rule, due }) => ({
        rule: rule.id,
        certainty: rule.certainty,
        due: due.toString(),
      })),
      ...filesFact(request.files?.files ?? []),
    },
    async check(tx) {
      const now = await tx.lookup('decisions', { authority_id: authorityId, decision_id: decisionId });
      inForce(now as DecisionTables['decisions'] | undefined, caseId);
      await assertNonePending(tx, authorityId, decisionId);
      await assertMayFile(ctx, tx, request);
      await request.check?.(tx);
    },
    async write(tx, _index, at) {
      await typed<ReviewTables>(tx.db)
        .insertInto('reviews')
        .values({
          ...review,
          authority_id: authorityId,
          case_id: caseId,
          system_id: row.system_id,
          status: 'open',
          ground,
          requested_at: at,
          assigned_to: null,
          assigned_at: null,
          decided_at: null,
          outcome: null,
          new_decision_id: null,
          ...fresh,
        })
        .execute();
      await handChosen(tx, request, reviewId);
    },
  });
  const clock = reviewClock(
    { ...review, ...fresh, requested_at: recorded.at, decided_at: null },
    ctx.clock.now(),
    life,
  );
  return { reviewId, at: recorded.at, index: recorded.index, clock };
}

function handChosen(tx: Transaction, { authorityId, caseId, files }: ReviewRequest, reviewId: string) {
  return files && handIn(tx, { authorityId, caseId, holder: files.holder }, reviewId, files.files);
}

function checkWords(ground: Ground, text: string, contact: string): void {
  const refuse = (where: string, what: string, mend: string) => {
    throw new PlatformError('invalid-request', what, { where, mend });
  };
  if (!GROUNDS.includes(ground)) refuse('ground', 'There is no such ground.', `Use ${GROUNDS.join(', ')}.`);
  if (ground === 'other' && text === '') {
    refuse('text', 'Nothing says what the request is about.', 'Say it in a few words.');
  }
  if (text.length > TEXT_MOST)
    refuse('text', 'The text is too long.', `Write at most ${TEXT_MOST} characters.`);
  if (contact.length > CONTACT_MOST) {
    refuse('contact', 'The contact is too long.', `Write at most ${CONTACT_MOST} characters.`);
  }
}

function inForce(row: DecisionRow | undefined, caseId: string): DecisionRow {
  if (row === undefined || row.case_id !== caseId) {
    throw new PlatformError('not-found', 'There is no such decision in this case.');
  }
  if (row.status === 'awaiting-person') {
    throw new PlatformError('person-required', 'A person is examining the file: there is no decision yet.', {
      mend: 'Ask for a review once there is one; until then, tell the counter what should be known.',
    });
  }
  if (row.status === 'superseded') {
    throw new PlatformError('conflict', 'A newer decision has taken the place of this one.', {
      mend: 'Ask for a review of the newer one.',
    });
  }
  return row;
}

/** An agent still works at the counter; a representative's mandate still holds. */
async function assertMayFile(ctx: Context, tx: Transaction, request: ReviewRequest): Promise<void> {
  const { authorityId, caseId, filedBy } = request;
  if (filedBy.kind === 'counter') {
    await assertStillAllowed(tx, authorityId, filedBy.staffId, 'counter.assist');
  }
  if (filedBy.kind === 'person' || filedBy.kind === 'counter') return;
  const within: Context = { ...ctx, store: { ...ctx.store, read: tx.db } };
  const active = representativesOf(await caseLife(within, authorityId, caseId), ctx.clock.now());
  if (active.some((r) => r.representativeId === filedBy.representativeId)) return;
  throw new PlatformError('forbidden', 'Nobody of this name may act for the person now.', {
    where: 'filedBy',
    mend: 'Have the mandate recorded at the counter, or ask as the person.',
  });
}

async function assertNonePending(tx: Transaction, authorityId: string, decisionId: string): Promise<void> {
  if ((await pendingReview(tx.db, authorityId, decisionId)) === undefined) return;
  throw new PlatformError('conflict', 'A request for review of this decision already waits for its answer.', {
    where: 'pending',
    mend: 'Follow that one; another can be made once it is answered.',
  });
}

function filedByFact(by: FiledBy): JsonValue {
  switch (by.kind) {
    case 'person':
      return { kind: 'person' };
    case 'representative':
      return { kind: 'representative', representative: by.representativeId };
    case 'counter':
      return { kind: 'counter', staff: by.staffId };
    case 'collective':
      return { kind: 'collective', collective: by.collectiveId, representative: by.representativeId };
  }
}

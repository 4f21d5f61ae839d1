import { findStaff } from '../access/index.ts';
import { type EventFacts, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { assertInForce, supersedeDecision } from '../decisions/supersede.ts';
import type { Effect } from '../decisions/tables.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { assertKeepsWithheld } from '../desk/keeps-withheld.ts';
import { assertOwnWords, rememberWords, type Words, wordsOf } from '../desk/own-words.ts';
import { assertOneSignatureSuffices } from '../desk/people-needed.ts';
import { checkReasons, type Reasons, type WrittenReasons } from '../desk/reasons.ts';
import { PlatformError } from '../errors.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import { type Corrections, previewCorrections } from './corrections.ts';
import { findReview, type ReviewRow, reviewRow } from './find.ts';
import { assertAuthorGivesWay, assertMayDecide, notIndependent, obstacleTo } from './involvement.ts';
import type { Kind } from './kinds.ts';
import { secondsOnReview } from './openings.ts';
import { assertQualified, assertSameKind } from './qualify.ts';
import { effectOf } from './review-effect.ts';
import { rightsOf, type SigningRights, sameRights, signatoryFact } from './signing-rights.ts';
import type { ReviewOutcome, ReviewTables } from './tables.ts';

export interface ReviewDecision {
  readonly authorityId: string;
  readonly reviewId: string;
  /** Who signs: the reviewer to whom the request was given. */
  readonly staffId: string;
  readonly outcome: ReviewOutcome;
  readonly reasons: WrittenReasons;
  /** Upheld: facts of the record that were wrong. The model is run again on the file with the right ones. */
  readonly corrections?: Corrections | undefined;
  /** Upheld: what the new decision says. By default what the corrected file gives, else the person's favour. */
  readonly effect?: Effect | undefined;
}

export interface DecidedReview {
  readonly at: string;
  readonly index: number;
  /** The decision that took the place of the one under review; none when the request was rejected. */
  readonly newDecisionId: string | undefined;
}

/** An answer with everything checked, not yet signed: for "check before you sign". */
export interface PreparedReview {
  readonly review: ReviewRow;
  readonly kind: Kind;
  /** The decision under review. */
  readonly view: DecisionView;
  readonly corrected: Awaited<ReturnType<typeof previewCorrections>>;
  /** Of the decision that will be in force after the answer. */
  readonly effect: Effect;
  readonly reasons: Reasons;
  readonly words: Words;
  readonly rights: SigningRights;
}

/**
 * Everything that signing would check, without signing. Throws `not-found`, `conflict` (answered, or the decision was
 * replaced), `not-independent` (I4), `forbidden` (given to somebody else), `not-certified`, `not-competent`,
 * `invalid-input` (corrections), `invalid-request` (an outcome that does not follow), `reasons-insufficient`,
 * `person-required`.
 */
export async function prepareReview(ctx: Context, decision: ReviewDecision): Promise<PreparedReview> {
  const { authorityId, reviewId, staffId } = decision;
  const review = await findReview(ctx, authorityId, reviewId);
  const view = await readDecision(ctx, authorityId, review.decision_id);
  if (review.status === 'decided') throw answeredBefore();
  const kind = assertQualified(review);
  const how = obstacleTo(review, view.life, staffId);
  if (how !== undefined) throw notIndependent(how);
  assertGivenTo(review, staffId);
  const now = committed(ctx.store);
  assertInForce({ ...view.row });
  const corrected = await previewCorrections(view.system, view.facts, decision.corrections ?? {});
  const effect = effectOf(decision, view, corrected);
  assertAuthorGivesWay(view.life, staffId, {
    granted: decision.outcome === 'upheld' && effect === 'favourable',
  });
  if (effect === 'adverse' && decision.outcome === 'upheld')
    await assertOneSignatureSuffices(now, view.system, ctx.clock.now());
  const rights = await rightsOf(now, review, kind, staffId, effect, decision.outcome, stamp(ctx.clock.now()));
  // A corrected fact may be named by its right value or by the recorded one that was found wrong.
  const reasons = checkReasons(view.system.record, corrected.facts, decision.reasons, view.facts);
  assertKeepsWithheld(view, reasons.text);
  const words = wordsOf(ctx, view.system, reasons.text);
  await assertOwnWords(now, words);
  return { review, kind, view, corrected, effect, reasons, words, rights };
}

/**
 * Answers a request for review. Rejected: the decision stays, with new reasons. Upheld: a new decision takes its
 * place. Inside the sealing transaction the request still waits with this person, who may decide its kind, is trained and
 * may sign, and the decision is still in force. Throws as `prepareReview`, and `suspended` where the
 * model was run on corrected facts.
 */
export async function decideReview(ctx: Context, decision: ReviewDecision): Promise<DecidedReview> {
  const { authorityId, reviewId, staffId, outcome } = decision;
  const prepared = await prepareReview(ctx, decision);
  const { review, kind, view, corrected, effect, reasons, words, rights } = prepared;
  const { name } = await findStaff(ctx, authorityId, staffId);
  const sealed: EventFacts = {
    review: reviewId,
    reasons: { ...reasons },
    decided_by: signatoryFact(staffId, name, rights),
    seconds: await secondsOnReview(ctx, { authorityId, reviewId, staffId }),
  };
  const check = async (tx: Transaction) => {
    const now = await reviewRow(tx.db, authorityId, reviewId);
    if (now === undefined || now.status === 'decided') throw answeredBefore();
    assertGivenTo(now, staffId);
    if (effect === 'adverse' && outcome === 'upheld')
      await assertOneSignatureSuffices(tx, view.system, ctx.clock.now());
    assertSameKind(now, review);
    assertQualified(now);
    await assertMayDecide(ctx, tx, review, staffId);
    const still = await rightsOf(tx, review, kind, staffId, effect, outcome, stamp(ctx.clock.now()));
    if (!sameRights(still, rights)) {
      throw new PlatformError('conflict', 'Your delegation of signature changed meanwhile.', {
        mend: 'Open the request again and sign under the present one.',
      });
    }
    await assertOwnWords(tx, words);
  };
  const close = async (tx: Transaction, newDecisionId: string | null, at: string) => {
    const swapped = await typed<ReviewTables>(tx.db)
      .updateTable('reviews')
      .set({ status: 'decided', decided_at: at, outcome, new_decision_id: newDecisionId })
      .where('authority_id', '=', authorityId)
      .where('review_id', '=', reviewId)
      .where('status', '=', 'assigned')
      .where('assigned_to', '=', staffId)
      .executeTakeFirst();
    if (swapped.numUpdatedRows !== 1n) throw answeredBefore();
    await rememberWords(tx, words, reviewId);
  };
  if (outcome === 'upheld') {
    const { decisionId, at, index } = await supersedeDecision(ctx, {
      old: view,
      type: 'review-upheld',
      facts: corrected.facts,
      assessed: corrected.assessed,
      effect,
      sealed,
      check,
      write: close,
    });
    return { at, index, newDecisionId: decisionId };
  }
  const { at, index } = await recordCaseEvent(ctx, {
    authorityId,
    caseId: review.case_id,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'review-rejected',
    facts: sealed,
    async check(tx) {
      assertInForce(
        await tx.lookup('decisions', { authority_id: authorityId, decision_id: review.decision_id }),
      );
      await check(tx);
    },
    write: (tx, _index, when) => close(tx, null, when),
  });
  return { at, index, newDecisionId: undefined };
}

function assertGivenTo(review: ReviewRow, staffId: string): void {
  if (review.status === 'assigned' && review.assigned_to === staffId) return;
  throw new PlatformError('forbidden', 'This request for review was not given to you.', {
    where: 'assigned_to',
    mend: 'A supervisor gives requests to reviewers.',
  });
}

function answeredBefore(): PlatformError {
  return new PlatformError('conflict', 'This request for review has its answer.', {
    where: 'answered',
    mend: 'Open it again to read the answer.',
  });
}

import { type HandedFile, handedFiles } from '../attachments/index.ts';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import type { Lang } from '../web/index.ts';
import { type ReviewClock, reviewClock } from './clock.ts';
import type { Corrections } from './corrections.ts';
import { type AskedDocuments, documentsOf } from './documents.ts';
import type { ReviewRow } from './find.ts';
import { DECIDERS, type Kind } from './kinds.ts';
import { type Qualification, qualificationsOf } from './qualify.ts';
import type { Ground } from './request.ts';
import type { ReviewOutcome, ReviewStatus, ReviewTables } from './tables.ts';

/** What was asked, as it was sealed. */
export interface Asked {
  readonly at: string;
  /** The entry in the log that acknowledges it. */
  readonly index: number;
  readonly ground: Ground;
  readonly text: string;
  readonly corrections: Corrections;
  readonly contact: string | undefined;
  readonly filedBy: {
    readonly kind: 'person' | 'representative' | 'counter' | 'collective';
    readonly representative?: string;
    readonly staff?: string;
    readonly collective?: string;
  };
}

/** The one extension, as it was sealed. */
export interface Extension {
  readonly at: string;
  readonly ground: string;
  readonly because: { readonly text: string; readonly lang: Lang };
  /** The last day before and after. */
  readonly before: string;
  readonly due: string;
}

/** That the person does not agree with a qualification, as it was sealed. */
export interface Contest {
  readonly at: string;
  readonly kind: Kind;
  readonly wanted: Kind | undefined;
  readonly text: string;
}

/** The answer, as it was sealed. */
export interface Answered {
  readonly at: string;
  readonly index: number;
  readonly outcome: ReviewOutcome;
  readonly reasons: {
    readonly text: string;
    readonly lang: Lang;
    readonly articles: readonly string[];
    readonly facts: readonly string[];
  };
  readonly decidedBy: {
    readonly staff: string;
    readonly name: string;
    readonly delegation: { readonly instrument: string; readonly from: string; readonly to: string };
  };
  /** The decision that took the place of the one under review. */
  readonly newDecisionId: string | undefined;
}

/** One request for review with everything that became of it. */
export interface Review {
  readonly reviewId: string;
  readonly authorityId: string;
  readonly caseId: string;
  readonly systemId: string;
  /** The decision under review. */
  readonly decisionId: string;
  readonly status: ReviewStatus;
  readonly asked: Asked;
  /** What the desk said the request is, oldest first. */
  readonly qualifications: readonly Qualification[];
  readonly contests: readonly Contest[];
  /** The last qualification is contested and nobody has looked at it again. */
  readonly contested: boolean;
  readonly documents: AskedDocuments | undefined;
  /** Files handed in with it, among them those that were taken back. */
  readonly files: readonly HandedFile[];
  /** What was said of files that nobody had asked for. */
  readonly added: readonly { readonly at: string; readonly text: string }[];
  readonly extension: Extension | undefined;
  readonly assigned: { readonly to: string; readonly at: string } | undefined;
  readonly answered: Answered | undefined;
  readonly clock: ReviewClock;
}

/** Every request for review of a case, newest first. Throws `erased`, `altered-record`. */
export async function reviewsOfCase(ctx: Context, authorityId: string, caseId: string): Promise<Review[]> {
  const rows = await typed<ReviewTables>(ctx.store.read)
    .selectFrom('reviews')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .orderBy('requested_at', 'desc')
    .orderBy('review_id')
    .execute();
  if (rows.length === 0) return [];
  const life = await caseLife(ctx, authorityId, caseId);
  const now = ctx.clock.now();
  return rows.map((row) => reviewOf(row, life, now));
}

/**
 * One request out of its row and the life of its case. The life may have been read a moment later than the row: what
 * it says counts. Throws `altered-record` when the row claims what was never sealed.
 */
export function reviewOf(row: ReviewRow, life: readonly CaseEvent[], now: Temporal.Instant): Review {
  const own = life.filter((e) => e.facts.review === row.review_id);
  const request = own.find((e) => e.type === 'review-requested');
  const qualifications = qualificationsOf(own, row.review_id);
  const contests = own.filter((e) => e.type === 'qualification-contested').map(contestOf);
  const given = own.findLast((e) => e.type === 'review-assigned');
  const dropped = own.findLast(dropsAssignment);
  const held =
    given !== undefined && (dropped === undefined || dropped.index < given.index) ? given : undefined;
  const documents = documentsOf(own, row.review_id);
  const extended = own.find((e) => e.type === 'review-extended');
  const answer = own.find((e) => e.type === 'review-upheld' || e.type === 'review-rejected');
  const claimed = row.status === 'decided' ? row.outcome : undefined;
  const sealed = answer && outcomeOf(answer);
  if (
    request === undefined ||
    (claimed !== undefined && claimed !== sealed) ||
    (row.status === 'assigned' && given === undefined) ||
    (row.kind !== null && !qualifications.some(({ kind }) => kind === row.kind)) ||
    (row.asked_at !== null && documents === undefined) ||
    (row.extension !== null && row.extension !== extended?.facts.ground)
  ) {
    throw altered(row.review_id);
  }
  const extension = extended && extensionOf(extended);
  const last = qualifications.at(-1);
  const clocked = {
    ...row,
    kind: last?.kind ?? null,
    requested_at: request.at,
    decided_at: answer?.at ?? null,
    asked_at: documents?.at ?? null,
    brought_at: documents?.brought?.at ?? null,
    extension: extension?.ground ?? null,
    extended_at: extension?.at ?? null,
  };
  return {
    reviewId: row.review_id,
    authorityId: row.authority_id,
    caseId: row.case_id,
    systemId: row.system_id,
    decisionId: row.decision_id,
    status: answer !== undefined ? 'decided' : held !== undefined ? 'assigned' : 'open',
    asked: askedOf(request),
    qualifications,
    contests,
    contested: own.findLast((e) => QUALIFIES.has(e.type))?.type === 'qualification-contested',
    documents,
    files: handedFiles(own),
    added: own
      .filter((e) => e.type === 'files-added')
      .map(({ at, facts }) => ({ at, text: facts.text as string })),
    extension,
    assigned: held && { to: held.facts.assigned_to as string, at: held.at },
    answered: answer && answeredOf(answer),
    clock: reviewClock(clocked, now, life),
  };
}

const QUALIFIES: ReadonlySet<CaseEvent['type']> = new Set(['request-qualified', 'qualification-contested']);

/** A qualification under which another kind of person decides takes the request back. */
function dropsAssignment({ type, facts }: CaseEvent): boolean {
  if (type !== 'request-qualified') return false;
  const before = facts.before as Kind | null;
  return before === null || DECIDERS[before] !== DECIDERS[facts.kind as Kind];
}

function contestOf({ at, facts }: CaseEvent): Contest {
  return {
    at,
    kind: facts.kind as Kind,
    wanted: (facts.wanted as Kind | null) ?? undefined,
    text: facts.text as string,
  };
}

function extensionOf({ at, facts }: CaseEvent): Extension {
  return { at, ...(facts as unknown as Omit<Extension, 'at'>) };
}

function askedOf({ facts, at, index }: CaseEvent): Asked {
  return {
    at,
    index,
    ground: facts.ground as Ground,
    text: facts.text as string,
    corrections: facts.corrections as Corrections,
    contact: (facts.contact as string | null) ?? undefined,
    filedBy: facts.filed_by as Asked['filedBy'],
  };
}

const outcomeOf = (answer: CaseEvent): ReviewOutcome =>
  answer.type === 'review-upheld' ? 'upheld' : 'rejected';

function answeredOf(answer: CaseEvent): Answered {
  const { facts, at, index } = answer;
  return {
    at,
    index,
    outcome: outcomeOf(answer),
    reasons: facts.reasons as unknown as Answered['reasons'],
    decidedBy: facts.decided_by as unknown as Answered['decidedBy'],
    newDecisionId: answer.type === 'review-upheld' ? answer.decisionId : undefined,
  };
}

function altered(reviewId: string): PlatformError {
  return new PlatformError(
    'altered-record',
    `The stored row of review ${reviewId} differs from what was sealed.`,
    {
      where: `reviews/${reviewId}`,
      mend: 'Do not rely on it. Compare the store with the log and restore the row from a backup.',
    },
  );
}

import { assertStillAllowed, type Permission } from '../access/index.ts';
import { filesFact, handIn } from '../attachments/index.ts';
import { type CaseEvent, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import type { Lang } from '../web/index.ts';
import type { Chosen } from './files.ts';
import { findReview, reviewRow } from './find.ts';
import { DECIDERS, type Kind } from './kinds.ts';
import { answered, assertQualified, checkedWords, moved } from './qualify.ts';
import type { ReviewTables } from './tables.ts';

/** Kinds of document that may be asked for; what exactly is said in words beside them. */
export const DOCUMENT_KINDS = [
  'civil-status',
  'income',
  'housing',
  'schooling',
  'health',
  'vehicle',
  'mandate',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export interface DocumentsRequest {
  readonly authorityId: string;
  readonly reviewId: string;
  readonly documents: readonly DocumentKind[];
  /** What exactly, and why, in words that the person reads. */
  readonly text: string;
  readonly lang: Lang;
  /** Staff id of who has the request. */
  readonly staffId: string;
}

/** The documents asked for and what became of it, as sealed. */
export interface AskedDocuments {
  readonly at: string;
  readonly documents: readonly DocumentKind[];
  readonly text: string;
  readonly lang: Lang;
  readonly brought: { readonly at: string; readonly text: string; readonly atCounter: boolean } | undefined;
}

export function documentsOf(life: readonly CaseEvent[], reviewId: string): AskedDocuments | undefined {
  const own = life.filter((e) => e.facts.review === reviewId);
  const asked = own.find((e) => e.type === 'documents-requested');
  if (asked === undefined) return undefined;
  const brought = own.find((e) => e.type === 'documents-brought');
  const words = asked.facts.words as { text: string; lang: Lang };
  return {
    at: asked.at,
    documents: asked.facts.documents as readonly DocumentKind[],
    ...words,
    brought: brought && {
      at: brought.at,
      text: brought.facts.text as string,
      atCounter: brought.facts.by !== null,
    },
  };
}

/** The permission by which somebody decides requests of a kind. */
export function decidingPermission(kind: Kind): Permission {
  return DECIDERS[kind] === 'superior' ? 'appeal.decide' : 'review.decide';
}

/**
 * Asks the person for every missing document, all at once: there is no second time, whoever asks, also after the request
 * was given to somebody else (law 55-19, art. 10, kept here for every request). The clock runs on unless the rule that
 * holds says that it stops.
 *
 * Throws `not-found`, `conflict` (`where` `documents`: asked for already; answered; not qualified), `forbidden` (given to
 * somebody else), `invalid-request`.
 */
export async function askForDocuments(ctx: Context, asked: DocumentsRequest): Promise<RecordedEvent> {
  const { authorityId, reviewId, staffId, lang } = asked;
  const text = checkedWords(asked.text, 'text');
  const documents = DOCUMENT_KINDS.filter((kind) => asked.documents.includes(kind));
  if (documents.length === 0 || documents.length !== new Set(asked.documents).size) {
    throw new PlatformError('invalid-request', 'No document is named.', {
      where: 'documents',
      mend: `Choose among ${DOCUMENT_KINDS.join(', ')}.`,
    });
  }
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.status === 'decided') throw answered();
  if (review.asked_at !== null) throw askedBefore();
  const kind = assertQualified(review);
  if (review.assigned_to !== staffId) {
    throw new PlatformError('forbidden', 'This request was not given to you.', { where: 'assigned_to' });
  }
  return recordCaseEvent(ctx, {
    authorityId,
    caseId: review.case_id,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'documents-requested',
    facts: { review: reviewId, documents, words: { text, lang }, by: { staff: staffId } },
    async check(tx) {
      if ((await reviewRow(tx.db, authorityId, reviewId))?.asked_at !== null) throw askedBefore();
      await assertStillAllowed(tx, authorityId, staffId, decidingPermission(kind));
    },
    async write(tx, _index, at) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({ asked_at: at })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '=', 'assigned')
        .where('assigned_to', '=', staffId)
        .where('asked_at', 'is', null)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
    },
  });
}

export interface DocumentsBrought {
  readonly authorityId: string;
  readonly caseId: string;
  readonly reviewId: string;
  /** What the person brings or says instead, in words. */
  readonly text: string;
  /** The agent at the counter who took them in; left out when the person answers online. */
  readonly staffId?: string | undefined;
  /** The documents themselves, where they are files; then the words may be empty. */
  readonly files?: Chosen | undefined;
}

/** The person brings what was asked for, or says why not. Throws `not-found`, `conflict`, `forbidden`, `invalid-request`. */
export async function bringDocuments(ctx: Context, brought: DocumentsBrought): Promise<RecordedEvent> {
  const { authorityId, caseId, reviewId, staffId, files } = brought;
  const text =
    (files?.files.length ?? 0) > 0 && brought.text.trim() === '' ? '' : checkedWords(brought.text, 'text');
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.case_id !== caseId)
    throw new PlatformError('not-found', 'There is no such request in this case.');
  if (review.status === 'decided') throw answered();
  if (review.asked_at === null || review.brought_at !== null) {
    throw new PlatformError('conflict', 'No document is waited for.', { where: 'documents' });
  }
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'documents-brought',
    facts: {
      review: reviewId,
      text,
      by: staffId === undefined ? null : { staff: staffId },
      ...filesFact(files?.files ?? []),
    },
    async check(tx) {
      if (staffId !== undefined) await assertStillAllowed(tx, authorityId, staffId, 'counter.assist');
    },
    async write(tx, _index, at) {
      const swapped = await typed<ReviewTables>(tx.db)
        .updateTable('reviews')
        .set({ brought_at: at })
        .where('authority_id', '=', authorityId)
        .where('review_id', '=', reviewId)
        .where('status', '!=', 'decided')
        .where('asked_at', 'is not', null)
        .where('brought_at', 'is', null)
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw moved();
      if (files) await handIn(tx, { authorityId, caseId, holder: files.holder }, reviewId, files.files);
    },
  });
}

function askedBefore(): PlatformError {
  return new PlatformError('conflict', 'Documents were asked for already; they are asked for once.', {
    where: 'documents',
    mend: 'Decide with what the file holds.',
  });
}

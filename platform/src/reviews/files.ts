import { assertStillAllowed } from '../access/index.ts';
import {
  destroyFiles,
  type FileFacts,
  filesFact,
  findFile,
  type Holder,
  handedFiles,
  handIn,
  markWithdrawn,
} from '../attachments/index.ts';
import { caseLife, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Transaction } from '../store/index.ts';
import { findReview, type ReviewRow, reviewRow } from './find.ts';
import { answered, BECAUSE_MOST } from './qualify.ts';

/** Files that somebody has chosen, to be handed in with what they send. */
export interface Chosen {
  readonly holder: Holder['holder'];
  readonly files: readonly FileFacts[];
}

interface OfRequest {
  readonly authorityId: string;
  readonly caseId: string;
  readonly reviewId: string;
  /** The agent at the counter; left out when the person acts online. */
  readonly staffId?: string | undefined;
}

export interface AddedFiles extends OfRequest {
  /** What they show; may be empty. */
  readonly text: string;
  readonly files: Chosen;
}

/**
 * Adds files to a request that waits for its answer, though nobody asked for them. The clock runs on.
 *
 * Throws `not-found`, `conflict` (answered; a chosen file is gone), `invalid-request` (no file, or too many words), `forbidden`.
 */
export async function addFiles(ctx: Context, added: AddedFiles): Promise<RecordedEvent> {
  const { authorityId, caseId, reviewId, staffId, files } = added;
  const text = added.text.normalize('NFC').trim();
  if (text.length > BECAUSE_MOST) {
    throw new PlatformError('invalid-request', 'The text is too long.', { where: 'text' });
  }
  if (files.files.length === 0) {
    throw new PlatformError('invalid-request', 'No file was chosen.', { where: 'files' });
  }
  const review = await openReviewOf(ctx, added);
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'files-added',
    facts: { review: reviewId, text, by: byFact(staffId), ...filesFact(files.files) },
    check: (tx) => mayStill(tx, added),
    write: (tx) => handIn(tx, { authorityId, caseId, holder: files.holder }, reviewId, files.files),
  });
}

/**
 * Takes a file back, as long as its request has no answer: a wrong paper, or one of somebody else's, is nobody's to keep. Its
 * content is destroyed; what the log says, that a file of this hash was handed in and taken back, stays. After the answer the file
 * stays too: it may be what the answer rests on, and the court must find it.
 *
 * Throws `not-found`, `conflict` (answered), `forbidden`; `store-unavailable` when it was taken back and its bytes are not gone yet:
 * they go within the hour.
 */
export async function withdrawFile(
  ctx: Context,
  taken: OfRequest & { readonly file: string },
): Promise<void> {
  const { authorityId, caseId, reviewId, staffId } = taken;
  const review = await openReviewOf(ctx, taken);
  const handed = handedFiles(await caseLife(ctx, authorityId, caseId));
  const { file, sha256 } = findFile(
    handed.filter((one) => one.reviewId === reviewId),
    taken.file,
  );
  await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: review.system_id,
    decisionId: review.decision_id,
    type: 'file-withdrawn',
    facts: { review: reviewId, file, sha256, by: byFact(staffId) },
    check: (tx) => mayStill(tx, taken),
    async write(tx) {
      if (await markWithdrawn(tx, authorityId, file)) return;
      throw new PlatformError('conflict', 'This file was taken back already.', { where: file });
    },
  });
  await destroyFiles(ctx, authorityId, [file]);
}

const byFact = (staffId: string | undefined) => (staffId === undefined ? null : { staff: staffId });

async function openReviewOf(ctx: Context, { authorityId, caseId, reviewId }: OfRequest): Promise<ReviewRow> {
  const review = await findReview(ctx, authorityId, reviewId);
  if (review.case_id !== caseId) {
    throw new PlatformError('not-found', 'There is no such request in this case.');
  }
  if (review.status === 'decided') throw answered();
  return review;
}

async function mayStill(tx: Transaction, { authorityId, reviewId, staffId }: OfRequest): Promise<void> {
  if ((await reviewRow(tx.db, authorityId, reviewId))?.status === 'decided') throw answered();
  if (staffId !== undefined) await assertStillAllowed(tx, authorityId, staffId, 'counter.assist');
}

import { createHash, randomBytes } from 'node:crypto';
import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed } from '../access/index.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { isPlainText, type Localized } from '../register/record.ts';
import { type Transaction, typed } from '../store/index.ts';
import { destroyKey } from '../vault/forget.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import { type Hand, parseText, settleHold, takesComments } from './consult.ts';
import { personalIn } from './personal.ts';
import { countComments, GROUNDS, type Ground, readConsultation, sealContext } from './read.ts';
import type { ConsultationTables } from './tables.ts';

/** Length of one comment, in UTF-16 code units. */
export const COMMENT_LEAST = 10;
export const COMMENT_MOST = 3_000;
/** Comments that wait to be read, over all of a consultation: beyond it nobody could read them. */
export const WAITING_MOST = 2_000;

/**
 * Takes a comment from anybody; it waits, sealed under a key of its own, until somebody has read it. Nothing about its author is kept. Throws
 * `not-found`, `conflict` when comments are no longer taken, `invalid-request` (length, or what looks like personal
 * data), `rate-limited` when too many wait.
 */
export async function submitComment(
  ctx: Context,
  { authorityId, consultationId, text }: { authorityId: string; consultationId: string; text: string },
): Promise<void> {
  const words = parseComment(text);
  const now = ctx.clock.now();
  const commentId = newId('com');
  await ctx.store.transact(async (tx) => {
    const consultation = await readConsultation(tx.db, authorityId, consultationId);
    if (!takesComments(consultation, now))
      throw new PlatformError('conflict', 'This consultation takes no more comments.');
    if ((await countComments(tx.db, consultation)).waiting >= WAITING_MOST) {
      throw new PlatformError('rate-limited', 'Too many comments wait to be read.', {
        mend: 'Come back tomorrow.',
        retryAfter: 86_400,
      });
    }
    const key = ctx.vault.newKey(authorityId, commentId);
    ctx.vault.flush();
    tx.append('consultation_comments', {
      authority_id: authorityId,
      comment_id: commentId,
      consultation_id: consultationId,
      status: 'waiting',
      received_at: stamp(now),
      sealed: sealBytes(key, sealContext(authorityId, commentId), words),
      text: null,
      nonce: null,
      ground: null,
      moderated_at: null,
      moderated_by: null,
      answer: null,
      answered_at: null,
      answered_by: null,
      withdrawn_at: null,
      withdrawn_by: null,
      withdrawn_because: null,
      log_index: null,
    });
  });
}

function parseComment(text: string): string {
  const words = text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  const fault = (what: string, mend: string) =>
    new PlatformError('invalid-request', what, { where: 'text', mend });
  if (words.length < COMMENT_LEAST || words.length > COMMENT_MOST)
    throw fault(
      'The comment is too short or too long.',
      `Write ${COMMENT_LEAST} to ${COMMENT_MOST} characters.`,
    );
  if (!isPlainText(words))
    throw fault('The comment holds characters that are not text.', 'Write plain text.');
  const personal = personalIn(words);
  if (personal !== undefined) {
    throw new PlatformError('invalid-request', 'The comment seems to hold personal data.', {
      where: 'personal',
      mend: `Take out what looks like: ${personal}.`,
    });
  }
  return words;
}

/** What the log knows of a published comment: a digest that says nothing once its nonce is erased. */
export const commentDigest = (nonce: string, text: string): string =>
  createHash('sha256')
    .update('taalil/comment/v1\0')
    .update(Buffer.from(nonce, 'base64'))
    .update(text)
    .digest('hex');

export interface Moderated extends Hand {
  readonly commentId: string;
}

/** Publishes a comment as it stands. Throws `not-found`, `forbidden`, `conflict` when it was read before. */
export async function publishComment(ctx: Context, { authorityId, commentId, by }: Moderated): Promise<void> {
  const { row, text } = await waitingComment(ctx, authorityId, commentId);
  const nonce = randomBytes(32).toString('base64');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'comment-published',
    facts: { consultation: row.consultation_id, comment: commentId, digest: commentDigest(nonce, text), by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'consultation.run'),
    write: (tx, index, at) =>
      moderate(tx, row, {
        status: 'published',
        text,
        nonce,
        moderated_at: at,
        moderated_by: by,
        log_index: index,
      }),
  });
  destroyKey(ctx.vault, authorityId, commentId);
}

/** Refuses a comment and erases its words; the ground is counted in public. Throws as `publishComment`. */
export async function refuseComment(
  ctx: Context,
  { authorityId, commentId, by, ground }: Moderated & { ground: Ground },
): Promise<void> {
  if (!GROUNDS.includes(ground))
    throw new PlatformError('invalid-request', 'There is no such ground.', { where: 'ground' });
  const { row } = await waitingComment(ctx, authorityId, commentId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'comment-refused',
    facts: { consultation: row.consultation_id, comment: commentId, ground, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'consultation.run'),
    write: (tx, index, at) =>
      moderate(tx, row, { status: 'refused', ground, moderated_at: at, moderated_by: by, log_index: index }),
  });
  destroyKey(ctx.vault, authorityId, commentId);
}

type CommentRow = ConsultationTables['consultation_comments'];

async function waitingComment(ctx: Context, authorityId: string, commentId: string) {
  const row = await commentRow(ctx.store.read, authorityId, commentId);
  if (row.status !== 'waiting' || row.sealed === null) throw readBefore();
  const text = openBytes(
    ctx.vault.caseKey(authorityId, commentId),
    sealContext(authorityId, commentId),
    row.sealed,
  );
  return { row, text: text.toString() };
}

/** A comment as it is stored. Throws `not-found`. */
export async function commentRow(
  db: Transaction['db'],
  authorityId: string,
  commentId: string,
): Promise<CommentRow> {
  const row = await typed<ConsultationTables>(db)
    .selectFrom('consultation_comments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('comment_id', '=', commentId)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', 'There is no such comment.');
  return row;
}

export const readBefore = () =>
  new PlatformError('conflict', 'Somebody has dealt with this comment already.', {
    mend: 'Open the consultation again.',
  });

async function moderate(tx: Transaction, row: CommentRow, set: Partial<CommentRow>): Promise<void> {
  const done = await typed<ConsultationTables>(tx.db)
    .updateTable('consultation_comments')
    .set({ ...set, sealed: null })
    .where('authority_id', '=', row.authority_id)
    .where('comment_id', '=', row.comment_id)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) throw readBefore();
  await settleHold(tx, row.authority_id, row.consultation_id);
}

/** Answers a published comment, in public. Throws `not-found`, `forbidden`, `conflict`, `invalid-request`. */
export async function answerComment(
  ctx: Context,
  { authorityId, commentId, by, answer: given }: Moderated & { answer: Localized },
): Promise<void> {
  const answer = parseText(given, 'answer');
  const row = await commentRow(ctx.store.read, authorityId, commentId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'comment-answered',
    facts: { consultation: row.consultation_id, comment: commentId, answer: answer as JsonValue, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'consultation.run'),
    async write(tx, _index, at) {
      const done = await typed<ConsultationTables>(tx.db)
        .updateTable('consultation_comments')
        .set({ answer: JSON.stringify(answer), answered_at: at, answered_by: by })
        .where('authority_id', '=', authorityId)
        .where('comment_id', '=', commentId)
        .where('status', '=', 'published')
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n) throw readBefore();
      await settleHold(tx, authorityId, row.consultation_id);
    },
  });
}

import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import type { Localized } from '../register/record.ts';
import { typed } from '../store/index.ts';
import { commentRow, type Moderated, readBefore } from './comments.ts';
import { parseText, settleHold } from './consult.ts';
import { personalIn } from './personal.ts';
import type { ConsultationTables } from './tables.ts';

/**
 * Withdraws a published comment in which personal data was found: its words and the nonce of its digest are erased, its place stays,
 * and everybody reads that it was withdrawn and why. An answer given before stays. The digest in the log stays and says nothing any
 * more. Throws `not-found`, `forbidden`, `conflict` where it is not published, `invalid-request` for a reason that is missing or
 * seems to hold personal data itself.
 */
export async function withdrawComment(
  ctx: Context,
  { authorityId, commentId, by, because: given }: Moderated & { because: Localized },
): Promise<void> {
  const because = parseText(given, 'because');
  const personal = Object.values(because).map(personalIn).find(Boolean);
  if (personal !== undefined) {
    throw new PlatformError('invalid-request', 'The reason itself seems to hold personal data.', {
      where: 'because',
      mend: `It is published: take out what looks like: ${personal}.`,
    });
  }
  const { consultation_id: consultationId } = await commentRow(ctx.store.read, authorityId, commentId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'comment-withdrawn',
    facts: {
      consultation: consultationId,
      comment: commentId,
      ground: 'personal-data',
      because: because as JsonValue,
      by,
    },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'comment.withdraw'),
    async write(tx, _index, at) {
      const done = await typed<ConsultationTables>(tx.db)
        .updateTable('consultation_comments')
        .set({
          status: 'withdrawn',
          text: null,
          nonce: null,
          withdrawn_at: at,
          withdrawn_by: by,
          withdrawn_because: JSON.stringify(because),
        })
        .where('authority_id', '=', authorityId)
        .where('comment_id', '=', commentId)
        .where('status', '=', 'published')
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n) throw readBefore();
      // One that waited for its answer waits no more.
      await settleHold(tx, authorityId, consultationId);
    },
  });
}

import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import { commentDigest } from './comments.ts';
import type { ConsultationTables } from './tables.ts';

type CommentRow = ConsultationTables['consultation_comments'];

/** Compares consultations and the comments that somebody has read with the journal, published words with their digest. */
export async function checkConsultations(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const { consultations, comments, digests } = told(facts);
  const db = typed<ConsultationTables>(store.read);
  const rows = await db
    .selectFrom('consultations')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const byId = new Map(rows.map((row) => [row.consultation_id, row]));
  compareRows(`consultations/${authorityId}`, byId, consultations, findings, ['question']);
  const all = await db
    .selectFrom('consultation_comments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  // The log knows of a comment once somebody has read it.
  const read = all.filter((row) => row.status !== 'waiting' || comments.has(row.comment_id));
  const where = `consultation_comments/${authorityId}`;
  const stored = new Map(read.map((row) => [row.comment_id, row]));
  compareRows(where, stored, comments, findings, ['answer', 'withdrawn_because']);
  for (const row of read) {
    const digest = digests.get(row.comment_id);
    if (digest === undefined || digestOf(row) === digest) continue;
    findings.add(`${where}/${row.comment_id}`, 'Its words are not the published ones.');
  }
}

const digestOf = ({ nonce, text }: CommentRow) =>
  nonce === null || text === null ? undefined : commentDigest(nonce, text);

function told(facts: readonly JournalFact[]) {
  const consultations = new Map<string, ToldRow>();
  const comments = new Map<string, ToldRow>();
  const digests = new Map<string, string>();
  for (const { index, type, at, facts: f } of facts) {
    const consultation = String(f.consultation);
    const comment = String(f.comment);
    const by = String(f.by);
    const moderated = { consultation_id: consultation, moderated_at: at, moderated_by: by, log_index: index };
    const unanswered = { answer: null, answered_at: null, withdrawn_at: null, withdrawn_because: null };
    if (type === 'consultation-opened') {
      consultations.set(consultation, {
        system_id: String(f.system),
        version: Number(f.version),
        status: 'open',
        question: JSON.stringify(f.question),
        opened_at: at,
        opened_by: by,
        closes_on: String(f.closes_on),
        closed_at: null,
        log_index: index,
      });
    } else if (type === 'consultation-closed') {
      consultations.set(consultation, {
        ...consultations.get(consultation),
        status: 'closed',
        closed_at: at,
      });
    } else if (type === 'comment-published') {
      comments.set(comment, { ...moderated, status: 'published', ...unanswered });
      digests.set(comment, String(f.digest));
    } else if (type === 'comment-refused') {
      const ground = String(f.ground);
      comments.set(comment, { ...moderated, status: 'refused', ground, text: null, ...unanswered });
    } else if (type === 'comment-answered') {
      const answer = JSON.stringify(f.answer);
      comments.set(comment, { ...comments.get(comment), answer, answered_at: at, answered_by: by });
    } else if (type === 'comment-withdrawn') {
      const because = JSON.stringify(f.because);
      comments.set(comment, {
        ...comments.get(comment),
        status: 'withdrawn',
        text: null,
        nonce: null,
        withdrawn_at: at,
        withdrawn_by: by,
        withdrawn_because: because,
      });
      digests.delete(comment);
    }
  }
  return { consultations, comments, digests };
}

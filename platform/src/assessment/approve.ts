import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed } from '../access/index.ts';
import { stamp } from '../clock.ts';
import { bind } from '../conformity/binding.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import { competence } from '../training/index.ts';
import { moved, update } from './answering.ts';
import {
  type AssessmentView,
  assessmentRow,
  authorsOf,
  plainAnswers,
  readAssessment,
  viewOf,
} from './read.ts';
import type { AssessmentTables } from './tables.ts';

/** What of an assessment's result is sealed; decimals as strings. */
export interface SealedResult {
  readonly level: number;
  readonly points: string;
  readonly of: number;
  readonly mitigated: boolean;
}

export function sealedResult({ result }: AssessmentView): SealedResult {
  const { level, points, of, mitigated } = result;
  return { level, points: String(points), of, mitigated };
}

export interface Approval {
  readonly authorityId: string;
  readonly assessmentId: string;
  /** Staff id: none of the authors, with a delegation to approve assessments of this system. */
  readonly by: string;
  /** The revision that was read, where it matters: another one is refused. */
  readonly seen?: number;
}

/**
 * Approves a submitted assessment: answers and level are sealed in the log and published with the system's record, and
 * the level binds its safeguards from this commit on. Competence, independence and completeness are asked inside the
 * sealing transaction.
 *
 * Throws `not-found`, `conflict`, `forbidden`, `not-independent` (an author), `not-competent`, `invalid-request`.
 */
export async function approveAssessment(ctx: Context, approval: Approval): Promise<{ level: number }> {
  const { authorityId, assessmentId, by } = approval;
  const view = await readAssessment(ctx, authorityId, assessmentId);
  if (approval.seen !== undefined && approval.seen !== view.revision) throw moved();
  const now = stamp(ctx.clock.now());
  const delegation = await mayApprove(committed(ctx.store), view, by, now);
  const result = sealedResult(view);
  const { systemId, instrument } = view;
  const answers = plainAnswers(view.answers);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'assessment-approved',
    facts: {
      system: systemId,
      assessment: assessmentId,
      pack: instrument.pack.id,
      rule: instrument.rule,
      result: { ...result },
      answers: answers as JsonValue,
      by,
      delegation: { ...delegation } as unknown as JsonValue,
    },
    async check(tx) {
      const still = await viewOf(tx.db, await assessmentRow(tx.db, authorityId, assessmentId));
      if (still.revision !== view.revision) throw moved();
      await mayApprove(tx, still, by, now);
    },
    async write(tx, index, at) {
      await update(tx, authorityId, assessmentId, {
        status: 'approved',
        approved_by: by,
        approved_at: at,
        result: JSON.stringify(result),
        log_index: index,
      });
      const level = await highestLevel(tx, authorityId, systemId);
      await bind(tx, { authorityId, systemId }, index, at, { level });
    },
  });
  return { level: result.level };
}

async function mayApprove(tx: Transaction, view: AssessmentView, by: string, at: string) {
  const { authorityId, systemId } = view;
  await assertStillAllowed(tx, authorityId, by, 'assessment.approve');
  if (view.status !== 'submitted') throw moved();
  if (authorsOf(view).has(by)) {
    throw new PlatformError('not-independent', 'An author of the assessment does not approve it.', {
      mend: 'Ask another person who holds the delegation to approve assessments.',
    });
  }
  if (!view.result.complete) {
    throw new PlatformError('invalid-request', 'Questions that count are still unanswered.', {
      mend: 'Send it back to its authors.',
    });
  }
  return competence(tx, { authorityId, staffId: by, act: 'approve-assessment', systemId, at });
}

/** Over the questionnaires that a system was assessed with, each as approved last: the highest level. */
async function highestLevel(tx: Transaction, authorityId: string, systemId: string): Promise<number> {
  const rows = await typed<AssessmentTables>(tx.db)
    .selectFrom('assessments')
    .select(['rule', 'result', 'log_index'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('status', '=', 'approved')
    .orderBy('log_index')
    .execute();
  const last = new Map(rows.map((row) => [row.rule, JSON.parse(row.result ?? '{}') as SealedResult]));
  return Math.max(...[...last.values()].map(({ level }) => level));
}

import { logAccess } from '../access/index.ts';
import type { Context } from '../context.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { findExercise, openExercise } from '../primacy/index.ts';
import { openAtDesk } from './openings.ts';

export interface ReadingOf {
  readonly authorityId: string;
  readonly decisionId: string;
  readonly staffId: string;
}

/**
 * Opens a proposal, waiting or decided, for somebody at the desk. Resolves when the reading is in the access log and,
 * while it waits, the opening is recorded: show it only then. Throws `not-found` for anything that was never a
 * proposal, `erased`, `altered-record`.
 */
export async function openProposal(ctx: Context, of: ReadingOf): Promise<DecisionView> {
  const { authorityId, decisionId, staffId } = of;
  const exercise = await findExercise(ctx, authorityId, decisionId, staffId);
  if (exercise !== undefined) {
    await openExercise(ctx, exercise);
    return exercise.view;
  }
  const view = await readDecision(ctx, authorityId, decisionId);
  if (view.made.type !== 'decision-proposed') {
    throw new PlatformError('not-found', 'This decision was no proposal for a person.', {
      mend: 'The desk shows what waits for a person, and what a person decided here.',
    });
  }
  await Promise.all([
    logAccess(ctx, {
      authorityId,
      actor: staffId,
      action: 'case.read',
      caseId: view.row.case_id,
      purpose: 'desk',
    }),
    view.settled === undefined ? openAtDesk(ctx, of) : undefined,
  ]);
  return view;
}

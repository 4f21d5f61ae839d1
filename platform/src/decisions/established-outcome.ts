import { caseLife, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Effect } from './tables.ts';
import { findDecisionRow } from './view.ts';

/** Why the truth of a case was looked for: what it can say about cases never looked at depends on it. */
export const SOUGHT = ['decision', 'random', 'other'] as const;
export type Sought = (typeof SOUGHT)[number];

/** What the facts turned out to be, once an inspection, an inquiry or a court had looked. */
export interface EstablishedOutcome {
  /** The effect that the facts, as established, call for. */
  readonly outcome: Effect;
  /** `decision`: because of the decision; `random`: drawn at random whatever the decision was. */
  readonly sought: Sought;
}

export interface NewEstablishedOutcome extends EstablishedOutcome {
  readonly authorityId: string;
  readonly decisionId: string;
}

/**
 * Seals in the life of a case what its facts turned out to be. It changes no decision: it is what audits hold decisions
 * against. Telling the same again changes nothing (`unchanged`); telling something else corrects it, and both stand in
 * the case's life. Throws `not-found`, `erased`.
 */
export async function establishOutcome(
  ctx: Context,
  { authorityId, decisionId, outcome, sought }: NewEstablishedOutcome,
): Promise<'recorded' | 'unchanged'> {
  const row = await findDecisionRow(ctx, authorityId, decisionId);
  if (row === undefined) throw new PlatformError('not-found', 'There is no such decision in this authority.');
  const told = (await caseLife(ctx, authorityId, row.case_id)).findLast(
    ({ type }) => type === 'outcome-established',
  )?.facts;
  if (told?.outcome === outcome && told.sought === sought) return 'unchanged';
  await recordCaseEvent(ctx, {
    authorityId,
    caseId: row.case_id,
    systemId: row.system_id,
    decisionId,
    type: 'outcome-established',
    facts: { outcome, sought },
  });
  return 'recorded';
}

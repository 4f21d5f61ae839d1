import type { CaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import type { DecisionTables } from '../decisions/tables.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { type AuthorityProfile, authorities } from '../register/authorities.ts';
import type { SystemRecord } from '../register/record.ts';
import { typed } from '../store/index.ts';
import { openExplanation, openFacts, openRecord } from '../withholding/closure.ts';

/** A case as the person it is about sees it. */
export interface CitizenCase {
  readonly authorityId: string;
  readonly caseId: string;
  readonly authority: AuthorityProfile;
  /** The record of the system as it was when the present decision was made. */
  readonly record: SystemRecord;
  /** The decision in force, or the proposal that waits for a person. */
  readonly present: DecisionView;
  /** A proposal waits: its outcome is nobody's to see before a person has decided (I3). */
  readonly waiting: boolean;
  /** The present decision with what is withheld: for asking the model, never for showing. */
  readonly whole: DecisionView;
  /** Decisions that it replaced, newest first. */
  readonly earlier: readonly DecisionView[];
  /** The whole life of the case, oldest first. */
  readonly life: readonly CaseEvent[];
}

/** Reads a case with all its decisions. Throws `not-found`, `erased`, `altered-record`. */
export async function readCitizenCase(
  ctx: Context,
  authorityId: string,
  caseId: string,
): Promise<CitizenCase> {
  const rows = await typed<DecisionTables>(ctx.store.read)
    .selectFrom('decisions')
    .select(['decision_id', 'superseded_by'])
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .orderBy('created_at', 'desc')
    .execute();
  const read = await Promise.all(rows.map((row) => readDecision(ctx, authorityId, row.decision_id)));
  const whole = read.find((view) => view.row.superseded_by === null);
  const views = read.map(openView);
  const present = views.find((view) => view.row.superseded_by === null);
  const authority = authorities(ctx).get(authorityId);
  if (whole === undefined || present === undefined || authority === undefined)
    throw new PlatformError('not-found', 'There is no such case.');
  return {
    authorityId,
    caseId,
    authority,
    record: present.system.record,
    present,
    whole,
    waiting: present.row.status === 'awaiting-person',
    earlier: views.filter((view) => view !== present),
    life: present.life,
  };
}

/** A decision as its person may see it: facts, reasons and record without what is withheld. */
export function openView(view: DecisionView): DecisionView {
  const { withheld, system, facts, explanation } = view;
  if (withheld === undefined) return view;
  return {
    ...view,
    system: { ...system, record: openRecord(system.record, withheld) },
    facts: openFacts(facts, withheld),
    explanation: openExplanation(explanation, withheld),
  };
}

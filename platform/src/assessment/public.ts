import type { Context } from '../context.ts';
import { type AssessmentView, assessmentsOf, binding } from './read.ts';

/** The approved assessments of a system: what is published with its record. */
export async function publishedAssessments(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<readonly AssessmentView[]> {
  return binding(await assessmentsOf(ctx, authorityId, systemId));
}

/** One approved assessment as data: answers by question, without who gave them. */
export function assessmentJson(view: AssessmentView) {
  const { result } = view;
  return {
    assessment: view.assessmentId,
    pack: view.instrument.pack.id,
    rule: view.instrument.rule,
    approved_at: view.approvedAt ?? null,
    log_index: view.logIndex ?? null,
    level: result.level,
    points: String(result.points),
    of: result.of,
    mitigation: { ...result.mitigation, enough: result.mitigated },
    answers: Object.fromEntries([...view.answers].map(([id, { value }]) => [id, value])),
  };
}

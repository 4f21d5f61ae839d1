import { createHash } from 'node:crypto';
import { bundledPack, loadPack, maximum, questionnaireOf, visible } from '@taalil/norms';
import { openAssessment, saveAnswers, submitAssessment } from '../src/assessment/answering.ts';
import type { AnswerValue } from '../src/assessment/read.ts';
import type { Context } from '../src/context.ts';
import { publishVersion } from '../src/register/publish.ts';
import { grantDelegation } from '../src/training/index.ts';
import { modelFile } from '../worlds/soutien-menages/model.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import { AUTHORITY_A } from './make-platform.ts';
import { makeStaff } from './visitor.ts';

const ma = loadPack(bundledPack('ma'));
export const RULE = 'ma.policy.level';

/** Answers to every question of the Moroccan questionnaire, with the fewest or the most points of impact. */
export function allAnswers(how: 'fewest' | 'most'): Record<string, AnswerValue> {
  const questionnaire = questionnaireOf(ma, RULE);
  const answers: Record<string, AnswerValue> = {};
  for (const page of questionnaire.pages) {
    for (const question of page.questions) {
      const sorted = question.choices.toSorted((a, b) => a.points - b.points);
      const most = (page.scores === 'impact') === (how === 'most');
      const chosen = most ? sorted.at(-1) : sorted[0];
      if (question.type === 'text') answers[question.id] = 'Une aide mensuelle';
      else if (question.type === 'one' && chosen) answers[question.id] = chosen.id;
      else if (question.type === 'many')
        answers[question.id] = most && maximum(question) > 0 ? question.choices.map((c) => c.id) : [];
    }
  }
  const shown = visible(questionnaire, answers).questions;
  return Object.fromEntries(Object.entries(answers).filter(([id]) => shown.has(id)));
}

/** An author, and a supervisor who holds the delegation to approve. */
export async function assessors(ctx: Context, systemId: string) {
  const author = await makeStaff(ctx, AUTHORITY_A, ['registrar'], 'Amina Exemple');
  const approver = await makeStaff(ctx, AUTHORITY_A, ['supervisor'], 'Leila Exemple');
  await grantDelegation(ctx, {
    authorityId: AUTHORITY_A,
    staffId: approver,
    act: 'approve-assessment',
    scope: systemId,
    from: '2026-01-01',
    to: '2026-12-31',
    instrument: 'Décision n° 3/2026',
  });
  return { author, approver };
}

/** An assessment with every answer, handed over for approval. */
export async function submitted(
  ctx: Context,
  systemId: string,
  by: string,
  how: 'fewest' | 'most',
): Promise<string> {
  const hand = { authorityId: AUTHORITY_A, by };
  const { assessmentId } = await openAssessment(ctx, { ...hand, systemId, rule: RULE });
  await saveAnswers(ctx, { ...hand, assessmentId, answers: allAnswers(how), seen: 0 });
  await submitAssessment(ctx, { ...hand, assessmentId });
  return assessmentId;
}

/** A further system, declared at the lowest level. */
export async function publishLow(ctx: Context, systemId: string, norms: readonly string[]): Promise<void> {
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(ctx, AUTHORITY_A, systemId, { ...RECORD, norms, impactLevel: 1 }, { bytes, sha256 });
}

import { openAssessment, saveAnswers, submitAssessment } from '../../src/assessment/answering.ts';
import { approveAssessment } from '../../src/assessment/approve.ts';
import type { AnswerValue } from '../../src/assessment/read.ts';
import { answerApplicability } from '../../src/conformity/applicability.ts';
import { recordDocument } from '../../src/conformity/documents.ts';
import type { Context } from '../../src/context.ts';
import { takeDiagnosis, takeQuiz } from '../../src/training/attempts.ts';
import { courses, diagnosisFor } from '../../src/training/courses.ts';
import { grantCertificate, grantDelegation } from '../../src/training/index.ts';
import type { Random } from '../random.ts';
import { dateOf, WORLD_END, WORLD_START } from './calendar.ts';
import { AUTHORITY_ID, SYSTEM_ID } from './record.ts';
import { type Account, makePerson } from './staff.ts';

/** What the law asks of the system before it decides, and two people who may no longer sign. */
export interface LawPeople {
  readonly registrar: Account;
  readonly jurist: Account;
  /** Their certificate ended; theirs, the delegation of signature. */
  readonly lapsed: Account;
  readonly expired: Account;
}

const SYSTEM = { authorityId: AUTHORITY_ID, systemId: SYSTEM_ID };

/** The questionnaire as the agency answered it: level 3 of 4. */
const ANSWERS: Readonly<Record<string, AnswerValue>> = {
  decision: 'Attribuer ou refuser une aide mensuelle à un ménage qui la demande (programme inventé).',
  why: 'Avant, chaque commune classait les demandes à la main, selon des usages différents.',
  effect: 'living',
  reversible: 'effort',
  duration: 'months',
  people: 'thousands',
  vulnerable: 'mostly',
  role: 'proposes',
  inspection: 'no',
  data: 'sensitive',
  freshness: 'yes',
  explained: 'exact',
  'legal-basis': 'yes',
  'bias-audit': 'yes',
  'independent-review': 'yes',
  fallback: 'yes',
  counter: 'yes',
  tested: 'yes',
  correction: 'yes',
  'vulnerable-how':
    'Des ménages pauvres, des personnes âgées, des personnes qui ne lisent pas. Guichet, lecture à voix haute, demande orale.',
};

/** People of the law, with what they hold on the first day. */
export async function makeLawPeople(ctx: Context, random: Random): Promise<LawPeople> {
  const make = (account: string, name: string, role: Account['role']) =>
    makePerson(ctx, random, { account, name, role });
  const people = {
    registrar: await make('amina', 'Amina Exemple', 'registrar'),
    jurist: await make('hanane', 'Hanane Exemple', 'jurist'),
    lapsed: await make('youssef', 'Youssef Exemple', 'reviewer'),
    expired: await make('latifa', 'Latifa Exemple', 'reviewer'),
  };
  const start = Temporal.PlainDate.from(dateOf(WORLD_START));
  const end = Temporal.PlainDate.from(dateOf(WORLD_END));
  const signs = (person: Account, to: Temporal.PlainDate) =>
    grantDelegation(ctx, {
      authorityId: AUTHORITY_ID,
      staffId: person.staffId,
      act: 'confirm-adverse',
      scope: 'all',
      from: start.toString(),
      to: to.toString(),
      instrument: `Décision spécimen n° ${person.staffId.slice(4, 8)}`,
    });
  const certified = (person: Account, from: Temporal.PlainDate, months: number) =>
    grantCertificate(ctx, {
      authorityId: AUTHORITY_ID,
      staffId: person.staffId,
      from: from.toString(),
      to: from.add({ months }).toString(),
    });
  await certified(people.lapsed, end.subtract({ months: 20 }), 18);
  await signs(people.lapsed, end.add({ years: 1 }));
  await certified(people.expired, end.subtract({ months: 8 }), 18);
  await signs(people.expired, end.subtract({ months: 3 }));
  return people;
}

/** The first assessment, approved; the questions of law, answered; the document that a duty asks for. */
export async function beginLawfully(
  ctx: Context,
  { registrar, jurist }: LawPeople,
  approver: Account,
): Promise<void> {
  const from = dateOf(WORLD_START);
  await grantDelegation(ctx, {
    authorityId: AUTHORITY_ID,
    staffId: approver.staffId,
    act: 'approve-assessment',
    scope: 'all',
    from,
    to: Temporal.PlainDate.from(from).add({ years: 5 }).toString(),
    instrument: 'Décision spécimen n° 7',
  });
  const hand = { authorityId: AUTHORITY_ID, by: registrar.staffId };
  const { assessmentId } = await openAssessment(ctx, {
    ...hand,
    systemId: SYSTEM_ID,
    rule: 'ma.policy.level',
  });
  const { vulnerable, 'vulnerable-how': how = '', ...rest } = ANSWERS;
  await saveAnswers(ctx, { ...hand, assessmentId, answers: rest, seen: 0 });
  const second = { authorityId: AUTHORITY_ID, by: jurist.staffId, assessmentId };
  await saveAnswers(ctx, {
    ...second,
    answers: { vulnerable: vulnerable ?? 'mostly', 'vulnerable-how': how },
    seen: 1,
  });
  await submitAssessment(ctx, { ...hand, assessmentId });
  await approveAssessment(ctx, { authorityId: AUTHORITY_ID, assessmentId, by: approver.staffId });

  const law = { ...SYSTEM, pack: 'ma', by: jurist.staffId };
  await answerApplicability(ctx, {
    ...law,
    question: 'profiling',
    answer: true,
    because:
      'Le score estime des conditions de vie à partir de faits personnels. Que cela relève de l’article 11 n’est pas tranché ; nous retenons le parti prudent.',
  });
  await answerApplicability(ctx, {
    ...law,
    question: 'document-on-request',
    answer: false,
    because:
      'Le programme inventé attribue une aide et ne délivre ni autorisation, ni licence, ni attestation au sens de la loi 55-19.',
  });
  await recordDocument(ctx, {
    ...SYSTEM,
    name: 'cndp.authorisation-or-declaration',
    date: from,
    reference: 'Autorisation spécimen (inventée) A-S-01',
    by: registrar.staffId,
    asked: ['cndp.authorisation-or-declaration'],
  });
}

/** One reviewer has taken the diagnosis and passed two of three quizzes: the third renews the certificate. */
export async function beginTraining(ctx: Context, reviewer: Account, now: Temporal.Instant): Promise<void> {
  const then = { ...ctx, clock: { now: () => now, virtual: true } };
  const person = { authorityId: AUTHORITY_ID, staffId: reviewer.staffId };
  type Asked = readonly {
    readonly id: string;
    readonly choices: readonly { id: string; right?: true | undefined }[];
  }[];
  const right = (questions: Asked) =>
    Object.fromEntries(questions.map(({ id, choices }) => [id, choices.find((c) => c.right)?.id]));
  const questions = diagnosisFor('reviewer');
  const wrong = questions.find(({ module }) => module === 'automation-bias');
  const chosen = right(questions);
  if (wrong) chosen[wrong.id] = wrong.choices.find((c) => !c.right)?.id;
  await takeDiagnosis(then, person, 'reviewer', chosen);
  for (const course of courses().filter(({ id }) => id !== 'automation-bias'))
    await takeQuiz(then, person, course.id, right(course.questions));
}

import { type Answers, type Assessment, assess } from '@taalil/norms';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import { type Instrument, instrumentOf } from './questionnaires.ts';
import type { AssessmentStatus, AssessmentTables } from './tables.ts';

export type AnswerValue = string | readonly string[];

/** One answer, with who gave it. */
export interface GivenAnswer {
  readonly value: AnswerValue;
  readonly by: string;
  readonly at: string;
  readonly revision: number;
}

/** An assessment as it stands: answers with their authors, and what they come to so far. */
export interface AssessmentView {
  readonly authorityId: string;
  readonly assessmentId: string;
  readonly systemId: string;
  readonly instrument: Instrument;
  readonly status: AssessmentStatus;
  readonly revision: number;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly submittedBy: string | undefined;
  readonly submittedAt: string | undefined;
  readonly returnedNote: string | undefined;
  readonly approvedBy: string | undefined;
  readonly approvedAt: string | undefined;
  readonly logIndex: number | undefined;
  readonly answers: ReadonlyMap<string, GivenAnswer>;
  /** Recomputed at every reading. */
  readonly result: Assessment;
}

/** Everybody who opened, answered or submitted it: none of them approves it. */
export function authorsOf(view: AssessmentView): ReadonlySet<string> {
  const hands = [view.openedBy, view.submittedBy, ...[...view.answers.values()].map((a) => a.by)];
  return new Set(hands.filter((one) => one !== undefined));
}

export function plainAnswers(answers: ReadonlyMap<string, GivenAnswer>): Answers {
  return Object.fromEntries([...answers].map(([id, { value }]) => [id, value]));
}

type Row = AssessmentTables['assessments'];

export async function assessmentRow(db: Db, authorityId: string, assessmentId: string): Promise<Row> {
  const row = await typed<AssessmentTables>(db)
    .selectFrom('assessments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('assessment_id', '=', assessmentId)
    .executeTakeFirst();
  if (row === undefined)
    throw new PlatformError('not-found', 'There is no such assessment in this authority.');
  return row;
}

/** The answers that count, by question. */
export async function answersIn(
  db: Db,
  authorityId: string,
  assessmentId: string,
): Promise<ReadonlyMap<string, GivenAnswer>> {
  const rows = await typed<AssessmentTables>(db)
    .selectFrom('assessment_answers')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('assessment_id', '=', assessmentId)
    .orderBy('revision')
    .execute();
  const answers = new Map<string, GivenAnswer>();
  for (const row of rows) {
    const value = JSON.parse(row.value) as AnswerValue | null;
    if (value === null) answers.delete(row.question_id);
    else {
      const { answered_by: by, answered_at: at, revision } = row;
      answers.set(row.question_id, { value, by, at, revision: Number(revision) });
    }
  }
  return answers;
}

export async function viewOf(db: Db, row: Row): Promise<AssessmentView> {
  const answers = await answersIn(db, row.authority_id, row.assessment_id);
  const instrument = instrumentOf(row.rule);
  return {
    authorityId: row.authority_id,
    assessmentId: row.assessment_id,
    systemId: row.system_id,
    instrument,
    status: row.status,
    revision: Number(row.revision),
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    submittedBy: row.submitted_by ?? undefined,
    submittedAt: row.submitted_at ?? undefined,
    returnedNote: row.returned_note ?? undefined,
    approvedBy: row.approved_by ?? undefined,
    approvedAt: row.approved_at ?? undefined,
    logIndex: row.log_index === null ? undefined : Number(row.log_index),
    answers,
    result: assess(instrument.pack, instrument.rule, plainAnswers(answers)),
  };
}

/** One assessment of an authority. Throws `not-found`. */
export async function readAssessment(
  ctx: Context,
  authorityId: string,
  assessmentId: string,
): Promise<AssessmentView> {
  return viewOf(ctx.store.read, await assessmentRow(ctx.store.read, authorityId, assessmentId));
}

/** The assessments of a system, the newest first. */
export async function assessmentsOf(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<AssessmentView[]> {
  const rows = await typed<AssessmentTables>(ctx.store.read)
    .selectFrom('assessments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('opened_at', 'desc')
    .execute();
  return Promise.all(rows.map((row) => viewOf(ctx.store.read, row)));
}

/** The approved assessments that bind a system: for each questionnaire the one approved last. */
export function binding(all: readonly AssessmentView[]): AssessmentView[] {
  const approved = all
    .filter((one) => one.status === 'approved')
    .toSorted((a, b) => (b.logIndex ?? 0) - (a.logIndex ?? 0));
  return [...Map.groupBy(approved, (one) => one.instrument.rule).values()].flatMap((list) =>
    list.slice(0, 1),
  );
}

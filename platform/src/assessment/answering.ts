import { type Question, visible } from '@taalil/norms';
import { assertStillAllowed } from '../access/index.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { isPlainText } from '../register/record.ts';
import { systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import { instrumentOf } from './questionnaires.ts';
import { type AnswerValue, answersIn, assessmentRow, plainAnswers, viewOf } from './read.ts';
import type { AssessmentTables } from './tables.ts';

/** The longest free text of one answer, in UTF-16 code units. */
export const TEXT_MOST = 4_000;

interface Hand {
  readonly authorityId: string;
  /** Staff id of whoever does it. */
  readonly by: string;
}

/**
 * Opens an assessment of a system by one of the questionnaires on offer. Throws `not-found`, `forbidden`,
 * `invalid-request`, or `conflict` while another one with the same questionnaire is being answered.
 */
export async function openAssessment(
  ctx: Context,
  { authorityId, systemId, rule, by }: Hand & { systemId: string; rule: string },
): Promise<{ assessmentId: string }> {
  const { pack } = instrumentOf(rule);
  const assessmentId = newId('asm');
  await ctx.store.transact(async (tx) => {
    await assertStillAllowed(tx, authorityId, by, 'assessment.write');
    if ((await systemState(tx, authorityId, systemId)) === undefined)
      throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
    const open = await typed<AssessmentTables>(tx.db)
      .selectFrom('assessments')
      .select('assessment_id')
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .where('rule', '=', rule)
      .where('status', 'in', ['draft', 'submitted'])
      .executeTakeFirst();
    if (open !== undefined) {
      throw new PlatformError('conflict', 'An assessment with this questionnaire is already open.', {
        where: 'rule',
        mend: 'Go on with the open one, or withdraw it first.',
      });
    }
    tx.append('assessments', {
      authority_id: authorityId,
      assessment_id: assessmentId,
      system_id: systemId,
      pack: pack.id,
      rule,
      status: 'draft',
      revision: 0,
      opened_by: by,
      opened_at: stamp(ctx.clock.now()),
      submitted_by: null,
      submitted_at: null,
      returned_note: null,
      approved_by: null,
      approved_at: null,
      result: null,
      log_index: null,
    });
  });
  return { assessmentId };
}

export interface SavedAnswers extends Hand {
  readonly assessmentId: string;
  /** By question; an empty text or list takes the answer back. */
  readonly answers: Readonly<Record<string, AnswerValue>>;
  /** The revision that the author had before them. */
  readonly seen: number;
}

export interface AnswerFault {
  readonly question: string;
  readonly fault: 'too-long' | 'not-text' | 'no-choice' | 'meanwhile';
}

/**
 * Saves answers of a draft: all of them, or none and what is wrong with which. An answer that somebody else changed
 * after the author's page was made is never overwritten unseen: it comes back as `meanwhile`.
 *
 * Throws `not-found`, `forbidden`, `conflict` (no longer a draft), `invalid-request` for a question that is not asked.
 */
export async function saveAnswers(ctx: Context, saved: SavedAnswers): Promise<readonly AnswerFault[]> {
  const { authorityId, assessmentId, by } = saved;
  return ctx.store.transact(async (tx) => {
    await assertStillAllowed(tx, authorityId, by, 'assessment.write');
    const row = await draftRow(tx, authorityId, assessmentId);
    const { questionnaire } = instrumentOf(row.rule);
    const questions = new Map(questionnaire.pages.flatMap((page) => page.questions).map((q) => [q.id, q]));
    const before = await answersIn(tx.db, authorityId, assessmentId);
    const changed: [string, AnswerValue | null][] = [];
    const faults: AnswerFault[] = [];
    for (const [id, given] of Object.entries(saved.answers)) {
      const question = questions.get(id);
      if (question === undefined || question.type === 'note') {
        throw new PlatformError('invalid-request', 'The questionnaire does not ask this.', { where: id });
      }
      const value = clean(given);
      const old = before.get(id);
      if (JSON.stringify(value) === JSON.stringify(old?.value ?? null)) continue;
      const fault = faultOf(question, value);
      if (fault !== undefined) faults.push({ question: id, fault });
      else if (old !== undefined && old.revision > saved.seen && old.by !== by)
        faults.push({ question: id, fault: 'meanwhile' });
      else changed.push([id, value]);
    }
    if (faults.length > 0 || changed.length === 0) return faults;
    const revision = Number(row.revision) + 1;
    for (const [id, value] of changed) {
      tx.append('assessment_answers', {
        authority_id: authorityId,
        assessment_id: assessmentId,
        question_id: id,
        revision,
        value: JSON.stringify(value),
        answered_by: by,
        answered_at: stamp(ctx.clock.now()),
      });
    }
    await update(tx, authorityId, assessmentId, { revision });
    return [];
  });
}

function clean(given: AnswerValue): AnswerValue | null {
  if (typeof given !== 'string') return given.length === 0 ? null : [...new Set(given)].sort();
  const text = given.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  return text === '' ? null : text;
}

function faultOf(question: Question, value: AnswerValue | null): AnswerFault['fault'] | undefined {
  if (value === null) return undefined;
  if (question.type === 'text') {
    if (typeof value !== 'string') return 'not-text';
    if (value.length > TEXT_MOST) return 'too-long';
    return isPlainText(value) ? undefined : 'not-text';
  }
  if ((typeof value === 'string') !== (question.type === 'one')) return 'no-choice';
  const given = typeof value === 'string' ? [value] : value;
  const known = new Set(question.choices.map((choice) => choice.id));
  return given.every((one) => known.has(one)) ? undefined : 'no-choice';
}

/**
 * Hands a complete draft over for approval: its answers stand still from now on. Throws `conflict` when it is no
 * draft, `invalid-request` with the unanswered questions in `faults`.
 */
export async function submitAssessment(
  ctx: Context,
  { authorityId, assessmentId, by }: Hand & { assessmentId: string },
): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await assertStillAllowed(tx, authorityId, by, 'assessment.write');
    const { result } = await viewOf(tx.db, await draftRow(tx, authorityId, assessmentId));
    if (!result.complete) {
      throw new PlatformError('invalid-request', 'Questions that count are still unanswered.', {
        faults: result.unanswered.map((id) => ({ where: id, what: 'is not answered' })),
        mend: 'Answer them first.',
      });
    }
    const at = stamp(ctx.clock.now());
    await update(tx, authorityId, assessmentId, {
      status: 'submitted',
      submitted_by: by,
      submitted_at: at,
      returned_note: null,
    });
  });
}

/** Gives a draft up; what was answered stays on record. Throws `conflict` when it is no draft. */
export async function withdrawAssessment(
  ctx: Context,
  { authorityId, assessmentId, by }: Hand & { assessmentId: string },
): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await assertStillAllowed(tx, authorityId, by, 'assessment.write');
    await draftRow(tx, authorityId, assessmentId);
    await update(tx, authorityId, assessmentId, { status: 'withdrawn' });
  });
}

/** Sends a submitted assessment back to its authors, saying what is missing. Throws `conflict`, `invalid-request`. */
export async function returnAssessment(
  ctx: Context,
  { authorityId, assessmentId, by, note }: Hand & { assessmentId: string; note: string },
): Promise<void> {
  const text = note.trim();
  if (text === '' || text.length > 1_000) {
    throw new PlatformError('invalid-request', 'Say what is missing, in at most 1,000 characters.', {
      where: 'note',
    });
  }
  await ctx.store.transact(async (tx) => {
    await assertStillAllowed(tx, authorityId, by, 'assessment.approve');
    const row = await assessmentRow(tx.db, authorityId, assessmentId);
    if (row.status !== 'submitted') throw moved();
    await update(tx, authorityId, assessmentId, { status: 'draft', returned_note: text });
  });
}

async function draftRow(tx: Transaction, authorityId: string, assessmentId: string) {
  const row = await assessmentRow(tx.db, authorityId, assessmentId);
  if (row.status !== 'draft') throw moved();
  return row;
}

export function moved(): PlatformError {
  return new PlatformError('conflict', 'The assessment is no longer in this state; nothing was changed.', {
    mend: 'Open it again to see how it stands.',
  });
}

export async function update(
  tx: Transaction,
  authorityId: string,
  assessmentId: string,
  set: Partial<AssessmentTables['assessments']>,
): Promise<void> {
  await typed<AssessmentTables>(tx.db)
    .updateTable('assessments')
    .set(set)
    .where('authority_id', '=', authorityId)
    .where('assessment_id', '=', assessmentId)
    .execute();
}

/** Whether these answers open questions on a page that the earlier ones did not. */
export async function opensMore(
  ctx: Context,
  {
    authorityId,
    assessmentId,
    page,
    before,
  }: Hand & { assessmentId: string; page: string; before: ReadonlySet<string> },
): Promise<boolean> {
  const row = await assessmentRow(ctx.store.read, authorityId, assessmentId);
  const { questionnaire } = instrumentOf(row.rule);
  const answers = await answersIn(ctx.store.read, authorityId, assessmentId);
  const shown = visible(questionnaire, plainAnswers(answers));
  const here = questionnaire.pages.find((one) => one.id === page)?.questions ?? [];
  return here.some(({ id }) => shown.questions.has(id) && !before.has(id) && !answers.has(id));
}

import type { JsonValue } from '@taalil/transparency-log';
import { assertActive, type Role } from '../access/index.ts';
import { legalDay, stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Db, type Transaction, typed } from '../store/index.ts';
import { courseOf, diagnosisFor, MODULES, type ModuleId } from './courses.ts';
import type { TrainingTables } from './tables.ts';
import { changedIn } from './validity.ts';

/** A certificate by training is valid this long. The platform's own policy. */
export const CERTIFICATE_RUNS = Temporal.Duration.from({ years: 1 });
/** A passed quiz counts this long towards a certificate. */
export const PASS_COUNTS = Temporal.Duration.from({ hours: 24 * 90 });
/** Who granted a certificate that the training itself issued. */
export const BY_TRAINING = 'training';

interface Person {
  readonly authorityId: string;
  readonly staffId: string;
}

/** The choices of a quiz or diagnosis by question. */
export type Chosen = Readonly<Record<string, string | undefined>>;

export interface QuizResult {
  readonly right: number;
  readonly of: number;
  readonly passed: boolean;
  /** Questions answered otherwise. */
  readonly wrong: readonly string[];
  /** The certificate that this attempt completed. */
  readonly certificate: { readonly certificateId: string; readonly to: string } | undefined;
}

type Asked = {
  readonly id: string;
  readonly choices: readonly { readonly id: string; readonly right?: true | undefined }[];
};

/** The questions without an answer among those offered. */
export function unanswered(questions: readonly Asked[], chosen: Chosen): readonly string[] {
  return questions.filter((q) => !q.choices.some((c) => c.id === chosen[q.id])).map((q) => q.id);
}

const wrongOf = (questions: readonly Asked[], chosen: Chosen) =>
  questions.filter((q) => q.choices.find((c) => c.right)?.id !== chosen[q.id]).map((q) => q.id);

/**
 * Takes the quiz of a module; when it completes all of them, the certificate is issued in the same call, as an entry of
 * the log. Throws `not-found`, `invalid-request` with the unanswered questions in `faults`.
 */
export async function takeQuiz(
  ctx: Context,
  { authorityId, staffId }: Person,
  module: string,
  chosen: Chosen,
): Promise<QuizResult> {
  const course = courseOf(module);
  refuseUnanswered(unanswered(course.questions, chosen));
  const wrong = wrongOf(course.questions, chosen);
  const of = course.questions.length;
  const right = of - wrong.length;
  const passed = right * 100 >= course.pass * of;
  await ctx.store.transact(async (tx) => {
    await assertActive(tx, authorityId, staffId);
    tx.append('training_attempts', {
      authority_id: authorityId,
      attempt_id: newId('att'),
      staff_id: staffId,
      module: course.id,
      edition: course.edition,
      at: stamp(ctx.clock.now()),
      right_answers: right,
      of_answers: of,
      passed: passed ? 1 : 0,
    });
  });
  const certificate = passed ? await certifyIfComplete(ctx, { authorityId, staffId }) : undefined;
  return { right, of, passed, wrong, certificate };
}

function refuseUnanswered(ids: readonly string[]): void {
  if (ids.length === 0) return;
  throw new PlatformError('invalid-request', 'Questions are unanswered.', {
    faults: ids.map((where) => ({ where, what: 'is not answered' })),
  });
}

/** Issues the certificate when every module was passed lately and since the last one that the training issued. */
async function certifyIfComplete(
  ctx: Context,
  { authorityId, staffId }: Person,
): Promise<QuizResult['certificate']> {
  const person = { authorityId, staffId };
  const now = ctx.clock.now();
  if ((await missingModules(ctx.store.read, person, now)).length > 0) return undefined;
  const certificateId = newId('cer');
  const from = legalDay(now);
  const to = Temporal.PlainDate.from(from).add(CERTIFICATE_RUNS).subtract({ days: 1 }).toString();
  const kind = 'human-review';
  const passes = await freshPasses(ctx.store.read, person, now);
  const modules = [...passes.values()].map(({ module, edition, at }) => ({ module, edition, at }));
  const issued = await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'certificate-granted',
    facts: {
      certificate: certificateId,
      staff: staffId,
      kind,
      from,
      to,
      by: BY_TRAINING,
      modules: modules as unknown as JsonValue,
    },
    async check(tx) {
      await assertActive(tx, authorityId, staffId);
      if ((await missingModules(tx.db, person, now)).length > 0)
        throw new PlatformError('conflict', 'The certificate was issued meanwhile.');
    },
    write(tx: Transaction, index, at) {
      tx.append('certificates', {
        authority_id: authorityId,
        certificate_id: certificateId,
        staff_id: staffId,
        kind,
        valid_from: from,
        valid_to: to,
        granted_by: BY_TRAINING,
        granted_at: at,
        revoked_at: null,
        log_index: index,
      });
      changedIn(tx);
    },
  }).catch((error) => {
    // Two quizzes at once: the other one has issued it.
    if (error instanceof PlatformError && error.code === 'conflict') return undefined;
    throw error;
  });
  return issued && { certificateId, to };
}

type Pass = TrainingTables['training_attempts'];

/** The last pass of each module that still counts towards a certificate. */
export async function freshPasses(
  db: Db,
  { authorityId, staffId }: Person,
  now: Temporal.Instant,
): Promise<ReadonlyMap<ModuleId, Pass>> {
  const last = await typed<TrainingTables>(db)
    .selectFrom('certificates')
    .select((e) => e.fn.max('granted_at').as('at'))
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('granted_by', '=', BY_TRAINING)
    .executeTakeFirst();
  const oldest = stamp(now.subtract(PASS_COUNTS));
  const since = last?.at && last.at > oldest ? last.at : oldest;
  const rows = await typed<TrainingTables>(db)
    .selectFrom('training_attempts')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('passed', '=', 1)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  return new Map(rows.map((row) => [row.module as ModuleId, row]));
}

/** The modules still to be passed for the next certificate. */
export async function missingModules(
  db: Db,
  person: Person,
  now: Temporal.Instant,
): Promise<readonly ModuleId[]> {
  const passes = await freshPasses(db, person, now);
  return MODULES.filter((module) => !passes.has(module));
}

export interface DiagnosisResult {
  readonly right: number;
  readonly of: number;
  /** The modules to take first, the most needed at the head. */
  readonly modules: readonly ModuleId[];
}

/** Takes a role's diagnosis. It certifies nothing: it says where to begin. Throws `invalid-request`, `not-found`. */
export async function takeDiagnosis(
  ctx: Context,
  { authorityId, staffId }: Person,
  role: Role,
  chosen: Chosen,
): Promise<DiagnosisResult> {
  const questions = diagnosisFor(role);
  if (questions.length === 0) throw new PlatformError('not-found', 'There is no diagnosis for this role.');
  refuseUnanswered(unanswered(questions, chosen));
  const wrong = new Set(wrongOf(questions, chosen));
  const missed = (module: ModuleId) => questions.filter((q) => q.module === module && wrong.has(q.id)).length;
  const modules = MODULES.filter((module) => missed(module) > 0).sort((a, b) => missed(b) - missed(a));
  const result = { right: questions.length - wrong.size, of: questions.length, modules };
  await ctx.store.transact(async (tx) => {
    await assertActive(tx, authorityId, staffId);
    tx.append('training_diagnoses', {
      authority_id: authorityId,
      diagnosis_id: newId('att'),
      staff_id: staffId,
      role,
      at: stamp(ctx.clock.now()),
      right_answers: result.right,
      of_answers: result.of,
      modules: JSON.stringify(modules),
    });
  });
  return result;
}

/** The last diagnosis of a person, whatever the role. */
export async function lastDiagnosis(
  ctx: Context,
  { authorityId, staffId }: Person,
): Promise<(DiagnosisResult & { readonly role: Role; readonly at: string }) | undefined> {
  const row = await typed<TrainingTables>(ctx.store.read)
    .selectFrom('training_diagnoses')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    role: row.role as Role,
    at: row.at,
    right: row.right_answers,
    of: row.of_answers,
    modules: JSON.parse(row.modules) as ModuleId[],
  };
}

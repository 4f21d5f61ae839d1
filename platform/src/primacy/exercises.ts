import { randomInt } from 'node:crypto';
import type { CaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { assess } from '../decisions/assess.ts';
import type { DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { newId, newReference } from '../ids.ts';
import type { Facts } from '../register/inputs.ts';
import { loadLive, loadSystem, type PublishedSystem } from '../register/systems.ts';
import { typed } from '../store/index.ts';
import { hasKnownAnswer, type KnownFile, unusedFor } from './known-answers.ts';
import { presentPlan } from './plan.ts';
import type { PrimacyTables } from './tables.ts';

type Row = PrimacyTables['primacy_exercises'];

export interface Exercise {
  readonly row: Row;
  readonly view: DecisionView;
}

/**
 * After a signature: puts a file with a known answer on this person's desk when enough real ones came before it. It looks like any
 * other file, and is in no log, no figure, no deadline and nobody's life.
 */
export async function plantIfDue(
  ctx: Context,
  {
    authorityId,
    systemId,
    staffId,
  }: { readonly authorityId: string; readonly systemId: string; readonly staffId: string },
): Promise<string | undefined> {
  const plan = await presentPlan(ctx.store.read, authorityId, systemId);
  if (plan === undefined || plan.knownAnswerEvery === 0) return undefined;
  const db = typed<PrimacyTables>(ctx.store.read);
  const last = await db
    .selectFrom('primacy_exercises')
    .select(['planted_at', 'answered_at'])
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('system_id', '=', systemId)
    .orderBy('planted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last !== undefined && last.answered_at === null) return undefined;
  const { signed } = await db
    .selectFrom('primacy_signed')
    .select(({ fn }) => fn.countAll<number>().as('signed'))
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('system_id', '=', systemId)
    .executeTakeFirstOrThrow();
  const planted = await countOf(ctx, authorityId, systemId, staffId);
  if (Number(signed) < (planted + 1) * plan.knownAnswerEvery) return undefined;
  const system = await loadLive(ctx.store, authorityId, systemId);
  const file = await drawFile(system, await unusedFor(ctx, authorityId, systemId, staffId));
  if (file === undefined) return undefined;
  const exerciseId = newId('dec');
  ctx.vault.newKey(authorityId, exerciseId);
  ctx.vault.flush();
  await ctx.store.transact(async (tx) => {
    tx.append('primacy_exercises', {
      authority_id: authorityId,
      exercise_id: exerciseId,
      known_id: file.knownId,
      system_id: systemId,
      staff_id: staffId,
      version: system.version,
      reference: newReference(),
      place: (await highestPlace(ctx, authorityId)) + 1,
      planted_at: stamp(ctx.clock.now()),
      opened_at: null,
      answered_at: null,
      word: null,
      wrong: file.misled === undefined ? 0 : 1,
      seconds: null,
    });
  });
  return exerciseId;
}

/** One of the files whose answer is still the known one under the present version of the model. */
async function drawFile(
  system: PublishedSystem,
  files: readonly KnownFile[],
): Promise<KnownFile | undefined> {
  const left = [...files];
  while (left.length > 0) {
    const [file] = left.splice(randomInt(left.length), 1) as [KnownFile];
    if (await hasKnownAnswer(system, file.facts, file.misled)) return file;
  }
  return undefined;
}

async function countOf(
  ctx: Context,
  authorityId: string,
  systemId: string,
  staffId: string,
): Promise<number> {
  const { n } = await typed<PrimacyTables>(ctx.store.read)
    .selectFrom('primacy_exercises')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('system_id', '=', systemId)
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function highestPlace(ctx: Context, authorityId: string): Promise<number> {
  const row = await typed<{ case_events: { authority_id: string; log_index: number } }>(ctx.store.read)
    .selectFrom('case_events')
    .select('log_index')
    .where('authority_id', '=', authorityId)
    .orderBy('log_index', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(row?.log_index ?? 0);
}

/** The exercise under this identifier on this person's desk, as the desk shows files; undefined for a real decision. */
export async function findExercise(
  ctx: Context,
  authorityId: string,
  exerciseId: string,
  staffId: string,
): Promise<Exercise | undefined> {
  const found = await ctx.store.lookup('primacy_exercises', {
    authority_id: authorityId,
    exercise_id: exerciseId,
  });
  const row = found as Row | undefined;
  if (row === undefined || row.staff_id !== staffId) return undefined;
  return { row, view: await viewOf(ctx, row) };
}

/** The file that an exercise shows: the real facts, and the proposal for the misleading ones. */
async function viewOf(ctx: Context, row: Row): Promise<DecisionView> {
  const { authority_id: authorityId, exercise_id: exerciseId, system_id: systemId } = row;
  const known = (await ctx.store.lookup('primacy_known_answers', {
    authority_id: authorityId,
    known_id: row.known_id,
  })) as PrimacyTables['primacy_known_answers'];
  const system = await loadSystem(ctx.store.read, authorityId, systemId, row.version);
  const facts = JSON.parse(known.facts) as Facts;
  const { explanation } = await assess(
    system,
    known.misled === null ? facts : (JSON.parse(known.misled) as Facts),
  );
  const made: CaseEvent = {
    index: Number(row.place),
    type: 'decision-proposed',
    at: row.planted_at,
    decisionId: exerciseId,
    facts: {},
    openings: [],
  };
  return {
    row: {
      authority_id: authorityId,
      decision_id: exerciseId,
      case_id: exerciseId,
      system_id: systemId,
      version: row.version,
      status: 'awaiting-person',
      effect: 'adverse',
      decided_by: 'rule',
      overridden: 0,
      created_at: row.planted_at,
      effective_at: null,
      supersedes: null,
      superseded_by: null,
    },
    case: { authorityId, caseId: exerciseId, systemId, reference: row.reference, openedAt: row.planted_at },
    system,
    subject: exerciseId,
    facts,
    explanation,
    effect: 'adverse',
    made,
    settled: undefined,
    withheld: undefined,
    life: [made],
  };
}

/** When somebody first has it in front of them. */
export async function openExercise(ctx: Context, { row }: Exercise): Promise<void> {
  if (row.opened_at !== null) return;
  await change(ctx, row, { opened_at: stamp(ctx.clock.now()) });
}

/** Keeps the answer; an exercise is answered once. Throws `conflict` otherwise. */
export async function answerExercise(
  ctx: Context,
  { row }: Exercise,
  word: 'confirm' | 'override',
): Promise<void> {
  const now = ctx.clock.now();
  const opened = Temporal.Instant.from(row.opened_at ?? stamp(now));
  const seconds = Math.max(0, Math.round((now.epochMilliseconds - opened.epochMilliseconds) / 1_000));
  if (await change(ctx, row, { answered_at: stamp(now), word, seconds })) return;
  throw new PlatformError('conflict', 'Somebody has already decided on this proposal.', {
    mend: 'Open the case again to see what was decided.',
  });
}

async function change(
  ctx: Context,
  row: Row,
  to: Partial<Pick<Row, 'opened_at' | 'answered_at' | 'word' | 'seconds'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.store.transact((tx) =>
    typed<PrimacyTables>(tx.db)
      .updateTable('primacy_exercises')
      .set(to)
      .where('authority_id', '=', row.authority_id)
      .where('exercise_id', '=', row.exercise_id)
      .where('answered_at', 'is', null)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** Exercises that wait on this person's desk, in the shape of the queue. */
export async function waitingExercises(ctx: Context, authorityId: string, staffId: string) {
  const rows = await typed<PrimacyTables>(ctx.store.read)
    .selectFrom('primacy_exercises')
    .select(['exercise_id', 'system_id', 'reference', 'planted_at'])
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .where('answered_at', 'is', null)
    .execute();
  return rows.map((row) => ({
    decisionId: row.exercise_id,
    systemId: row.system_id,
    reference: row.reference,
    since: row.planted_at,
  }));
}

export type { Row as ExerciseRow };

import type { Context } from '../../src/context.ts';
import { assess } from '../../src/decisions/assess.ts';
import {
  answerExercise,
  findExercise,
  mustJudgeFirst,
  openExercise,
  plantIfDue,
  recordJudgement,
} from '../../src/primacy/index.ts';
import { addKnownAnswers, type KnownAnswer } from '../../src/primacy/known-answers.ts';
import { announcePlan } from '../../src/primacy/plan.ts';
import { loadLive } from '../../src/register/systems.ts';
import type { Random } from '../random.ts';
import { drawPerson, type Household } from './households.ts';
import { AUTHORITY_ID, SYSTEM_ID } from './record.ts';

const RIGHT = 10;
const WRONG = 24;

/** A household that the record makes look well off: what a wrong proposal rests on. */
const misled = (household: Household): Household => ({
  ...household,
  earnings: household.earnings + 18_000,
  rooms: Math.min(household.rooms + 6, 12),
  dwelling: 'villa',
  vehicle: true,
});

/** What the agency announces to its reviewers, and invented files with a known answer. */
export async function announcePrimacy(ctx: Context, random: Random, by: string): Promise<void> {
  await announcePlan(ctx, {
    authorityId: AUTHORITY_ID,
    systemId: SYSTEM_ID,
    judgeFirstPermille: 50,
    knownAnswerEvery: 30,
    dayCap: 60,
    by,
  });
  const system = await loadLive(ctx.store, AUTHORITY_ID, SYSTEM_ID);
  const effectOf = async (household: Household) =>
    (await assess(system, system.validate({ ...household }))).effect;
  const files: KnownAnswer[] = [];
  let [right, wrong] = [0, 0];
  for (let n = 1; right < RIGHT || wrong < WRONG; n++) {
    const { household } = drawPerson(random, n);
    const adverse = (await effectOf(household)) === 'adverse';
    if (adverse && right < RIGHT) {
      files.push({ facts: { ...household } });
      right++;
    } else if (!adverse && wrong < WRONG && (await effectOf(misled(household))) === 'adverse') {
      files.push({ facts: { ...household }, misled: misled(household) });
      wrong++;
    }
  }
  await addKnownAnswers(ctx, AUTHORITY_ID, SYSTEM_ID, files);
}

/** Says what this person would decide, where they judge first. */
export async function judgeFirst(
  ctx: Context,
  staffId: string,
  decisionId: string,
  madeAt: string,
  random: Random,
): Promise<void> {
  const work = { authorityId: AUTHORITY_ID, decisionId, systemId: SYSTEM_ID, staffId };
  if (!(await mustJudgeFirst(ctx, work, madeAt))) return;
  await recordJudgement(
    ctx,
    work,
    random.weighted([
      ['adverse', 82],
      ['favourable', 11],
      ['unsure', 7],
    ]),
  );
}

/** Answers the file with a known answer that came after a signature, if one did. */
export async function answerKnown(
  at: (seconds: number) => Context,
  staffId: string,
  hasty: boolean,
  random: Random,
): Promise<void> {
  const id = await plantIfDue(at(0), { authorityId: AUTHORITY_ID, systemId: SYSTEM_ID, staffId });
  if (id === undefined) return;
  const find = async () => {
    const found = await findExercise(at(0), AUTHORITY_ID, id, staffId);
    if (found === undefined) throw new Error(`no exercise ${id}`);
    return found;
  };
  await openExercise(at(60), await find());
  const exercise = await find();
  const otherwise = !hasty && (exercise.row.wrong === 1 ? random.chance(0.86) : random.chance(0.05));
  await answerExercise(
    at(60 + (hasty ? 4 : random.whole(120, 900))),
    exercise,
    otherwise ? 'override' : 'confirm',
  );
}

import { assertStillAllowed } from '../access/index.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Db, typed } from '../store/index.ts';
import type { PrimacyTables } from './tables.ts';

/** How a system's reviewers are supported and looked at, as it was announced to them in writing. */
export interface Plan {
  readonly systemId: string;
  /** Share of the files, of a thousand, in which the reviewer judges before seeing the proposal. */
  readonly judgeFirstPermille: number;
  /** One file with a known answer comes after so many signed ones; 0 for none. */
  readonly knownAnswerEvery: number;
  /** Files that one person signs in a day at the most; 0 for no cap. */
  readonly dayCap: number;
  readonly announcedAt: string;
}

export type PlanWanted = Omit<Plan, 'announcedAt'> & { readonly authorityId: string; readonly by: string };

const BOUNDS = {
  judgeFirstPermille: [0, 500],
  knownAnswerEvery: [0, 1_000],
  dayCap: [0, 500],
} as const;

/**
 * Announces a plan to the staff of a system: it counts from its commit on, is in the log, and stands on every reviewer's own page
 * until they have taken note. It serves training and the evaluation of the system. Throws `invalid-request`.
 */
export async function announcePlan(ctx: Context, wanted: PlanWanted): Promise<Plan> {
  const { authorityId, systemId, by, judgeFirstPermille, knownAnswerEvery, dayCap } = wanted;
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value = wanted[name as keyof typeof BOUNDS];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw new PlatformError('invalid-request', `${name} is not between ${least} and ${most}.`, {
      where: name,
      mend: `Give a whole number from ${least} to ${most}.`,
    });
  }
  if (knownAnswerEvery > 0 && knownAnswerEvery < 5) {
    throw new PlatformError('invalid-request', 'Known-answer files come too often.', {
      where: 'knownAnswerEvery',
      mend: 'Let at least 5 real files come between two of them.',
    });
  }
  const plan = { systemId, judgeFirstPermille, knownAnswerEvery, dayCap };
  const { at } = await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'primacy-announced',
    facts: {
      system: systemId,
      judge_first_permille: judgeFirstPermille,
      known_answer_every: knownAnswerEvery,
      day_cap: dayCap,
      by,
    },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'primacy.announce'),
    write: (tx, _index, announced) =>
      tx.append('primacy_plans', {
        authority_id: authorityId,
        system_id: systemId,
        announced_at: announced,
        judge_first_permille: judgeFirstPermille,
        known_answer_every: knownAnswerEvery,
        day_cap: dayCap,
        announced_by: by,
      }),
  });
  return { ...plan, announcedAt: at };
}

/** The plan that counts for a system; undefined where none was announced: then nothing of it happens. */
export async function presentPlan(db: Db, authorityId: string, systemId: string): Promise<Plan | undefined> {
  const row = await typed<PrimacyTables>(db)
    .selectFrom('primacy_plans')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('announced_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      systemId,
      judgeFirstPermille: row.judge_first_permille,
      knownAnswerEvery: row.known_answer_every,
      dayCap: row.day_cap,
      announcedAt: row.announced_at,
    }
  );
}

/** The plans that count, of all systems of an authority. */
export async function presentPlans(db: Db, authorityId: string): Promise<Plan[]> {
  const rows = await typed<PrimacyTables>(db)
    .selectFrom('primacy_plans')
    .select('system_id')
    .distinct()
    .where('authority_id', '=', authorityId)
    .orderBy('system_id')
    .execute();
  const plans = await Promise.all(rows.map((row) => presentPlan(db, authorityId, row.system_id)));
  return plans.filter((plan) => plan !== undefined);
}

export async function acknowledge(
  ctx: Context,
  {
    authorityId,
    staffId,
    systemId,
    announcedAt,
  }: { authorityId: string; staffId: string; systemId: string; announcedAt: string },
): Promise<void> {
  const at = stamp(ctx.clock.now());
  await ctx.store.transact(async (tx) => {
    await typed<PrimacyTables>(tx.db)
      .insertInto('primacy_acknowledgements')
      .values({
        authority_id: authorityId,
        system_id: systemId,
        announced_at: announcedAt,
        staff_id: staffId,
        at,
      })
      .onConflict((c) => c.doNothing())
      .execute();
  });
}

/** Announcements that this person has not taken note of yet. */
export async function unread(db: Db, authorityId: string, staffId: string): Promise<Plan[]> {
  const read = await typed<PrimacyTables>(db)
    .selectFrom('primacy_acknowledgements')
    .select(['system_id', 'announced_at'])
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId)
    .execute();
  const known = new Set(read.map((row) => `${row.system_id} ${row.announced_at}`));
  return (await presentPlans(db, authorityId)).filter((p) => !known.has(`${p.systemId} ${p.announcedAt}`));
}

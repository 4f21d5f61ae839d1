import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import { presentPlan } from './plan.ts';
import type { Judged, PrimacyTables } from './tables.ts';

export interface JudgementOf {
  readonly authorityId: string;
  readonly decisionId: string;
  readonly systemId: string;
  readonly staffId: string;
}

/**
 * Whether a file is one in which the reviewer judges before seeing the proposal. Drawn by a keyed hash of its identifier: nobody can
 * tell or choose beforehand, and it stays what it is.
 */
export function isDrawn(
  { vault }: Pick<Context, 'vault'>,
  { authorityId, decisionId }: Pick<JudgementOf, 'authorityId' | 'decisionId'>,
  permille: number,
): boolean {
  return vault.keyring.mac('judge-first', authorityId, decisionId).readUInt32BE() % 1_000 < permille;
}

/** Whether this person must still judge before the proposal may be shown. */
export async function mustJudgeFirst(ctx: Context, of: JudgementOf, madeAt: string): Promise<boolean> {
  return judgementMissing(ctx, committed(ctx.store), of, madeAt);
}

async function judgementMissing(
  ctx: Pick<Context, 'vault'>,
  from: Pick<Transaction, 'lookup' | 'db' | 'once'>,
  of: JudgementOf,
  madeAt: string,
): Promise<boolean> {
  // A plan counts from its commit on: within one transaction it is the same for all.
  const plan = await from.once(`primacy-plan/${of.authorityId}/${of.systemId}`, () =>
    presentPlan(from.db, of.authorityId, of.systemId),
  );
  // What was proposed before the announcement is not touched by it.
  if (plan === undefined || madeAt < plan.announcedAt || !isDrawn(ctx, of, plan.judgeFirstPermille))
    return false;
  const { authorityId: authority_id, decisionId: decision_id, staffId: staff_id } = of;
  return (await from.lookup('primacy_judgements', { authority_id, decision_id, staff_id })) === undefined;
}

/** Inside the sealing transaction: throws `conflict` where the person has not judged before seeing the proposal. */
export async function assertJudged(
  ctx: Context,
  tx: Transaction,
  of: JudgementOf,
  madeAt: string,
): Promise<void> {
  if (!(await judgementMissing(ctx, tx, of, madeAt))) return;
  throw new PlatformError('conflict', 'In this file you judge before the proposal is shown.', {
    mend: 'Open the file and say first what you would decide.',
  });
}

/** Keeps what somebody would decide, before they saw the proposal. A second word changes nothing. */
export async function recordJudgement(ctx: Context, of: JudgementOf, judged: Judged): Promise<void> {
  const { authorityId, decisionId, systemId, staffId } = of;
  await ctx.store.transact(async (tx) => {
    await typed<PrimacyTables>(tx.db)
      .insertInto('primacy_judgements')
      .values({
        authority_id: authorityId,
        decision_id: decisionId,
        staff_id: staffId,
        system_id: systemId,
        judged,
        at: stamp(ctx.clock.now()),
      })
      .onConflict((c) => c.columns(['authority_id', 'decision_id', 'staff_id']).doNothing())
      .execute();
  });
}

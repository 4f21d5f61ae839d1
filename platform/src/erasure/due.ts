import type { CaseTables } from '../cases/tables.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import { type Examined, examine } from './obstacles.ts';
import { dayOf, schedulesInForce } from './schedule.ts';
import type { ErasureTables } from './tables.ts';

/** What a page lists at most; the rest comes when these are done. */
export const LISTED_MOST = 50;

/** A file whose erasure was asked for or done, with its public reference. */
export type ListedErasure = ErasureTables['erasures'] & { readonly reference: string };

/**
 * Files whose retention is over and that nobody has asked for yet, those kept longest first, each examined. Reads all
 * events of a system to find them: a page for an officer, not for every request.
 */
export async function dueFiles(
  ctx: Context,
  authorityId: string,
  most = LISTED_MOST,
): Promise<readonly Examined[]> {
  const today = dayOf(ctx.clock.now());
  const due: Examined[] = [];
  for (const { systemId, months } of (await schedulesInForce(ctx.store.read, authorityId)).values()) {
    const before = today.subtract({ months }).toZonedDateTime('Africa/Casablanca').toInstant();
    const rows = await typed<CaseTables & Pick<ErasureTables, 'erasures'>>(ctx.store.read)
      .selectFrom('cases as c')
      .innerJoin('case_events as e', (join) =>
        join.onRef('e.authority_id', '=', 'c.authority_id').onRef('e.case_id', '=', 'c.case_id'),
      )
      .leftJoin('erasures as x', (join) =>
        join.onRef('x.authority_id', '=', 'c.authority_id').onRef('x.case_id', '=', 'c.case_id'),
      )
      .select(['c.case_id'])
      .where('c.authority_id', '=', authorityId)
      .where('c.system_id', '=', systemId)
      .where('c.opened_at', '<', stamp(before))
      .where('x.case_id', 'is', null)
      .groupBy('c.case_id')
      .having(({ fn }) => fn.max('e.at'), '<', stamp(before))
      .orderBy(({ fn }) => fn.max('e.at'))
      .limit(most)
      .execute();
    for (const row of rows) due.push(await examine(ctx, authorityId, row.case_id));
  }
  return due.sort((a, b) => (a.lastEventAt < b.lastEventAt ? -1 : 1)).slice(0, most);
}

/** Erasures that wait for the second person, oldest first; or those done, newest first. */
export async function listErasures(
  ctx: Context,
  authorityId: string,
  state: 'requested' | 'erased',
  most = LISTED_MOST,
): Promise<readonly ListedErasure[]> {
  return typed<CaseTables & Pick<ErasureTables, 'erasures'>>(ctx.store.read)
    .selectFrom('erasures as x')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'x.authority_id').onRef('c.case_id', '=', 'x.case_id'),
    )
    .selectAll('x')
    .select('c.reference')
    .where('x.authority_id', '=', authorityId)
    .where('x.state', '=', state)
    .orderBy(state === 'erased' ? 'x.erased_at' : 'x.requested_at', state === 'erased' ? 'desc' : 'asc')
    .limit(most)
    .execute();
}

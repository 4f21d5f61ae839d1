import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import type { DecisionTables } from './tables.ts';

/** Of decisions that took effect, how many a person took. */
export interface ByPerson {
  readonly byPerson: number;
  readonly of: number;
}

export interface TakenByPerson {
  readonly adverse: ByPerson;
  readonly all: ByPerson;
}

/** Counts a system's decisions that took effect before `until` (an instant as stored), by who took them. */
export async function takenByPerson(
  ctx: Context,
  { authorityId, systemId, until }: { authorityId: string; systemId: string; until: string },
): Promise<TakenByPerson> {
  const rows = await typed<DecisionTables>(ctx.store.read)
    .selectFrom('decisions')
    .select(['effect', 'decided_by', (e) => e.fn.countAll<number>().as('n')])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('status', '=', 'effective')
    .where('effective_at', '<', until)
    .groupBy(['effect', 'decided_by'])
    .execute();
  const count = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).reduce((sum, row) => sum + Number(row.n), 0);
  const share = (wanted: (row: (typeof rows)[number]) => boolean): ByPerson => ({
    byPerson: count((row) => wanted(row) && row.decided_by === 'person'),
    of: count(wanted),
  });
  return { adverse: share((row) => row.effect === 'adverse'), all: share(() => true) };
}

import type { CaseTables } from '../cases/tables.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Db, typed } from '../store/index.ts';
import { schemeOf } from './dimensions.ts';
import { FOLLOWED } from './follow.ts';
import type { Watched } from './plan.ts';
import type { MonitoringTables } from './tables.ts';

/** How far the count of a system has come. */
export interface CountState {
  cursor: number;
  cases: number;
  erased: number;
  late: number;
  movedAt: string;
}

/** The state of the count for the dimensions as they are declared now; `undefined` before it has begun. */
export async function countState(
  db: Db,
  { authorityId, systemId, dimensions }: Watched,
): Promise<CountState | undefined> {
  const row = await typed<MonitoringTables>(db)
    .selectFrom('monitor_state')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('scheme', '=', schemeOf(dimensions))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { cursor, cases, erased, late, moved_at: movedAt } = row;
  return {
    cursor: Number(cursor),
    cases: Number(cases),
    erased: Number(erased),
    late: Number(late),
    movedAt,
  };
}

/** Begins the count of a system from the first event, forgetting one of other dimensions. */
export async function beginCount(
  ctx: Context,
  { authorityId, systemId, dimensions }: Watched,
): Promise<CountState> {
  const begun: CountState = { cursor: -1, cases: 0, erased: 0, late: 0, movedAt: stamp(ctx.clock.now()) };
  await ctx.store.transact(async (tx) => {
    const db = typed<MonitoringTables>(tx.db);
    for (const table of ['monitor_state', 'monitor_cells', 'monitor_members'] as const) {
      await db
        .deleteFrom(table)
        .where('authority_id', '=', authorityId)
        .where('system_id', '=', systemId)
        .execute();
    }
    await db
      .insertInto('monitor_state')
      .values({
        authority_id: authorityId,
        system_id: systemId,
        scheme: schemeOf(dimensions),
        cursor: begun.cursor,
        cases: 0,
        erased: 0,
        late: 0,
        moved_at: begun.movedAt,
      })
      .execute();
  });
  return begun;
}

export interface Lag {
  /** Events that are not counted yet. */
  readonly events: number;
  /** When the oldest of them happened. */
  readonly since: string | undefined;
}

/** How far the count is behind the feed. */
export async function lagOf(db: Db, watched: Watched): Promise<Lag> {
  const state = await countState(db, watched);
  const row = await typed<CaseTables>(db)
    .selectFrom('case_events')
    .select(({ fn }) => [fn.countAll().as('events'), fn.min('at').as('since')])
    .where('authority_id', '=', watched.authorityId)
    .where('system_id', '=', watched.systemId)
    .where('log_index', '>', state?.cursor ?? -1)
    .where('type', 'in', FOLLOWED)
    .executeTakeFirst();
  return { events: Number(row?.events ?? 0), since: row?.since ?? undefined };
}

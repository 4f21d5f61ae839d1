import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import type { FeedRow } from './cloud-event.ts';
import type { CaseTables } from './tables.ts';

/** Events of an authority's cases after a cursor, oldest first, kept to some systems. */
export function eventsAfter(
  ctx: Pick<Context, 'store'>,
  asked: {
    readonly authorityId: string;
    readonly systems: readonly string[] | 'all';
    readonly after: number | undefined;
    readonly limit: number;
  },
): Promise<FeedRow[]> {
  let rows = typed<CaseTables>(ctx.store.read)
    .selectFrom('case_events')
    .select(['authority_id', 'log_index', 'type', 'at', 'system_id', 'case_id', 'decision_id'])
    .where('authority_id', '=', asked.authorityId)
    .orderBy('log_index')
    .limit(asked.limit);
  if (asked.after !== undefined) rows = rows.where('log_index', '>', asked.after);
  if (asked.systems !== 'all') rows = rows.where('system_id', 'in', asked.systems);
  return rows.execute();
}

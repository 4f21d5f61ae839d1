import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { groupAppend, typed } from '../store/index.ts';
import type { DeskTables } from './tables.ts';

interface Opening {
  readonly authorityId: string;
  readonly decisionId: string;
  readonly staffId: string;
}

/** Records that a reviewer has a case in front of them; resolves when that is durable. */
export function openAtDesk(ctx: Context, { authorityId, decisionId, staffId }: Opening): Promise<void> {
  return groupAppend(ctx.store, 'desk_openings', {
    authority_id: authorityId,
    decision_id: decisionId,
    staff_id: staffId,
    opened_at: stamp(ctx.clock.now()),
  });
}

/** Whole seconds since this reviewer first opened the case, measured here; null when they never did. */
export async function secondsSpent(
  ctx: Context,
  { authorityId, decisionId, staffId }: Opening,
): Promise<number | null> {
  const row = await typed<DeskTables>(ctx.store.read)
    .selectFrom('desk_openings')
    .select('opened_at')
    .where('authority_id', '=', authorityId)
    .where('decision_id', '=', decisionId)
    .where('staff_id', '=', staffId)
    .orderBy('opened_at')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened = Temporal.Instant.from(row.opened_at);
  return Math.max(0, Math.round((ctx.clock.now().epochMilliseconds - opened.epochMilliseconds) / 1000));
}

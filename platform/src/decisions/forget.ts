import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import type { DecisionTables } from './tables.ts';

/** A repeated request gets its first answer for this long. */
export const REPEATS_KEPT_DAYS = 30;

/** Forgets idempotency keys after 30 days. The decisions stay. Returns how many were forgotten. */
export async function forgetOldRequests(ctx: Context): Promise<number> {
  const before = stamp(ctx.clock.now().subtract({ hours: REPEATS_KEPT_DAYS * 24 }));
  return ctx.store.transact(async (tx) => {
    const { numDeletedRows } = await typed<DecisionTables>(tx.db)
      .deleteFrom('idempotency')
      .where('created_at', '<', before)
      .executeTakeFirst();
    return Number(numDeletedRows);
  });
}

import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { SystemStatus } from './record.ts';
import type { RegisterTables } from './tables.ts';

/** draft → live ⇄ suspended → retired; a live system is retired by suspending it first. */
const ALLOWED: Record<SystemStatus, readonly SystemStatus[]> = {
  draft: ['live', 'retired'],
  live: ['suspended'],
  suspended: ['live', 'retired'],
  retired: [],
};

export interface StatusChange {
  readonly authorityId: string;
  readonly systemId: string;
  readonly to: SystemStatus;
  /** Published with the change. */
  readonly reason: string;
  /** Staff id of whoever does it; re-arming takes two different ones (I11). */
  readonly by: string;
}

/**
 * Changes a system's status. From the commit on, and for every process, a suspended system decides nothing.
 * Suspended → live takes two people: the first call records the request and returns `awaiting-second`.
 */
export async function changeStatus(ctx: Context, change: StatusChange): Promise<'done' | 'awaiting-second'> {
  const { authorityId, systemId, to, by, reason } = change;
  const row = await readRow(ctx.store.read, authorityId, systemId);
  const from = row.status;
  if (!ALLOWED[from].includes(to)) {
    throw new PlatformError('conflict', `"${systemId}" is ${from} and cannot become ${to}.`, {
      mend: `From ${from} it can become: ${ALLOWED[from].join(', ') || 'nothing'}.`,
    });
  }
  const rearming = from === 'suspended' && to === 'live';
  const first = rearming && row.rearm_requested_by === null;
  if (rearming && row.rearm_requested_by === by) {
    throw new PlatformError('not-independent', 'Two different people re-arm a system; you already asked for it.', {
      mend: 'Ask a second supervisor to confirm.',
    });
  }
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: first ? 'system-rearm-requested' : `system-${to}`,
    facts: { system: systemId, from, to: first ? from : to, reason, by },
    async check(tx) {
      const now = await readRow(tx.db, authorityId, systemId);
      if (now.status !== from || now.rearm_requested_by !== row.rearm_requested_by) {
        throw new PlatformError('conflict', `Somebody else has just changed the status of "${systemId}".`, {
          mend: 'Look at its present status first.',
        });
      }
    },
    async write(tx, _index, at) {
      await typed<RegisterTables>(tx.db)
        .updateTable('systems')
        .set(
          first
            ? { rearm_requested_by: by, updated_at: at }
            : { status: to, status_reason: reason, rearm_requested_by: null, updated_at: at },
        )
        .where('authority_id', '=', authorityId)
        .where('system_id', '=', systemId)
        .execute();
    },
  });
  return first ? 'awaiting-second' : 'done';
}

async function readRow(db: Transaction['db'], authorityId: string, systemId: string) {
  const row = await typed<RegisterTables>(db)
    .selectFrom('systems')
    .select(['status', 'rearm_requested_by'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
  return row;
}

import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Transaction, typed } from '../store/index.ts';
import { assertNotHeld } from './holds.ts';
import { type Localized, localized, type SystemStatus } from './record.ts';
import { systemChanged } from './systems.ts';
import type { RegisterTables } from './tables.ts';

/** draft → live ⇄ suspended → retired; a live system is retired by suspending it first. */
export const ALLOWED: Readonly<Record<SystemStatus, readonly SystemStatus[]>> = {
  draft: ['live', 'retired'],
  live: ['suspended'],
  suspended: ['live', 'retired'],
  retired: [],
};

/** A request to re-arm that nobody has joined lapses: the next one is a first one again. */
export const REARM_STANDS = Temporal.Duration.from({ hours: 72 });

export const statusReason = localized(1_000);

export interface StatusChange {
  readonly authorityId: string;
  readonly systemId: string;
  readonly to: SystemStatus;
  /** Published with the change, in the languages it is given in. Only going live for the first time needs none. */
  readonly reason?: Localized;
  /** Staff id or API key id of whoever does it; re-arming takes two different members of staff (I11). */
  readonly by: string;
  /** Asked again inside the sealing transaction: that whoever does it still may. */
  mayStill?(tx: Transaction): Promise<void>;
  /** Whether a request to re-arm by that person counts still; it does unless said. */
  stillCounts?(by: string): Promise<boolean>;
}

/**
 * Changes a system's status. From the commit on, and for every process, a suspended system decides nothing.
 * Suspended → live takes two people: the first call records the request and returns `awaiting-second`; it lapses
 * after {@link REARM_STANDS}, or when another version is published meanwhile.
 *
 * Throws `held` (a consultation is not over), `conflict`, `not-independent` (the same person twice), `person-required` (re-arming with an API key),
 * `invalid-request` (no reason).
 */
export async function changeStatus(ctx: Context, change: StatusChange): Promise<'done' | 'awaiting-second'> {
  const { authorityId, systemId, to, by } = change;
  const row = await readRow(ctx.store.read, authorityId, systemId);
  const from = row.status;
  if (!ALLOWED[from].includes(to)) {
    throw new PlatformError('conflict', `"${systemId}" is ${from} and cannot become ${to}.`, {
      where: '/status',
      mend: `From ${from} it can become: ${ALLOWED[from].join(', ') || 'nothing'}.`,
    });
  }
  const reason = change.reason === undefined && from === 'draft' ? undefined : parseReason(change.reason);
  const rearming = from === 'suspended' && to === 'live';
  const pending = rearmRequest(row, ctx.clock.now());
  const counts = pending === undefined || ((await change.stillCounts?.(pending.by)) ?? true);
  const asked = counts ? pending : undefined;
  if (rearming) assertMayRearm(by, asked);
  const first = rearming && asked === undefined;
  const published = reason === undefined ? null : JSON.stringify(reason);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: first ? 'system-rearm-requested' : `system-${to}`,
    facts: { system: systemId, from, to: first ? from : to, reason: reason ?? {}, by },
    async check(tx) {
      await change.mayStill?.(tx);
      if (to === 'live') await assertNotHeld(tx.db, { authorityId, systemId });
      const now = await readRow(tx.db, authorityId, systemId);
      if (
        now.status !== from ||
        now.rearm_requested_by !== row.rearm_requested_by ||
        now.rearm_requested_at !== row.rearm_requested_at ||
        now.version !== row.version
      ) {
        throw new PlatformError('conflict', `Somebody else has just changed "${systemId}".`, {
          mend: 'Look at its present status first.',
        });
      }
    },
    async write(tx, index, at) {
      const db = typed<RegisterTables>(tx.db);
      await db
        .updateTable('systems')
        .set(
          first
            ? { rearm_requested_by: by, rearm_requested_at: at, updated_at: at }
            : {
                status: to,
                status_reason: published,
                rearm_requested_by: null,
                rearm_requested_at: null,
                updated_at: at,
              },
        )
        .where('authority_id', '=', authorityId)
        .where('system_id', '=', systemId)
        .execute();
      tx.append('system_status_changes', {
        authority_id: authorityId,
        system_id: systemId,
        log_index: index,
        from_status: from,
        to_status: first ? from : to,
        reason: published,
        by,
        at,
      });
      systemChanged(tx);
    },
  });
  return first ? 'awaiting-second' : 'done';
}

/** Who asked to re-arm and when, while that still stands. */
export function rearmRequest(
  row: Pick<RegisterTables['systems'], 'rearm_requested_by' | 'rearm_requested_at'>,
  now: Temporal.Instant,
): { readonly by: string; readonly at: string } | undefined {
  const { rearm_requested_by: by, rearm_requested_at: at } = row;
  if (by === null || at === null || at <= stamp(now.subtract(REARM_STANDS))) return undefined;
  return { by, at };
}

function assertMayRearm(by: string, asked: { readonly by: string } | undefined): void {
  if (by.startsWith('key_')) {
    throw new PlatformError('person-required', 'Two people re-arm a suspended system, on the staff pages.', {
      where: '/status',
      mend: 'Ask two supervisors of the authority.',
    });
  }
  if (asked?.by === by) {
    throw new PlatformError(
      'not-independent',
      'Two different people re-arm a system; you already asked for it.',
      {
        mend: 'Ask a second supervisor to confirm.',
      },
    );
  }
}

function parseReason(reason: unknown): Localized {
  const parsed = statusReason.safeParse(reason ?? {});
  if (parsed.success) return parsed.data;
  throw new PlatformError(
    'invalid-request',
    'The reason is published with the change, and is missing or not valid.',
    {
      where: '/reason',
      faults: parsed.error.issues.slice(0, 10).map((i) => ({
        where: `/reason${i.path.map((step) => `/${String(step)}`).join('')}`,
        what: i.message,
      })),
      mend: 'Give it in at least one language, such as {"fr": "…"}.',
    },
  );
}

async function readRow(db: Transaction['db'], authorityId: string, systemId: string) {
  const row = await typed<RegisterTables>(db)
    .selectFrom('systems')
    .select(['status', 'version', 'rearm_requested_by', 'rearm_requested_at'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .executeTakeFirst();
  if (row === undefined)
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
  return row;
}

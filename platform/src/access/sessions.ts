import { hash, randomBytes } from 'node:crypto';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { Role } from './permissions.ts';
import { openStaff } from './staff.ts';
import type { AccessTables } from './tables.ts';

/** A session ends after half an hour without a request, and after ten hours whatever happens. */
export const SESSION_IDLE = Temporal.Duration.from({ minutes: 30 });
export const SESSION_MOST = Temporal.Duration.from({ hours: 10 });

/** `seen_at` is written again only when it is older than this: a request does not cost a write. */
const SEEN_EVERY = Temporal.Duration.from({ minutes: 2 });

/** The person signed in, for one request. */
export interface Staff {
  readonly authorityId: string;
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Token that every form of this session sends back. */
  readonly csrf: string;
  /** SHA-256 of the session's secret in hexadecimal: tells sessions apart, opens none. */
  readonly sessionId: string;
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** Starts a session with a new random secret, inside the transaction that signs the person in. */
export function startSession(
  tx: Transaction,
  at: Temporal.Instant,
  authorityId: string,
  staffId: string,
): string {
  const token = randomBytes(32).toString('base64url');
  tx.append('staff_sessions', {
    session_sha256: digest(token),
    authority_id: authorityId,
    staff_id: staffId,
    started_at: stamp(at),
    seen_at: stamp(at),
    expires_at: stamp(at.add(SESSION_MOST)),
  });
  return token;
}

/** The session's person as they stand now: roles taken away a moment ago are gone. Undefined when it has ended. */
export async function readSession(ctx: Context, token: string | undefined): Promise<Staff | undefined> {
  if (token === undefined || !/^[\w-]{43}$/.test(token)) return undefined;
  const id = digest(token);
  const now = ctx.clock.now();
  const row = await typed<AccessTables>(ctx.store.read)
    .selectFrom('staff_sessions as x')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.authority_id', '=', 'x.authority_id').onRef('s.staff_id', '=', 'x.staff_id'),
    )
    .selectAll('s')
    .select(['x.seen_at', 'x.expires_at'])
    .where('x.session_sha256', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.status !== 'active' || row.expires_at <= stamp(now)) return undefined;
  if (row.seen_at <= stamp(now.subtract(SESSION_IDLE))) return undefined;
  if (row.seen_at <= stamp(now.subtract(SEEN_EVERY))) await touch(ctx, id, now);
  const { authorityId, staffId, name, roles } = openStaff(ctx, row);
  const sessionId = id.toString('hex');
  return { authorityId, staffId, name, roles, sessionId, csrf: csrfOf(ctx, 'staff', sessionId) };
}

async function touch(ctx: Context, id: Buffer, now: Temporal.Instant): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await typed<AccessTables>(tx.db)
      .updateTable('staff_sessions')
      .set({ seen_at: stamp(now) })
      .where('session_sha256', '=', id)
      .execute();
  });
}

/** Ends one session inside a transaction, and clears away those that have run out. */
export async function endSessions(tx: Transaction, at: Temporal.Instant, token?: string): Promise<void> {
  const sessions = typed<AccessTables>(tx.db).deleteFrom('staff_sessions');
  await sessions
    .where((e) =>
      e.or([e('expires_at', '<=', stamp(at)), e('seen_at', '<=', stamp(at.subtract(SESSION_IDLE)))]),
    )
    .execute();
  if (token !== undefined) await sessions.where('session_sha256', '=', digest(token)).execute();
}

/** Ends the sessions of everybody who works here. */
export async function endAllSessions(tx: Transaction): Promise<void> {
  await typed<AccessTables>(tx.db).deleteFrom('staff_sessions').execute();
}

/** A token bound to one session or visitor by HMAC-SHA-256 under a key that only the server has. */
export function csrfOf(ctx: Context, kind: 'staff' | 'visitor', id: string): string {
  return ctx.vault.keyring.sessionMac('csrf', kind, id).toString('base64url');
}

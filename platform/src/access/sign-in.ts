import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { RateLimiter } from './rate-limiter.ts';
import { endSessions, startSession } from './sessions.ts';
import { LOCAL_ISSUER, refuseLocalInProduction, subjectMac } from './staff.ts';
import type { AccessTables } from './tables.ts';

/** Wrong attempts: five in a row on one account, then one every three minutes; forty on one address, two a minute. */
const PER_ACCOUNT = { burst: 5, per: { count: 1, seconds: 180 } };
const PER_ADDRESS = { burst: 40, per: { count: 2, seconds: 60 } };

const limiters = new WeakMap<Context['store'], { account: RateLimiter; address: RateLimiter }>();

function limitersOf(ctx: Context) {
  let known = limiters.get(ctx.store);
  if (known === undefined) {
    known = {
      account: new RateLimiter(ctx.clock, PER_ACCOUNT),
      address: new RateLimiter(ctx.clock, PER_ADDRESS),
    };
    limiters.set(ctx.store, known);
  }
  return known;
}

export interface SignIn {
  readonly authorityId: string;
  readonly account: string;
  readonly password: string;
  /** Client address as `clientAddress` gives it. */
  readonly address: string;
  /** A session that the browser already holds: it ends, and its secret is never taken over. */
  readonly earlier?: string | undefined;
}

/**
 * Signs in with a local account and starts a session. Returns its secret, for the cookie alone.
 *
 * Throws `unauthenticated` with one message for unknown account, wrong password and people who left; `rate-limited`
 * after too many wrong attempts, before any password is looked at.
 */
export async function signIn(ctx: Context, attempt: SignIn): Promise<{ token: string; staffId: string }> {
  refuseLocalInProduction(ctx);
  const { authorityId } = attempt;
  const mac = subjectMac(ctx, authorityId, LOCAL_ISSUER, attempt.account);
  const { account, address } = limitersOf(ctx);
  const accountKey = mac.toString('base64');
  RateLimiter.takeAll('Too many attempts to sign in.', [address, attempt.address], [account, accountKey]);
  const row = await typed<AccessTables>(ctx.store.read)
    .selectFrom('staff as s')
    .innerJoin('local_accounts as a', (join) =>
      join.onRef('a.authority_id', '=', 's.authority_id').onRef('a.staff_id', '=', 's.staff_id'),
    )
    .select(['s.staff_id', 's.status', 'a.password'])
    .where('s.authority_id', '=', authorityId)
    .where('s.issuer', '=', LOCAL_ISSUER)
    .where('s.subject_mac', '=', mac)
    .executeTakeFirst();
  const { ok, outdated } = await verifyPassword(attempt.password, row?.password, ctx.passwordCost);
  if (!ok || row?.status !== 'active') {
    throw new PlatformError('unauthenticated', 'The account or the password is not right.', {
      where: 'password',
      mend: 'Check both, then try again; after several wrong attempts the account is closed for some minutes.',
    });
  }
  account.giveBack(accountKey);
  address.giveBack(attempt.address);
  const staffId = row.staff_id;
  const renewed = outdated ? await hashPassword(attempt.password, ctx.passwordCost) : undefined;
  const now = ctx.clock.now();
  const token = await ctx.store.transact(async (tx) => {
    await endSessions(tx, now, attempt.earlier);
    if (renewed !== undefined) {
      await typed<AccessTables>(tx.db)
        .updateTable('local_accounts')
        .set({ password: renewed })
        .where('authority_id', '=', authorityId)
        .where('staff_id', '=', staffId)
        .execute();
    }
    return startSession(tx, now, authorityId, staffId);
  });
  return { token, staffId };
}

/** Ends a session. An unknown or ended one changes nothing. */
export async function signOut(ctx: Context, token: string | undefined): Promise<void> {
  if (token === undefined) return;
  await ctx.store.transact((tx) => endSessions(tx, ctx.clock.now(), token));
}

import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import { presentCode } from './codes.ts';
import type { OpenedCase } from './open.ts';

export const IDLE_MINUTES = 30;
/** However busy it is, a session ends after this many hours; then the code is asked for again. */
export const LONGEST_HOURS = 4;

export interface CitizenSession extends OpenedCase {
  /** POSIX seconds. */
  readonly startedAt: number;
}

const PURPOSE = 'citizen-session';

function keyOf(ctx: Context): Buffer {
  return ctx.vault.keyring.sessionMac(PURPOSE);
}

function nowSeconds(ctx: Context): number {
  return Math.floor(ctx.clock.now().epochMilliseconds / 1000);
}

/**
 * A session as a cookie's value: sealed under a key that only the processes of this platform have, so nobody can make or read one, and nothing
 * is stored. Write it again with every answer: the idle time counts from there.
 */
export function writeSession(ctx: Context, opened: OpenedCase & { readonly startedAt?: number }): string {
  const now = nowSeconds(ctx);
  const { authorityId, caseId, codeVersion, startedAt = now } = opened;
  return sealBytes(
    keyOf(ctx),
    PURPOSE,
    JSON.stringify([authorityId, caseId, codeVersion, startedAt, now]),
  ).toString('base64url');
}

/**
 * Reads a session. Undefined for none, for one that is forged, idle for too long or too old, and for one opened with a
 * code that has been replaced since.
 */
export async function readSession(
  ctx: Context,
  cookie: string | undefined,
): Promise<CitizenSession | undefined> {
  const session = cookie === undefined ? undefined : unseal(ctx, cookie);
  if (session === undefined) return undefined;
  const now = nowSeconds(ctx);
  if (now - session.seenAt > IDLE_MINUTES * 60 || now - session.startedAt > LONGEST_HOURS * 3600)
    return undefined;
  const present = await presentCode(ctx.store.read, session.authorityId, session.caseId);
  if (present?.version !== session.codeVersion) return undefined;
  const { authorityId, caseId, codeVersion, startedAt } = session;
  return { authorityId, caseId, codeVersion, startedAt };
}

function unseal(ctx: Context, cookie: string): (CitizenSession & { readonly seenAt: number }) | undefined {
  if (cookie.length > 1024) return undefined;
  try {
    const [authorityId, caseId, codeVersion, startedAt, seenAt] = JSON.parse(
      openBytes(keyOf(ctx), PURPOSE, Buffer.from(cookie, 'base64url')).toString(),
    );
    return { authorityId, caseId, codeVersion, startedAt, seenAt };
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'altered-record') return undefined;
    throw error;
  }
}

/** The case a session was opened for, even when it has ended since; undefined for one that nobody here made. */
export function sessionCase(ctx: Context, cookie: string | undefined): string | undefined {
  return cookie === undefined ? undefined : unseal(ctx, cookie)?.caseId;
}

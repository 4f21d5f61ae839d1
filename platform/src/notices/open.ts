import { timingSafeEqual } from 'node:crypto';
import { RateLimiter } from '../access/index.ts';
import { findCaseByReference } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { codeMac, presentCode } from './codes.ts';
import { countedGuess, guessSlot, tooManyGuesses } from './guesses.ts';
import { readCode, readReference } from './typing.ts';

export interface OpenRequest {
  /** As typed. */
  readonly reference: string;
  /** As typed. */
  readonly code: string;
  /** Network address of who asks, as `clientAddress` gives it; kept in memory only. */
  readonly address: string;
}

export interface OpenedCase {
  readonly authorityId: string;
  readonly caseId: string;
  readonly codeVersion: number;
}

/** Wrong codes from one address: many, because a whole village may share one. The count of each reference is strict. */
const PER_ADDRESS = { burst: 20, per: { count: 4, seconds: 60 } };

const limiters = new WeakMap<Context['store'], RateLimiter>();

function limiterOf(ctx: Context): RateLimiter {
  let limiter = limiters.get(ctx.store);
  if (limiter === undefined) {
    limiter = new RateLimiter(ctx.clock, PER_ADDRESS);
    limiters.set(ctx.store, limiter);
  }
  return limiter;
}

/** One answer for a wrong reference and for a wrong code: nobody learns which references exist. */
function noMatch(): PlatformError {
  return new PlatformError('unauthenticated', 'This reference and this code do not go together.', {
    mend: 'Check both on the letter, or ask at the counter for a new code.',
  });
}

/**
 * Opens a case with what stands on its letter. A reference that does not exist, a code that is wrong and one that was
 * replaced take the same work and get the same answer.
 *
 * Throws `invalid-request` for what cannot be a reference or a code (not counted as a guess), `unauthenticated`, and
 * `rate-limited` with the seconds to wait.
 */
export async function openWithCode(ctx: Context, request: OpenRequest): Promise<OpenedCase> {
  const reference = readReference(request.reference);
  const code = readCode(request.code);
  if (reference === undefined || code === undefined) {
    throw new PlatformError('invalid-request', 'A reference has 10 signs and a code has 12 digits.', {
      where: reference === undefined ? 'reference' : 'code',
      mend: 'Copy both from the letter.',
    });
  }
  const limiter = limiterOf(ctx);
  const attempt = limiter.take(request.address);
  if (!attempt.allowed) throw tooManyGuesses(attempt.retryAfter);
  const found = await findCaseByReference(ctx, reference);
  const authorityId = found?.authorityId ?? '';
  const caseId = found?.caseId ?? '';
  let codeVersion = 0;
  const right = await countedGuess(ctx, guessSlot(ctx, reference, found?.caseId), async (db) => {
    const present = await presentCode(db, authorityId, caseId);
    codeVersion = present?.version ?? 0;
    const mac = codeMac(ctx, authorityId, caseId, codeVersion, code);
    return timingSafeEqual(mac, present?.code_mac ?? Buffer.alloc(mac.length)) && present !== undefined;
  });
  if (!right) throw noMatch();
  limiter.giveBack(request.address);
  return { authorityId, caseId, codeVersion };
}

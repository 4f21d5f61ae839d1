import { legalDay, stamp } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import type { Transaction } from '../store/index.ts';

export { legalDay };

/** Where something with a first day, a last day and a possible revocation stands. */
export type Standing = 'valid' | 'future' | 'ended' | 'revoked';

interface Period {
  readonly valid_from: string;
  readonly valid_to: string;
  readonly revoked_at: string | null;
}

/** An instant as stored, or as `Temporal` has it. */
export type At = string | Temporal.Instant;

export function standingOf(period: Period, at: At): Standing {
  const instant = typeof at === 'string' ? at : stamp(at);
  const day = legalDay(at);
  if (period.revoked_at !== null && period.revoked_at <= instant) return 'revoked';
  if (day < period.valid_from) return 'future';
  return day > period.valid_to ? 'ended' : 'valid';
}

/**
 * Checks the first and last day that somebody wrote down, as of `today`. Throws `invalid-request` and names the field:
 * `from`, or `to` for a last day before the first one or already past.
 */
export function parsePeriod(from: string, to: string, today: string): { from: string; to: string } {
  const period = { from: parseDay('from', from), to: parseDay('to', to) };
  if (period.to < period.from) throw fault('to', 'The last day is before the first one.');
  if (period.to < today) throw fault('to', 'The last day is already past.');
  return period;
}

function parseDay(where: string, text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text).toString();
    } catch {
      // A day such as 30 February: refused below like any other text.
    }
  }
  throw fault(where, 'This is not a day of the calendar.');
}

function fault(where: string, what: string): PlatformError {
  return new PlatformError('invalid-request', what, {
    where,
    mend: 'Give days as YYYY-MM-DD, the last not past.',
  });
}

const revisions = new WeakMap<Transaction, number>();

/**
 * Rows of one person, read once per transaction for all who ask, and again after this very transaction changed any: one
 * commit may hold a revocation and, behind it, an act that relied on what was revoked.
 */
export function readOnce<T>(tx: Transaction, key: string, read: () => Promise<T>): Promise<T> {
  return tx.once(`training/${revisions.get(tx) ?? 0}/${key}`, read);
}

/** After a write inside the transaction: what was read before it is read again. */
export function changedIn(tx: Transaction): void {
  revisions.set(tx, (revisions.get(tx) ?? 0) + 1);
}

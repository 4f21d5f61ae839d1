import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import type { NoticeTables } from './tables.ts';

/** Wrong codes for one reference before a wait begins, the longest wait, and how long a failure is remembered. */
const FREE = 5;
const FIRST_WAIT_S = 60;
/** Short on purpose: who knows only a reference must not be able to lock its owner out for long. */
const LONGEST_WAIT_S = 15 * 60;
const REMEMBERED_S = 24 * 3600;

export function waitAfter(failures: number): number {
  return failures < FREE ? 0 : Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (failures - FREE));
}

/** Slots that references without a case share, so that they are counted, and answered, like the others. */
const DECOYS = 4096;

/** Where the wrong codes for a reference are counted: its case, or one of a fixed number of decoys. */
export function guessSlot(ctx: Context, reference: string, caseId: string | undefined): string {
  if (caseId !== undefined) return caseId;
  return `decoy-${ctx.vault.keyring.mac('guess-decoy', reference).readUInt16BE(0) % DECOYS}`;
}

export function tooManyGuesses(retryAfter: number): PlatformError {
  return new PlatformError('rate-limited', 'Too many wrong codes were entered.', {
    mend: 'Wait before you try again, or ask at the counter for a new code.',
    retryAfter,
  });
}

async function readSlot(db: Db, slot: string) {
  return typed<NoticeTables>(db)
    .selectFrom('notice_guesses')
    .selectAll()
    .where('slot', '=', slot)
    .executeTakeFirst();
}

/**
 * Runs one guess. The count lives in the store, so it survives a restart; guesses are counted one after another, so many
 * at once gain nothing. Throws `rate-limited` without looking at the guess while the wait lasts.
 *
 * @param right looks at the guess inside the transaction; the time it takes must not depend on the guess.
 */
export async function countedGuess(
  ctx: Context,
  slot: string,
  right: (db: Db) => Promise<boolean>,
): Promise<boolean> {
  return ctx.store.transact(async (tx) => {
    const now = ctx.clock.now();
    const row = await readSlot(tx.db, slot);
    if (row !== undefined && row.not_before > stamp(now)) {
      const wait = Temporal.Instant.from(row.not_before).epochMilliseconds - now.epochMilliseconds;
      throw tooManyGuesses(Math.ceil(wait / 1000));
    }
    if (await right(tx.db)) {
      if (row !== undefined) await forgetGuesses(tx.db, slot);
      return true;
    }
    const remembered = row !== undefined && row.last_failure > stamp(now.subtract({ seconds: REMEMBERED_S }));
    const failures = (remembered ? row.failures : 0) + 1;
    const counted = {
      failures,
      last_failure: stamp(now),
      not_before: stamp(now.add({ seconds: waitAfter(failures) })),
    };
    await typed<NoticeTables>(tx.db)
      .insertInto('notice_guesses')
      .values({ slot, ...counted })
      .onConflict((c) => c.column('slot').doUpdateSet(counted))
      .execute();
    return false;
  });
}

export async function forgetGuesses(db: Db, slot: string): Promise<void> {
  await typed<NoticeTables>(db).deleteFrom('notice_guesses').where('slot', '=', slot).execute();
}

import { legalDay } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { type Db, type Transaction, typed } from '../store/index.ts';
import { presentPlan } from './plan.ts';
import type { PrimacyTables } from './tables.ts';

interface WorkOf {
  readonly authorityId: string;
  readonly systemId: string;
  readonly staffId: string;
}

/** How many files of a system somebody signed on the legal day of an instant, and how many they may. */
export async function workload(
  db: Db,
  { authorityId, systemId, staffId }: WorkOf,
  at: string | Temporal.Instant,
): Promise<{ readonly signed: number; readonly cap: number }> {
  const plan = await presentPlan(db, authorityId, systemId);
  const row = await typed<PrimacyTables>(db)
    .selectFrom('primacy_signed')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('staff_id', '=', staffId)
    .where('legal_day', '=', legalDay(at))
    .executeTakeFirstOrThrow();
  return { signed: Number(row.n), cap: plan?.dayCap ?? 0 };
}

/** Inside the sealing transaction: throws `rate-limited` where the day's cap is reached. */
export async function assertWithinCap(tx: Transaction, of: WorkOf, at: string): Promise<void> {
  const { signed, cap } = await workload(tx.db, of, at);
  if (cap === 0 || signed < cap) return;
  throw new PlatformError(
    'rate-limited',
    `You have signed ${signed} files of this system today; the cap is ${cap}.`,
    {
      where: 'day_cap',
      mend: 'Go on tomorrow, or leave the file to a colleague. What you wrote is kept.',
    },
  );
}

import { assertStillAllowed } from '../access/index.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { listSystemIds } from '../register/systems.ts';
import { type Db, typed } from '../store/index.ts';
import type { ArchiveOutcome, ErasureTables } from './tables.ts';

/** How long the files of a system are kept, and what has to become of them. */
export interface Schedule {
  readonly systemId: string;
  /** Whole months after the last event of a file, 1 to 1,200. */
  readonly months: number;
  /** Days that a backup of the key store is kept, 0 to 3,650. */
  readonly backupDays: number;
  readonly archive: ArchiveOutcome;
  /** The act that sets it, such as a decision of the authority and the visa of the archives. */
  readonly basis: string;
  readonly setAt: string;
  readonly setBy: string;
}

export type NewSchedule = Omit<Schedule, 'setAt' | 'setBy'> & {
  readonly authorityId: string;
  readonly by: string;
};

const inRange = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most;

/**
 * Sets the retention schedule of a system; an entry of the authority's log. Throws `invalid-request` with the field in
 * `where`, `forbidden` for whoever may not any more.
 */
export async function setSchedule(ctx: Context, schedule: NewSchedule): Promise<void> {
  const { authorityId, systemId, months, backupDays, archive, by } = schedule;
  const basis = schedule.basis.normalize('NFC').trim();
  const systems = await listSystemIds(ctx.store.read, authorityId);
  if (!systems.includes(systemId)) throw invalid('system', 'There is no such system.');
  if (!inRange(months, 1, 1_200)) throw invalid('months', 'Months are a whole number from 1 to 1,200.');
  if (!inRange(backupDays, 0, 3_650)) throw invalid('backupDays', 'Days are a whole number from 0 to 3,650.');
  if (archive !== 'eliminate' && archive !== 'transferred') {
    throw invalid('archive', 'Say what becomes of the file: eliminate or transferred.');
  }
  if (basis.length < 5 || basis.length > 300) throw invalid('basis', 'Cite the act in 5 to 300 characters.');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'retention-set',
    facts: { system: systemId, months, backup_days: backupDays, archive, basis, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'retention.set'),
    write(tx, index, at) {
      tx.append('retention_schedules', {
        authority_id: authorityId,
        system_id: systemId,
        set_at: at,
        set_by: by,
        months,
        backup_days: backupDays,
        archive,
        basis,
        log_index: index,
      });
    },
  });
}

function invalid(where: string, what: string): PlatformError {
  return new PlatformError('invalid-request', what, { where });
}

/** The schedules in force, by system. */
export async function schedulesInForce(db: Db, authorityId: string): Promise<Map<string, Schedule>> {
  const rows = await typed<ErasureTables>(db)
    .selectFrom('retention_schedules')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('log_index')
    .execute();
  return new Map(
    rows.map((row) => [
      row.system_id,
      {
        systemId: row.system_id,
        months: Number(row.months),
        backupDays: Number(row.backup_days),
        archive: row.archive,
        basis: row.basis,
        setAt: row.set_at,
        setBy: row.set_by,
      },
    ]),
  );
}

/** The day of an instant in the law's calendar. */
export function dayOf(at: Temporal.Instant | string): Temporal.PlainDate {
  return Temporal.PlainDate.from(legalDay(at));
}

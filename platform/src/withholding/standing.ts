import { legalDay } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { readOnce, type Transaction, typed } from '../store/index.ts';
import type { WithholdingTables } from './tables.ts';
import type { WithholdingTerms } from './terms.ts';

/** An approved withholding, as it stands. */
export interface Withholding extends WithholdingTerms {
  readonly id: string;
  readonly approvedOn: string;
}

/** What is withheld of the decisions that a system makes now. */
export interface Standing {
  readonly approved: readonly Withholding[];
  /** Changes with every change; -1 where nothing was ever withheld. */
  readonly revision: number;
}

interface System {
  readonly authorityId: string;
  readonly systemId: string;
}

export async function standingOf(
  from: Pick<Transaction, 'lookup'>,
  { authorityId, systemId }: System,
): Promise<Standing> {
  const found = await from.lookup('withholding_standings', {
    authority_id: authorityId,
    system_id: systemId,
  });
  const row = found as WithholdingTables['withholding_standings'] | undefined;
  if (row === undefined) return { approved: [], revision: -1 };
  return { approved: JSON.parse(row.approved) as Withholding[], revision: Number(row.revision) };
}

/** Those in force on the legal day of an instant: an end that has passed ends it, whoever forgot it. */
export function inForce({ approved }: Standing, now: Temporal.Instant): readonly Withholding[] {
  if (approved.length === 0) return approved;
  const day = legalDay(now);
  return approved.filter(({ until }) => day <= until);
}

const standings = readOnce<Standing>();

/** For use inside a sealing transaction: nothing else is withheld than a moment ago. Throws `stale-version`. */
export async function assertSameStanding(tx: Transaction, system: System, revision: number): Promise<void> {
  const key = `${system.authorityId}/${system.systemId}`;
  if ((await standings.get(tx, key, () => standingOf(tx, system))).revision === revision) return;
  throw new PlatformError('stale-version', `What is withheld of "${system.systemId}" has just changed.`, {
    mend: 'Send the request again.',
  });
}

/** Writes the new standing inside the transaction that seals the change at `index`. */
export async function stand(
  tx: Transaction,
  { authorityId, systemId }: System,
  approved: readonly Withholding[],
  index: number,
): Promise<void> {
  const db = typed<WithholdingTables>(tx.db);
  await db
    .deleteFrom('withholding_standings')
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .execute();
  await db
    .insertInto('withholding_standings')
    .values({
      authority_id: authorityId,
      system_id: systemId,
      approved: JSON.stringify(approved),
      revision: index,
    })
    .execute();
  standings.changed(tx);
}

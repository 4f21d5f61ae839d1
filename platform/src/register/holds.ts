import { PlatformError } from '../errors.ts';
import { type Db, type Transaction, typed } from '../store/index.ts';
import type { RegisterTables } from './tables.ts';

/** Why a system may not go live yet, by the room that says so. */
export type Hold = 'consultation';

interface System {
  readonly authorityId: string;
  readonly systemId: string;
}

/** Keeps a system from going live, from this transaction's commit on; more than once is once. */
export async function holdSystem(
  tx: Transaction,
  { authorityId, systemId }: System,
  hold: Hold,
  at: string,
): Promise<void> {
  const held = await holdsOf(tx.db, { authorityId, systemId });
  if (held.includes(hold)) return;
  await typed<RegisterTables>(tx.db)
    .insertInto('system_holds')
    .values({ authority_id: authorityId, system_id: systemId, hold, since: at })
    .execute();
}

/** Lets a system go live again, as far as `hold` is concerned. */
export async function releaseSystem(tx: Transaction, system: System, hold: Hold): Promise<void> {
  await typed<RegisterTables>(tx.db)
    .deleteFrom('system_holds')
    .where('authority_id', '=', system.authorityId)
    .where('system_id', '=', system.systemId)
    .where('hold', '=', hold)
    .execute();
}

export async function holdsOf(db: Db, { authorityId, systemId }: System): Promise<readonly Hold[]> {
  const rows = await typed<RegisterTables>(db)
    .selectFrom('system_holds')
    .select('hold')
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .execute();
  return rows.map(({ hold }) => hold as Hold);
}

/** For use inside the transaction that sets a system live. Throws `held` while anything holds it. */
export async function assertNotHeld(db: Db, system: System): Promise<void> {
  const holds = await holdsOf(db, system);
  if (holds.length === 0) return;
  throw new PlatformError('held', `"${system.systemId}" may not go live yet.`, {
    where: holds.join(', '),
    mend: 'Its public consultation must be over and every published comment answered first.',
  });
}

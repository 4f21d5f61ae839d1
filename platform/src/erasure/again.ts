import { dropFiles } from '../attachments/index.ts';
import { findCase, forgetSubject } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { forgetRequests } from '../decisions/admit.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { typed } from '../store/index.ts';
import { dropAttributes } from '../vault/forget.ts';
import { clearRowsDigest } from './clear-rows.ts';
import { erasureOf } from './erase.ts';
import { ErasureMemory } from './memory.ts';
import type { ErasureTables } from './tables.ts';

/**
 * After a store was set back: seals again the erasures that this machine remembers and the store has lost, and forgets again
 * what led to the person. The keys were destroyed when the platform was opened. Resolves with how many there were.
 */
export async function sealErasuresAgain(ctx: Context, authorityId: string): Promise<number> {
  let sealed = 0;
  for (const row of new ErasureMemory(ctx.fence).all) {
    const { case_id: caseId } = row;
    if (row.authority_id !== authorityId) continue;
    const before = await erasureOf(ctx.store.read, authorityId, caseId);
    if (before?.state === 'erased' || (await findCase(ctx, authorityId, caseId)) === undefined) continue;
    await recordInJournal(ctx, {
      authorityId,
      kind: 'authority',
      type: 'case-erased',
      facts: {
        case: caseId,
        system: row.system_id,
        requested_by: row.requested_by,
        by: row.confirmed_by,
        first_erased_at: row.erased_at,
        archive: {
          outcome: row.archive_outcome,
          instrument: row.archive_instrument,
          day: row.archive_day,
        },
        backups_until: row.backups_until,
        rows: await clearRowsDigest(ctx.store.read, authorityId, caseId),
      },
      async write(tx, _index, at) {
        await typed<ErasureTables>(tx.db)
          .deleteFrom('erasures')
          .where('authority_id', '=', authorityId)
          .where('case_id', '=', caseId)
          .execute();
        await typed<ErasureTables>(tx.db)
          .insertInto('erasures')
          .values({ ...row, state: 'erased', destroyed_at: at })
          .execute();
        await forgetSubject(tx, authorityId, caseId);
        await forgetRequests(tx, authorityId, caseId);
        await dropAttributes(tx, authorityId, caseId);
        await dropFiles(tx, authorityId, caseId);
      },
    });
    sealed++;
  }
  return sealed;
}

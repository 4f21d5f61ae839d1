import { RateLimiter, type Staff } from '../access/index.ts';
import { type CaseRow, findCase, findCaseByReference } from '../cases/cases.ts';
import type { CaseTables } from '../cases/tables.ts';
import type { Context } from '../context.ts';
import { readReference } from '../notices/index.ts';
import type { RegisterTables } from '../register/tables.ts';
import { typed } from '../store/index.ts';

/** Searches of one agent: plenty for a queue of people, too few to go through the files. */
const SEARCHES = { burst: 30, per: { count: 30, seconds: 600 } };

const limiters = new WeakMap<Context['store'], RateLimiter>();

function limiterOf(ctx: Context): RateLimiter {
  const known = limiters.get(ctx.store) ?? new RateLimiter(ctx.clock, SEARCHES);
  limiters.set(ctx.store, known);
  return known;
}

/**
 * The files that a reference, or for who lost the letter the agency's own file number, leads to in this authority;
 * newest first. Throws `rate-limited` for an agent who searches more than people can come.
 */
export async function findCases(
  ctx: Context,
  staff: Staff,
  asked: { readonly reference: string; readonly fileNumber: string },
): Promise<readonly CaseRow[]> {
  RateLimiter.takeAll('Too many files were searched.', [limiterOf(ctx), staff.staffId]);
  const reference = readReference(asked.reference);
  if (reference !== undefined) {
    const found = await findCaseByReference(ctx, reference);
    return found?.authorityId === staff.authorityId ? [found] : [];
  }
  return asked.fileNumber === '' ? [] : byFileNumber(ctx, staff.authorityId, asked.fileNumber);
}

/** The file number is the agency's pseudonym: only its keyed hash is stored, one for each system. */
async function byFileNumber(ctx: Context, authorityId: string, fileNumber: string): Promise<CaseRow[]> {
  const systems = await typed<RegisterTables>(ctx.store.read)
    .selectFrom('systems')
    .select('system_id')
    .where('authority_id', '=', authorityId)
    .execute();
  const found: CaseRow[] = [];
  for (const { system_id } of systems) {
    const rows = await typed<CaseTables>(ctx.store.read)
      .selectFrom('cases')
      .select('case_id')
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', system_id)
      .where('subject_mac', '=', ctx.vault.keyring.mac('subject', authorityId, system_id, fileNumber))
      .orderBy('opened_at', 'desc')
      .limit(10)
      .execute();
    for (const { case_id } of rows) {
      const one = await findCase(ctx, authorityId, case_id);
      if (one !== undefined) found.push(one);
    }
  }
  return found.sort((a, b) => b.openedAt.localeCompare(a.openedAt));
}

import { createHash } from 'node:crypto';
import { canonicalize } from '@taalil/transparency-log';
import type { CaseTables } from '../cases/tables.ts';
import type { DecisionTables } from '../decisions/tables.ts';
import { type Db, typed } from '../store/index.ts';

/**
 * SHA-256, in hexadecimal, over what stays of a case in clear: its row without the person, its decisions, its events with
 * the hash of what is sealed in them. None of it is personal, and identifiers are random. Sealed with the erasure, it lets
 * an auditor find a row of an erased case that was altered, though nothing of the case can be opened any more.
 */
export async function clearRowsDigest(db: Db, authorityId: string, caseId: string): Promise<string> {
  const one = await typed<CaseTables>(db)
    .selectFrom('cases')
    .select(['case_id', 'system_id', 'reference', 'opened_at'])
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  const decisions = await typed<DecisionTables>(db)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .execute();
  const events = await typed<CaseTables>(db)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .orderBy('log_index')
    .execute();
  const rows = {
    case: one ?? null,
    decisions: decisions
      .map((row) => ({ ...row, version: Number(row.version), overridden: Number(row.overridden) }))
      .sort((a, b) => (a.decision_id < b.decision_id ? -1 : 1)),
    events: events.map(({ sealed, ...row }) => ({
      ...row,
      log_index: Number(row.log_index),
      sealed: createHash('sha256').update(sealed).digest('hex'),
    })),
  };
  return createHash('sha256').update(canonicalize(rows)).digest('hex');
}

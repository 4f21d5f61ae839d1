import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { PrimacyTables } from './tables.ts';

/** Compares the announced plans with the journal: they decide who judges first and how many files a day somebody signs. */
export async function checkPlans(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const told = new Map<string, ToldRow>();
  for (const { type, at, facts: f } of facts) {
    if (type !== 'primacy-announced') continue;
    told.set(`${String(f.system)}/${at}`, {
      judge_first_permille: Number(f.judge_first_permille),
      known_answer_every: Number(f.known_answer_every),
      day_cap: Number(f.day_cap),
      announced_by: String(f.by),
    });
  }
  const rows = await typed<PrimacyTables>(store.read)
    .selectFrom('primacy_plans')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const stored = new Map(rows.map((row) => [`${row.system_id}/${row.announced_at}`, row]));
  compareRows(`primacy_plans/${authorityId}`, stored, told, findings);
}

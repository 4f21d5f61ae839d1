import { legalDay } from '../clock.ts';
import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { WithholdingTables } from './tables.ts';

/** Compares what is withheld, and was, with the journal: what was asked for, approved and ended, and what stands after it. */
export async function checkWithholdings(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const { orders, standings } = told(facts);
  const db = typed<WithholdingTables>(store.read);
  const rows = await db
    .selectFrom('withholdings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const byId = new Map(rows.map((row) => [row.withholding_id, row]));
  compareRows(`withholdings/${authorityId}`, byId, orders, findings, ['terms']);
  const stand = await db
    .selectFrom('withholding_standings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const bySystem = new Map(stand.map((row) => [row.system_id, row]));
  compareRows(`withholding_standings/${authorityId}`, bySystem, standings, findings, ['approved']);
}

function told(facts: readonly JournalFact[]) {
  const orders = new Map<string, ToldRow>();
  const approved = new Map<string, { readonly id: string; readonly approvedOn: string }[]>();
  const standings = new Map<string, ToldRow>();
  for (const { index, type, at, facts: f } of facts) {
    const id = String(f.withholding);
    const system = String(f.system);
    const by = String(f.by);
    const before = orders.get(id);
    if (type === 'withholding-asked') {
      const waiting = { approved_by: null, approved_at: null, ended_by: null, ended_at: null };
      const terms = JSON.stringify(f.terms);
      orders.set(id, { system_id: system, terms, asked_by: by, asked_at: at, ...waiting });
    } else if (type === 'withholding-approved' && before !== undefined) {
      orders.set(id, { ...before, approved_by: by, approved_at: at });
      const terms = JSON.parse(String(before.terms)) as object;
      approved.set(system, [...(approved.get(system) ?? []), { id, approvedOn: legalDay(at), ...terms }]);
    } else if (type === 'withholding-ended' && before !== undefined) {
      orders.set(id, { ...before, ended_by: by, ended_at: at });
      approved.set(
        system,
        (approved.get(system) ?? []).filter((one) => one.id !== id),
      );
    } else continue;
    if (type === 'withholding-asked') continue;
    standings.set(system, { approved: JSON.stringify(approved.get(system) ?? []), revision: index });
  }
  return { orders, standings };
}

import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { TrainingTables } from './tables.ts';

/** Compares certificates and delegations of signature with the journal: they say who may let an adverse decision take effect. */
export async function checkCompetence(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const { certificates, delegations } = told(facts);
  const db = typed<TrainingTables>(store.read);
  const of = (table: 'certificates' | 'delegations') =>
    db.selectFrom(table).selectAll().where('authority_id', '=', authorityId).execute();
  const held = new Map((await of('certificates')).map((row) => [Object(row).certificate_id as string, row]));
  compareRows(`certificates/${authorityId}`, held, certificates, findings);
  const given = new Map((await of('delegations')).map((row) => [Object(row).delegation_id as string, row]));
  compareRows(`delegations/${authorityId}`, given, delegations, findings);
}

function told(facts: readonly JournalFact[]) {
  const certificates = new Map<string, ToldRow>();
  const delegations = new Map<string, ToldRow>();
  for (const { index, type, at, facts: f } of facts) {
    const granted = {
      staff_id: String(f.staff),
      valid_from: String(f.from),
      valid_to: String(f.to),
      granted_by: String(f.by),
      granted_at: at,
      revoked_at: null,
      log_index: index,
    };
    if (type === 'certificate-granted') {
      certificates.set(String(f.certificate), { ...granted, kind: String(f.kind) });
    } else if (type === 'delegation-granted') {
      const scope = f.scope === 'all' ? '*' : String(f.scope);
      const { act, instrument } = f;
      delegations.set(String(f.delegation), {
        ...granted,
        act: String(act),
        scope,
        instrument: String(instrument),
      });
    } else if (type === 'certificate-revoked') revoke(certificates, String(f.certificate), at);
    else if (type === 'delegation-revoked') revoke(delegations, String(f.delegation), at);
  }
  return { certificates, delegations };
}

function revoke(told: Map<string, ToldRow>, id: string, at: string): void {
  const before = told.get(id);
  if (before !== undefined) told.set(id, { ...before, revoked_at: at });
}

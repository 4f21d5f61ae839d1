import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import { plainAnswers, viewOf } from './read.ts';
import type { AssessmentTables } from './tables.ts';

/** Compares the approved assessments, with their answers, with the journal; drafts are nobody's promise yet. */
export async function checkAssessments(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const where = `assessments/${authorityId}`;
  const told = new Map<string, ToldRow>();
  const answers = new Map<string, JsonValue>();
  for (const { index, type, at, facts: f } of facts) {
    if (type !== 'assessment-approved') continue;
    const id = String(f.assessment);
    told.set(id, {
      system_id: String(f.system),
      pack: String(f.pack),
      rule: String(f.rule),
      status: 'approved',
      approved_by: String(f.by),
      approved_at: at,
      result: JSON.stringify(f.result),
      log_index: index,
    });
    answers.set(id, f.answers ?? null);
  }
  const rows = await typed<AssessmentTables>(store.read)
    .selectFrom('assessments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const approved = rows.filter((row) => row.status === 'approved' || told.has(row.assessment_id));
  const stored = new Map(approved.map((row) => [row.assessment_id, row]));
  compareRows(where, stored, told, findings, ['result']);
  for (const row of approved) {
    const sealed = answers.get(row.assessment_id);
    if (sealed === undefined) continue;
    if (canonicalize(await answersOf(store, row)) === canonicalize(sealed)) continue;
    findings.add(`${where}/${row.assessment_id}`, 'Its answers are not the approved ones.');
  }
}

async function answersOf(store: StoreReader, row: AssessmentTables['assessments']): Promise<JsonValue> {
  try {
    return plainAnswers((await viewOf(store.read, row)).answers) as JsonValue;
  } catch {
    return null;
  }
}

import { legalDay } from '../clock.ts';
import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { compareRows, type ToldRow } from '../ledger/completeness/told-rows.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { StoredAnswer } from './binding.ts';
import type { ConformityTables } from './tables.ts';

/**
 * Compares what binds the systems' safeguards, the jurists' answers and the documents with the journal: the level follows from the
 * approved assessments, each questionnaire's last one.
 */
export async function checkBindings(
  store: StoreReader,
  authorityId: string,
  facts: readonly JournalFact[],
  findings: Findings,
): Promise<void> {
  const { bindings, answers, documents } = told(facts);
  const db = typed<ConformityTables>(store.read);
  const bound = await db
    .selectFrom('norm_bindings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  const bySystem = new Map(bound.map((row) => [row.system_id, row]));
  compareRows(`norm_bindings/${authorityId}`, bySystem, bindings, findings, ['answers']);
  for (const [table, expected] of [
    ['applicability_answers', answers],
    ['conformity_documents', documents],
  ] as const) {
    const rows = await db.selectFrom(table).selectAll().where('authority_id', '=', authorityId).execute();
    const byIndex = new Map(rows.map((row) => [String(row.log_index), row]));
    compareRows(`${table}/${authorityId}`, byIndex, expected, findings);
  }
}

interface Bound {
  readonly levels: Map<string, number>;
  answers: readonly StoredAnswer[];
}

function told(facts: readonly JournalFact[]) {
  const bound = new Map<string, Bound>();
  const bindings = new Map<string, ToldRow>();
  const answers = new Map<string, ToldRow>();
  const documents = new Map<string, ToldRow>();
  for (const { index, type, at, facts: f } of facts) {
    const system = String(f.system);
    const now = bound.get(system) ?? { levels: new Map<string, number>(), answers: [] };
    if (type === 'assessment-approved') {
      now.levels.set(String(f.rule), Number((f.result as { readonly level: number }).level));
    } else if (type === 'applicability-answered') {
      const answer = answerOf(at, f);
      now.answers = [
        ...now.answers.filter((a) => a.pack !== answer.pack || a.question !== answer.question),
        answer,
      ];
      answers.set(String(index), {
        system_id: system,
        pack: answer.pack,
        question: answer.question,
        answer: answer.answer ? 1 : 0,
        because: answer.because,
        until_day: answer.until,
        answered_by: answer.answeredBy,
        answered_at: at,
      });
    } else if (type === 'evidence-recorded') {
      documents.set(String(index), {
        system_id: system,
        name: String(f.name),
        dated: String(f.date),
        reference: String(f.reference),
        recorded_by: String(f.by),
        recorded_at: at,
      });
      continue;
    } else continue;
    bound.set(system, now);
    bindings.set(system, {
      impact_level: now.levels.size === 0 ? null : Math.max(...now.levels.values()),
      answers: JSON.stringify(now.answers),
      revision: index,
      changed_at: at,
    });
  }
  return { bindings, answers, documents };
}

function answerOf(at: string, f: JournalFact['facts']): StoredAnswer {
  return {
    pack: String(f.pack),
    question: String(f.question),
    answer: f.answer === true,
    because: String(f.because),
    answeredBy: String(f.by),
    answeredOn: legalDay(at),
    until: f.until === null ? null : String(f.until),
  };
}

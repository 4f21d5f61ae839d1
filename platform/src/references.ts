import { sql } from 'kysely';
import type { Findings } from './ledger/completeness/findings.ts';
import type { Db, Schema } from './store/index.ts';

/** Which table a column of this name points into, by the same name there, in every table that has it. */
const POINTS_INTO: Readonly<Record<string, string>> = {
  case_id: 'cases',
  decision_id: 'decisions',
  system_id: 'systems',
  staff_id: 'staff',
  review_id: 'reviews',
  webhook_id: 'webhooks',
  assessment_id: 'assessments',
  consultation_id: 'consultations',
  exercise_id: 'primacy_exercises',
};

const EXERCISE = ['primacy_exercises', 'exercise_id'] as const;

/** What a column may name instead: a file with a known answer lies on the desk as a decision would, reasons may be a review's. */
const OR: Readonly<Record<string, readonly (readonly [table: string, column: string])[]>> = {
  'desk_openings.decision_id': [EXERCISE],
  'desk_drafts.decision_id': [EXERCISE],
  'desk_reasons.decision_id': [EXERCISE, ['reviews', 'review_id']],
};

export interface Reference {
  readonly table: string;
  readonly column: string;
  /** Tables and their columns, one of which must have the value. */
  readonly into: readonly (readonly [table: string, column: string])[];
}

/** Every reference of a schema: a column that has another table's name for its rows points into it. */
export function referencesOf(schema: Schema): Reference[] {
  return [...schema.values()].flatMap(({ name: table, columns }) =>
    columns.flatMap(({ name: column }) => {
      const into = POINTS_INTO[column];
      if (into === undefined || into === table) return [];
      return [{ table, column, into: [[into, column], ...(OR[`${table}.${column}`] ?? [])] }];
    }),
  );
}

/** Names the columns whose rows point at rows that are not there. */
export async function checkReferences(db: Db, schema: Schema, findings: Findings): Promise<void> {
  for (const { table, column, into } of referencesOf(schema)) {
    const nowhere = into.map(
      ([target, id]) => sql`not exists (
        select 1 from ${sql.table(target)} as t
        where t.authority_id = f.authority_id and ${sql.ref(`t.${id}`)} = ${sql.ref(`f.${column}`)})`,
    );
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} as f
      where ${sql.ref(`f.${column}`)} is not null and ${sql.join(nowhere, sql` and `)}`.execute(db);
    const n = Number(rows[0]?.n);
    if (n > 0)
      findings.add(`${table}.${column}`, `${n} rows name a row of ${into[0]?.[0]} that is not there.`);
  }
}

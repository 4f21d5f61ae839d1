import type { Migration } from '../store/index.ts';

export type AssessmentStatus = 'draft' | 'submitted' | 'approved' | 'withdrawn';

export interface AssessmentTables {
  assessments: {
    authority_id: string;
    assessment_id: string;
    system_id: string;
    /** Pack and level rule whose questionnaire is answered. */
    pack: string;
    rule: string;
    status: AssessmentStatus;
    /** Counts the times that answers were saved: what an author has seen. */
    revision: number;
    opened_by: string;
    opened_at: string;
    submitted_by: string | null;
    submitted_at: string | null;
    /** Why it was sent back the last time. */
    returned_note: string | null;
    approved_by: string | null;
    approved_at: string | null;
    /** The result as approved, JSON of {@link SealedResult}; null before. */
    result: string | null;
    log_index: number | null;
  };
  /** Every answer ever saved; of one question the highest revision counts. */
  assessment_answers: {
    authority_id: string;
    assessment_id: string;
    question_id: string;
    revision: number;
    /** JSON of a choice, a list of choices or a text; `null` when it was taken back. */
    value: string;
    answered_by: string;
    answered_at: string;
  };
}

export const assessmentMigrations: readonly Migration[] = [
  {
    id: 'assessment-0001',
    async up({ db }) {
      await db.schema
        .createTable('assessments')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('assessment_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('pack', 'text', (c) => c.notNull())
        .addColumn('rule', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('opened_by', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addColumn('submitted_by', 'text')
        .addColumn('submitted_at', 'text')
        .addColumn('returned_note', 'text')
        .addColumn('approved_by', 'text')
        .addColumn('approved_at', 'text')
        .addColumn('result', 'text')
        .addColumn('log_index', 'bigint')
        .addPrimaryKeyConstraint('assessments_pk', ['authority_id', 'assessment_id'])
        .execute();
      await db.schema
        .createIndex('assessments_by_system')
        .on('assessments')
        .columns(['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('assessment_answers')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('assessment_id', 'text', (c) => c.notNull())
        .addColumn('question_id', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('value', 'text', (c) => c.notNull())
        .addColumn('answered_by', 'text', (c) => c.notNull())
        .addColumn('answered_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('assessment_answers_pk', [
          'authority_id',
          'assessment_id',
          'question_id',
          'revision',
        ])
        .execute();
    },
  },
];

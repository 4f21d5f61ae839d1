import type { Migration } from '../store/index.ts';

export interface ConformityTables {
  /** What binds a system's safeguards beside its record: read at admission and again inside every sealing transaction. */
  norm_bindings: {
    authority_id: string;
    system_id: string;
    /** Of the approved assessments, the highest; null before the first. */
    impact_level: number | null;
    /** A jurist's answers in force, as JSON: a list of {@link StoredAnswer}. */
    answers: string;
    /** Place in the log of the entry that changed it last. */
    revision: number;
    changed_at: string;
  };
  /** Every answer that was ever given, in the order of the log. */
  applicability_answers: {
    authority_id: string;
    log_index: number;
    system_id: string;
    pack: string;
    question: string;
    answer: number;
    because: string;
    /** Last day on which it may be relied on. */
    until_day: string | null;
    answered_by: string;
    answered_at: string;
  };
  /** Documents that show something, as somebody recorded them. */
  conformity_documents: {
    authority_id: string;
    log_index: number;
    system_id: string;
    name: string;
    /** Day of the document. */
    dated: string;
    reference: string;
    recorded_by: string;
    recorded_at: string;
  };
}

export const conformityMigrations: readonly Migration[] = [
  {
    id: 'conformity-0001',
    async up({ db, clustered }) {
      await clustered(db.schema.createTable('norm_bindings'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('impact_level', 'integer')
        .addColumn('answers', 'text', (c) => c.notNull())
        .addColumn('revision', 'bigint', (c) => c.notNull())
        .addColumn('changed_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('norm_bindings_pk', ['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('applicability_answers')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('pack', 'text', (c) => c.notNull())
        .addColumn('question', 'text', (c) => c.notNull())
        .addColumn('answer', 'integer', (c) => c.notNull())
        .addColumn('because', 'text', (c) => c.notNull())
        .addColumn('until_day', 'text')
        .addColumn('answered_by', 'text', (c) => c.notNull())
        .addColumn('answered_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('applicability_answers_pk', ['authority_id', 'log_index'])
        .execute();
    },
  },
  {
    id: 'conformity-0002',
    async up({ db }) {
      await db.schema
        .createTable('conformity_documents')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('dated', 'text', (c) => c.notNull())
        .addColumn('reference', 'text', (c) => c.notNull())
        .addColumn('recorded_by', 'text', (c) => c.notNull())
        .addColumn('recorded_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('conformity_documents_pk', ['authority_id', 'log_index'])
        .execute();
    },
  },
];

import type { Migration } from '../store/index.ts';
import type { Act } from './acts.ts';

export interface TrainingTables {
  certificates: {
    authority_id: string;
    certificate_id: string;
    staff_id: string;
    kind: string;
    /** First and last day of validity, both included, in the law's calendar. */
    valid_from: string;
    valid_to: string;
    granted_by: string;
    granted_at: string;
    revoked_at: string | null;
    log_index: number;
  };
  delegations: {
    authority_id: string;
    delegation_id: string;
    staff_id: string;
    act: Act;
    /** A system id, or `*` for every system of the authority. */
    scope: string;
    valid_from: string;
    valid_to: string;
    /** Reference of the act that delegates the signature. */
    instrument: string;
    granted_by: string;
    granted_at: string;
    revoked_at: string | null;
    log_index: number;
  };
  /** A quiz that somebody took; only they see their own. */
  training_attempts: {
    authority_id: string;
    attempt_id: string;
    staff_id: string;
    module: string;
    /** SHA-256 of the module's texts and quiz. */
    edition: string;
    at: string;
    right_answers: number;
    of_answers: number;
    passed: number;
  };
  training_diagnoses: {
    authority_id: string;
    diagnosis_id: string;
    staff_id: string;
    role: string;
    at: string;
    right_answers: number;
    of_answers: number;
    /** JSON: the modules to take first. */
    modules: string;
  };
}

export const trainingMigrations: readonly Migration[] = [
  {
    id: 'training-0001',
    async up({ db }) {
      await db.schema
        .createTable('certificates')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('certificate_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('valid_from', 'text', (c) => c.notNull())
        .addColumn('valid_to', 'text', (c) => c.notNull())
        .addColumn('granted_by', 'text', (c) => c.notNull())
        .addColumn('granted_at', 'text', (c) => c.notNull())
        .addColumn('revoked_at', 'text')
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('certificates_pk', ['authority_id', 'certificate_id'])
        .execute();
      await db.schema
        .createIndex('certificates_by_staff')
        .on('certificates')
        .columns(['authority_id', 'staff_id'])
        .execute();
      await db.schema
        .createTable('delegations')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('delegation_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('act', 'text', (c) => c.notNull())
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('valid_from', 'text', (c) => c.notNull())
        .addColumn('valid_to', 'text', (c) => c.notNull())
        .addColumn('instrument', 'text', (c) => c.notNull())
        .addColumn('granted_by', 'text', (c) => c.notNull())
        .addColumn('granted_at', 'text', (c) => c.notNull())
        .addColumn('revoked_at', 'text')
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('delegations_pk', ['authority_id', 'delegation_id'])
        .execute();
      await db.schema
        .createIndex('delegations_by_staff')
        .on('delegations')
        .columns(['authority_id', 'staff_id'])
        .execute();
    },
  },
  {
    id: 'training-0002',
    async up({ db }) {
      await db.schema
        .createTable('training_attempts')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('attempt_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('module', 'text', (c) => c.notNull())
        .addColumn('edition', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('right_answers', 'integer', (c) => c.notNull())
        .addColumn('of_answers', 'integer', (c) => c.notNull())
        .addColumn('passed', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('training_attempts_pk', ['authority_id', 'attempt_id'])
        .execute();
      await db.schema
        .createIndex('training_attempts_by_staff')
        .on('training_attempts')
        .columns(['authority_id', 'staff_id', 'at'])
        .execute();
      await db.schema
        .createTable('training_diagnoses')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('diagnosis_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('right_answers', 'integer', (c) => c.notNull())
        .addColumn('of_answers', 'integer', (c) => c.notNull())
        .addColumn('modules', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('training_diagnoses_pk', ['authority_id', 'diagnosis_id'])
        .execute();
      await db.schema
        .createIndex('training_diagnoses_by_staff')
        .on('training_diagnoses')
        .columns(['authority_id', 'staff_id', 'at'])
        .execute();
    },
  },
];

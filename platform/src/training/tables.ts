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
];

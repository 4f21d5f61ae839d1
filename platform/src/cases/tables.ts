import type { Migration } from '../store/index.ts';

export interface CaseTables {
  cases: {
    authority_id: string;
    case_id: string;
    system_id: string;
    reference: string;
    /** HMAC of the agency's pseudonym: finds a person's cases, tells nobody who it is. */
    subject_mac: Uint8Array;
    opened_at: string;
  };
  case_events: {
    authority_id: string;
    /** The event's place in the authority's log: also the cursor of the event feed. */
    log_index: number;
    case_id: string;
    system_id: string;
    decision_id: string | null;
    type: string;
    at: string;
    sealed: Uint8Array;
  };
}

export const caseMigrations: readonly Migration[] = [
  {
    id: 'cases-0001',
    async up({ db, bytes, clustered }) {
      await clustered(db.schema.createTable('cases'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('reference', 'text', (c) => c.notNull().unique())
        .addColumn('subject_mac', bytes as 'blob', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('cases_pk', ['authority_id', 'case_id'])
        .execute();
      await db.schema
        .createIndex('cases_by_subject')
        .on('cases')
        .columns(['authority_id', 'system_id', 'subject_mac'])
        .execute();
      await db.schema
        .createTable('case_events')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text')
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('case_events_pk', ['authority_id', 'log_index'])
        .execute();
      await db.schema
        .createIndex('case_events_by_case')
        .on('case_events')
        .columns(['authority_id', 'case_id', 'log_index'])
        .execute();
    },
  },
];

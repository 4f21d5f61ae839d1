import type { Migration } from '../store/index.ts';

export interface CounterTables {
  /** A visit: an agent has a case open in the presence of the person, for a short time. */
  assistances: {
    authority_id: string;
    assistance_id: string;
    case_id: string;
    staff_id: string;
    opened_at: string;
    ended_at: string | null;
  };
}

export const counterMigrations: readonly Migration[] = [
  {
    id: 'counter-0001',
    async up({ db }) {
      await db.schema
        .createTable('assistances')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('assistance_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addColumn('ended_at', 'text')
        .addPrimaryKeyConstraint('assistances_pk', ['authority_id', 'assistance_id'])
        .execute();
    },
  },
];

import type { Migration } from '../store/index.ts';

export interface WithholdingTables {
  withholdings: {
    authority_id: string;
    withholding_id: string;
    system_id: string;
    /** JSON of a `Withholding`'s scope, ground and end, as they were sealed. */
    terms: string;
    asked_by: string;
    asked_at: string;
    approved_by: string | null;
    approved_at: string | null;
    ended_by: string | null;
    ended_at: string | null;
  };
  /** What is withheld of a system's decisions now: JSON of the approved ones, and the log entry that made it so. */
  withholding_standings: { authority_id: string; system_id: string; approved: string; revision: number };
  /** A court's order to open what is withheld of one decision: asked for by one person, carried out by another. */
  withheld_openings: {
    authority_id: string;
    opening_id: string;
    decision_id: string;
    court_order: string;
    asked_by: string;
    asked_at: string;
    opened_by: string | null;
    opened_at: string | null;
  };
}

export const withholdingMigrations: readonly Migration[] = [
  {
    id: 'withholding-0001',
    async up({ db }) {
      await db.schema
        .createTable('withholdings')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('withholding_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('terms', 'text', (c) => c.notNull())
        .addColumn('asked_by', 'text', (c) => c.notNull())
        .addColumn('asked_at', 'text', (c) => c.notNull())
        .addColumn('approved_by', 'text')
        .addColumn('approved_at', 'text')
        .addColumn('ended_by', 'text')
        .addColumn('ended_at', 'text')
        .addPrimaryKeyConstraint('withholdings_pk', ['authority_id', 'withholding_id'])
        .execute();
      await db.schema
        .createTable('withholding_standings')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('approved', 'text', (c) => c.notNull())
        .addColumn('revision', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('withholding_standings_pk', ['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('withheld_openings')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('opening_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('court_order', 'text', (c) => c.notNull())
        .addColumn('asked_by', 'text', (c) => c.notNull())
        .addColumn('asked_at', 'text', (c) => c.notNull())
        .addColumn('opened_by', 'text')
        .addColumn('opened_at', 'text')
        .addPrimaryKeyConstraint('withheld_openings_pk', ['authority_id', 'opening_id'])
        .execute();
    },
  },
];

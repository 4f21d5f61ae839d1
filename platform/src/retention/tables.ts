import type { Certainty } from '@taalil/norms';
import type { Migration } from '../store/index.ts';

export interface RetentionTables {
  /** How long an authority keeps what goes by itself. Of one rule and system the row set last is in force. */
  retention_rules: {
    authority_id: string;
    /** `*`: what belongs to no system. */
    system_id: string;
    /** Id of a `SweptRule`. */
    rule: string;
    /** Whole days; null: kept. */
    days: number | null;
    /** The act that sets it, as it is cited, and how far it can be relied on. */
    basis: string;
    certainty: Certainty;
    set_at: string;
    set_by: string;
    log_index: number;
  };
}

export const retentionMigrations: readonly Migration[] = [
  {
    id: 'retention-0001',
    async up({ db }) {
      await db.schema
        .createTable('retention_rules')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('rule', 'text', (c) => c.notNull())
        .addColumn('days', 'integer')
        .addColumn('basis', 'text', (c) => c.notNull())
        .addColumn('certainty', 'text', (c) => c.notNull())
        .addColumn('set_at', 'text', (c) => c.notNull())
        .addColumn('set_by', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('retention_rules_pk', ['authority_id', 'log_index'])
        .execute();
    },
  },
];

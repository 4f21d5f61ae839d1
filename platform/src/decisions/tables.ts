import type { Migration } from '../store/index.ts';

export type DecisionStatus = 'awaiting-person' | 'effective' | 'superseded';
export type Effect = 'favourable' | 'adverse';

/** A repeated request gets its first answer for this long; then its idempotency key is forgotten. The decision stays. */
export const REPEATS_KEPT_DAYS = 30;

export interface DecisionTables {
  decisions: {
    authority_id: string;
    decision_id: string;
    case_id: string;
    system_id: string;
    version: number;
    status: DecisionStatus;
    /** Of a proposal: what is proposed. */
    effect: Effect;
    /** `rule` for what takes effect without a person, which is never adverse (I3). */
    decided_by: 'rule' | 'person';
    overridden: number;
    created_at: string;
    effective_at: string | null;
    supersedes: string | null;
    superseded_by: string | null;
  };
  idempotency: {
    authority_id: string;
    api_key_id: string;
    system_id: string;
    idempotency_key: string;
    body_mac: Uint8Array;
    decision_id: string;
    created_at: string;
  };
}

export const decisionMigrations: readonly Migration[] = [
  {
    id: 'decisions-0001',
    async up({ db, bytes, clustered }) {
      await clustered(db.schema.createTable('decisions'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('effect', 'text', (c) => c.notNull())
        .addColumn('decided_by', 'text', (c) => c.notNull())
        .addColumn('overridden', 'integer', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addColumn('effective_at', 'text')
        .addColumn('supersedes', 'text')
        .addColumn('superseded_by', 'text')
        .addPrimaryKeyConstraint('decisions_pk', ['authority_id', 'decision_id'])
        .execute();
      await db.schema
        .createIndex('decisions_by_case')
        .on('decisions')
        .columns(['authority_id', 'case_id', 'created_at'])
        .execute();
      await db.schema
        .createIndex('decisions_waiting')
        .on('decisions')
        .columns(['authority_id', 'status', 'created_at'])
        .execute();
      await clustered(db.schema.createTable('idempotency'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('api_key_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('idempotency_key', 'text', (c) => c.notNull())
        .addColumn('body_mac', bytes as 'blob', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('idempotency_pk', [
          'authority_id',
          'api_key_id',
          'system_id',
          'idempotency_key',
        ])
        .execute();
    },
  },
];

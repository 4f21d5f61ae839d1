import type { Migration } from '../store/index.ts';

export type AlertStatus = 'open' | 'acknowledged';

export interface MonitoringTables {
  /** What is declared of how a system is watched, revision by revision: JSON of a `MonitoringPlan`. */
  monitor_plans: {
    authority_id: string;
    system_id: string;
    revision: number;
    plan: string;
    declared_by: string;
    declared_at: string;
    log_index: number;
  };
  /** How far the aggregator has followed the event feed. */
  monitor_state: {
    authority_id: string;
    system_id: string;
    /** Of the dimensions that the cells have: other ones need another count from the beginning. */
    scheme: string;
    /** Index of the last event that is counted. */
    cursor: number;
    /** Cases counted, and cases that could not be because their personal data was erased before. */
    cases: number;
    erased: number;
    /** Events of counted cases that came after their erasure: the case stays counted as it was. */
    late: number;
    moved_at: string;
  };
  /** Whole numbers by combination of values: nothing here is about one case. */
  monitor_cells: {
    authority_id: string;
    system_id: string;
    cube: 'groups' | 'officers' | 'reviews';
    /** JSON array of the cell's values. */
    cell: string;
    n: number;
    /** Sums of scores and of their squares, in thousandths. */
    scores: number;
    squares: number;
  };
  /** Where a case is counted, sealed under a key derived from the case's: moving it needs no other memory. */
  monitor_members: { authority_id: string; case_id: string; system_id: string; sealed: Uint8Array };
  /** What each look at a closed month saw, never changed: JSON of counts by watch. */
  monitor_looks: {
    authority_id: string;
    system_id: string;
    revision: number;
    month: string;
    looked_at: string;
    counts: string;
  };
  monitor_alerts: {
    authority_id: string;
    alert_id: string;
    system_id: string;
    revision: number;
    watch: string;
    /** The month whose look opened it. */
    month: string;
    opened_at: string;
    /** JSON of an `AlertEvidence`. */
    evidence: string;
    suspended: number;
    status: AlertStatus;
    acknowledged_by: string | null;
    acknowledged_at: string | null;
    note: string | null;
  };
}

export const monitoringMigrations: readonly Migration[] = [
  {
    id: 'monitoring-0001',
    async up({ db, bytes, clustered }) {
      await db.schema
        .createTable('monitor_plans')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('plan', 'text', (c) => c.notNull())
        .addColumn('declared_by', 'text', (c) => c.notNull())
        .addColumn('declared_at', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('monitor_plans_pk', ['authority_id', 'system_id', 'revision'])
        .execute();
      await db.schema
        .createTable('monitor_state')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('scheme', 'text', (c) => c.notNull())
        .addColumn('cursor', 'bigint', (c) => c.notNull())
        .addColumn('cases', 'bigint', (c) => c.notNull())
        .addColumn('erased', 'bigint', (c) => c.notNull())
        .addColumn('late', 'bigint', (c) => c.notNull())
        .addColumn('moved_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('monitor_state_pk', ['authority_id', 'system_id'])
        .execute();
      await clustered(db.schema.createTable('monitor_cells'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('cube', 'text', (c) => c.notNull())
        .addColumn('cell', 'text', (c) => c.notNull())
        .addColumn('n', 'bigint', (c) => c.notNull())
        .addColumn('scores', 'bigint', (c) => c.notNull())
        .addColumn('squares', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('monitor_cells_pk', ['authority_id', 'system_id', 'cube', 'cell'])
        .execute();
      await clustered(db.schema.createTable('monitor_members'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('monitor_members_pk', ['authority_id', 'case_id'])
        .execute();
      await db.schema
        .createTable('monitor_looks')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('month', 'text', (c) => c.notNull())
        .addColumn('looked_at', 'text', (c) => c.notNull())
        .addColumn('counts', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('monitor_looks_pk', ['authority_id', 'system_id', 'revision', 'month'])
        .execute();
      await db.schema
        .createTable('monitor_alerts')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('alert_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('watch', 'text', (c) => c.notNull())
        .addColumn('month', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addColumn('evidence', 'text', (c) => c.notNull())
        .addColumn('suspended', 'integer', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('acknowledged_by', 'text')
        .addColumn('acknowledged_at', 'text')
        .addColumn('note', 'text')
        .addPrimaryKeyConstraint('monitor_alerts_pk', ['authority_id', 'alert_id'])
        .execute();
      await db.schema
        .createIndex('monitor_alerts_by_system')
        .on('monitor_alerts')
        .columns(['authority_id', 'system_id', 'opened_at'])
        .execute();
      await db.schema
        .createIndex('case_events_by_system')
        .on('case_events')
        .columns(['authority_id', 'system_id', 'log_index'])
        .execute();
    },
  },
];

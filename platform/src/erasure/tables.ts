import type { Migration } from '../store/index.ts';

/** What the archives decided about the file: it may go, or it was handed over first. */
export type ArchiveOutcome = 'eliminate' | 'transferred';

export interface ErasureTables {
  /** How long the files of a system are kept. The row set last is in force; older ones stay to be read. */
  retention_schedules: {
    authority_id: string;
    system_id: string;
    set_at: string;
    set_by: string;
    /** Months after the last event of a file. */
    months: number;
    /** Days that a backup of the key store is kept: so long can it still open what was erased. */
    backup_days: number;
    /** What has to become of a file before it goes. */
    archive: ArchiveOutcome;
    /** The act that sets it, as it is cited. */
    basis: string;
    log_index: number;
  };
  erasures: {
    authority_id: string;
    case_id: string;
    system_id: string;
    state: 'requested' | 'erased';
    requested_at: string;
    requested_by: string;
    archive_outcome: ArchiveOutcome;
    /** The act of the archives, as it is cited, and its date. */
    archive_instrument: string;
    archive_day: string;
    erased_at: string | null;
    confirmed_by: string | null;
    /** When the bytes of the key were gone from the key store; null while that is still to do. */
    destroyed_at: string | null;
    /** Last day on which a backup of the key store, made before, may still exist. */
    backups_until: string | null;
  };
}

export const erasureMigrations: readonly Migration[] = [
  {
    id: 'erasure-0001',
    async up({ db }) {
      await db.schema
        .createTable('retention_schedules')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('set_at', 'text', (c) => c.notNull())
        .addColumn('set_by', 'text', (c) => c.notNull())
        .addColumn('months', 'integer', (c) => c.notNull())
        .addColumn('backup_days', 'integer', (c) => c.notNull())
        .addColumn('archive', 'text', (c) => c.notNull())
        .addColumn('basis', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('retention_schedules_pk', ['authority_id', 'log_index'])
        .execute();
      await db.schema
        .createTable('erasures')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('requested_at', 'text', (c) => c.notNull())
        .addColumn('requested_by', 'text', (c) => c.notNull())
        .addColumn('archive_outcome', 'text', (c) => c.notNull())
        .addColumn('archive_instrument', 'text', (c) => c.notNull())
        .addColumn('archive_day', 'text', (c) => c.notNull())
        .addColumn('erased_at', 'text')
        .addColumn('confirmed_by', 'text')
        .addColumn('destroyed_at', 'text')
        .addColumn('backups_until', 'text')
        .addPrimaryKeyConstraint('erasures_pk', ['authority_id', 'case_id'])
        .execute();
      await db.schema
        .createIndex('erasures_by_state')
        .on('erasures')
        .columns(['authority_id', 'state', 'erased_at'])
        .execute();
    },
  },
];

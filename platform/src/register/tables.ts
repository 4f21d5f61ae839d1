import type { Migration } from '../store/index.ts';
import type { SystemStatus } from './record.ts';

export interface RegisterTables {
  authorities: { authority_id: string; profile: string; created_at: string };
  systems: {
    authority_id: string;
    system_id: string;
    status: SystemStatus;
    version: number;
    status_reason: string | null;
    rearm_requested_by: string | null;
    updated_at: string;
  };
  system_versions: {
    authority_id: string;
    system_id: string;
    version: number;
    record: string;
    model_version: number;
    published_at: string;
    log_index: number;
  };
  models: {
    authority_id: string;
    system_id: string;
    model_version: number;
    sha256: string;
    bytes: Uint8Array;
    added_at: string;
  };
  register_snapshots: { authority_id: string; system_id: string; day: string; figures: string };
}

export const registerMigrations: readonly Migration[] = [
  {
    id: 'register-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('authorities')
        .addColumn('authority_id', 'text', (c) => c.primaryKey())
        .addColumn('profile', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('systems')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('status_reason', 'text')
        .addColumn('rearm_requested_by', 'text')
        .addColumn('updated_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('systems_pk', ['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('system_versions')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('record', 'text', (c) => c.notNull())
        .addColumn('model_version', 'integer', (c) => c.notNull())
        .addColumn('published_at', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('system_versions_pk', ['authority_id', 'system_id', 'version'])
        .execute();
      await db.schema
        .createTable('models')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('model_version', 'integer', (c) => c.notNull())
        .addColumn('sha256', 'text', (c) => c.notNull())
        .addColumn('bytes', bytes as 'blob', (c) => c.notNull())
        .addColumn('added_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('models_pk', ['authority_id', 'system_id', 'model_version'])
        .execute();
      await db.schema
        .createTable('register_snapshots')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('figures', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('register_snapshots_pk', ['authority_id', 'system_id', 'day'])
        .execute();
    },
  },
];

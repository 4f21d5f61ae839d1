import { type Migration, typed } from '../store/index.ts';
import type { SystemRecord, SystemStatus } from './record.ts';
import { searchText } from './search-text.ts';

export interface RegisterTables {
  /** What keeps a system from going live, by the room that says so. */
  system_holds: {
    authority_id: string;
    system_id: string;
    hold: string;
    since: string;
  };
  authorities: { authority_id: string; profile: string; created_at: string };
  systems: {
    authority_id: string;
    system_id: string;
    status: SystemStatus;
    version: number;
    /** Why it has this status, in the languages of whoever changed it: JSON of a `Localized`. */
    status_reason: string | null;
    rearm_requested_by: string | null;
    rearm_requested_at: string | null;
    updated_at: string;
    /** Of the present version: what the register's list searches and filters by. */
    search: string;
    impact_level: number;
  };
  /** Every change of status, and every first request to re-arm; `by` is never published. */
  system_status_changes: {
    authority_id: string;
    system_id: string;
    log_index: number;
    from_status: SystemStatus;
    to_status: SystemStatus;
    reason: string | null;
    by: string;
    at: string;
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
  /** What stands published at the end of a day: JSON of a `StoredStanding`. */
  register_snapshots: { authority_id: string; system_id: string; day: string; figures: string };
  /** Closed periods, never changed: JSON of `Figures`. */
  register_periods: {
    authority_id: string;
    system_id: string;
    from_day: string;
    to_day: string;
    figures: string;
  };
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
  {
    id: 'register-0002',
    async up({ db }) {
      await db.schema.alterTable('systems').addColumn('rearm_requested_at', 'text').execute();
      await db.schema
        .alterTable('systems')
        .addColumn('search', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
      await db.schema
        .alterTable('systems')
        .addColumn('impact_level', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createTable('system_status_changes')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('from_status', 'text', (c) => c.notNull())
        .addColumn('to_status', 'text', (c) => c.notNull())
        .addColumn('reason', 'text')
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('system_status_changes_pk', ['authority_id', 'system_id', 'log_index'])
        .execute();
      await db.schema
        .createTable('register_periods')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('from_day', 'text', (c) => c.notNull())
        .addColumn('to_day', 'text', (c) => c.notNull())
        .addColumn('figures', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('register_periods_pk', ['authority_id', 'system_id', 'to_day'])
        .execute();
      await indexPresentRecords(typed<RegisterTables>(db));
    },
  },
  {
    id: 'register-holds-0001',
    async up({ db }) {
      await db.schema
        .createTable('system_holds')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('hold', 'text', (c) => c.notNull())
        .addColumn('since', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('system_holds_pk', ['authority_id', 'system_id', 'hold'])
        .execute();
    },
  },
];

async function indexPresentRecords(db: ReturnType<typeof typed<RegisterTables>>): Promise<void> {
  const rows = await db
    .selectFrom('systems as s')
    .innerJoin('system_versions as v', (join) =>
      join
        .onRef('v.authority_id', '=', 's.authority_id')
        .onRef('v.system_id', '=', 's.system_id')
        .onRef('v.version', '=', 's.version'),
    )
    .select(['s.authority_id', 's.system_id', 'v.record'])
    .execute();
  for (const row of rows) {
    const record = JSON.parse(row.record) as SystemRecord;
    await db
      .updateTable('systems')
      .set({ search: searchText(row.system_id, record), impact_level: record.impactLevel })
      .where('authority_id', '=', row.authority_id)
      .where('system_id', '=', row.system_id)
      .execute();
  }
}

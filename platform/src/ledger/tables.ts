import type { Migration } from '../store/index.ts';

/**
 * In every `log_…` table but `log_lineage` and `log_publication`, `authority_id` is the id of a log: that of
 * its authority, or of a successor (see `log-id.ts`), and sizes and indexes count the entries of that log alone.
 */
export interface LedgerTables {
  log_state: {
    authority_id: string;
    origin: string;
    size: number;
    root: Uint8Array;
    /** 1 once a fence file was made for this log: from then on a missing one is a reason to refuse. */
    fenced: number;
    /** When this log was closed for good; a closed log signs nothing. */
    closed_at: string | null;
  };
  log_entries: { authority_id: string; log_index: number; entry: Uint8Array };
  log_tiles: { authority_id: string; level: number; tile_index: number; width: number; hashes: Uint8Array };
  log_checkpoints: {
    authority_id: string;
    size: number;
    at: string;
    note: string;
    /** Not shown to the public before this instant; never falls from one row to the next. */
    publish_from: string;
    /** Size before this commit, and a MAC under the pepper over the row: a row taken out or put in is found. */
    prior: number | null;
    mac: Uint8Array | null;
  };
  /** What the public sees of each log: a size that only rises. */
  log_published: { authority_id: string; size: number; at: string };
  /** Checkpoints that carry the quorum of witnesses. */
  log_witnessed: { authority_id: string; size: number; at: string; note: string };
  /** Systems whose entries are shown to the public only at the end of an interval. */
  log_publication: { authority_id: string; system_id: string; interval_seconds: number };
  /** The logs of an authority after its first: `base` is the index, among all its entries, of the log's first one. */
  log_lineage: { authority_id: string; generation: number; base: number; at: string };
  journal: { authority_id: string; log_index: number; type: string; at: string; openings: string };
}

export const ledgerMigrations: readonly Migration[] = [
  {
    id: 'ledger-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('log_state')
        .addColumn('authority_id', 'text', (c) => c.primaryKey())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('root', bytes as 'blob', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('log_entries')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('entry', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_entries_pk', ['authority_id', 'log_index'])
        .execute();
      await db.schema
        .createTable('log_tiles')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('level', 'integer', (c) => c.notNull())
        .addColumn('tile_index', 'bigint', (c) => c.notNull())
        .addColumn('width', 'integer', (c) => c.notNull())
        .addColumn('hashes', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_tiles_pk', ['authority_id', 'level', 'tile_index'])
        .execute();
      await db.schema
        .createTable('log_checkpoints')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('note', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_checkpoints_pk', ['authority_id', 'size'])
        .execute();
      await db.schema
        .createTable('journal')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('openings', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('journal_pk', ['authority_id', 'log_index'])
        .execute();
    },
  },
  {
    id: 'ledger-0002',
    async up({ db, bytes }) {
      await db.schema
        .alterTable('log_state')
        .addColumn('fenced', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema.alterTable('log_state').addColumn('closed_at', 'text').execute();
      await db.schema
        .alterTable('log_checkpoints')
        .addColumn('publish_from', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
      await db.schema.alterTable('log_checkpoints').addColumn('prior', 'bigint').execute();
      await db.schema
        .alterTable('log_checkpoints')
        .addColumn('mac', bytes as 'blob')
        .execute();
      await db.schema
        .createIndex('log_checkpoints_due')
        .on('log_checkpoints')
        .columns(['authority_id', 'publish_from', 'size'])
        .execute();
      await db.schema
        .createTable('log_published')
        .addColumn('authority_id', 'text', (c) => c.primaryKey())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('log_witnessed')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('note', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_witnessed_pk', ['authority_id', 'size'])
        .execute();
      await db.schema
        .createTable('log_publication')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('interval_seconds', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_publication_pk', ['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('log_lineage')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('generation', 'integer', (c) => c.notNull())
        .addColumn('base', 'bigint', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('log_lineage_pk', ['authority_id', 'generation'])
        .execute();
    },
  },
];

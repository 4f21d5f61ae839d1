import type { Migration } from '../store/index.ts';

export interface LedgerTables {
  log_state: {
    authority_id: string;
    origin: string;
    size: number;
    root: Uint8Array;
  };
  log_entries: { authority_id: string; log_index: number; entry: Uint8Array };
  log_tiles: { authority_id: string; level: number; tile_index: number; width: number; hashes: Uint8Array };
  log_checkpoints: { authority_id: string; size: number; at: string; note: string };
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
];

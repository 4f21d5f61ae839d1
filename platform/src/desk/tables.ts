import type { Migration } from '../store/index.ts';

export interface DeskTables {
  desk_openings: { authority_id: string; decision_id: string; staff_id: string; opened_at: string };
  /** Keyed hashes of signed reasons: they find copies and tell nothing of the text. */
  desk_reasons: { authority_id: string; system_id: string; text_mac: Uint8Array; decision_id: string };
  /** What a reviewer has written and not signed, sealed under the case's key. */
  desk_drafts: {
    authority_id: string;
    decision_id: string;
    staff_id: string;
    sealed: Uint8Array;
    updated_at: string;
  };
  /** Where two people must sign: who signed first. */
  desk_first_signatures: { authority_id: string; decision_id: string; staff_id: string; signed_at: string };
}

export const deskMigrations: readonly Migration[] = [
  {
    id: 'desk-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('desk_openings')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('desk_openings_by_decision')
        .on('desk_openings')
        .columns(['authority_id', 'decision_id', 'staff_id', 'opened_at'])
        .execute();
      await db.schema
        .createTable('desk_reasons')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('text_mac', bytes as 'blob', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('desk_reasons_pk', ['authority_id', 'system_id', 'text_mac', 'decision_id'])
        .execute();
    },
  },
  {
    id: 'desk-0002',
    async up({ db, bytes }) {
      await db.schema
        .createTable('desk_drafts')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addColumn('updated_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('desk_drafts_pk', ['authority_id', 'decision_id', 'staff_id'])
        .execute();
    },
  },
  {
    id: 'desk-0003',
    async up({ db }) {
      await db.schema
        .createTable('desk_first_signatures')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('signed_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('desk_first_signatures_pk', ['authority_id', 'decision_id'])
        .execute();
    },
  },
];

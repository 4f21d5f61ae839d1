import type { Migration } from '../store/index.ts';

export interface CitizenTables {
  /** A request for review that is being written: its answers so far, sealed under the case's key. */
  review_drafts: { authority_id: string; case_id: string; sealed: Uint8Array; updated_at: string };
}

export const citizenMigrations: readonly Migration[] = [
  {
    id: 'citizen-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('review_drafts')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addColumn('updated_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('review_drafts_pk', ['authority_id', 'case_id'])
        .execute();
    },
  },
];

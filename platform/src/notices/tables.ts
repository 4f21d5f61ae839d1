import type { Migration } from '../store/index.ts';

export interface NoticeTables {
  notice_codes: {
    authority_id: string;
    case_id: string;
    /** Rises by one with every new code: what an older one opened closes at once. */
    version: number;
    /** HMAC-SHA-256 of the code under the pepper, which is no part of the store. */
    code_mac: Uint8Array;
    issued_at: string;
  };
  notice_guesses: {
    slot: string;
    failures: number;
    last_failure: string;
    not_before: string;
  };
}

export const noticeMigrations: readonly Migration[] = [
  {
    id: 'notices-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('notice_codes')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('code_mac', bytes as 'blob', (c) => c.notNull())
        .addColumn('issued_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('notice_codes_pk', ['authority_id', 'case_id'])
        .execute();
      await db.schema
        .createTable('notice_guesses')
        .addColumn('slot', 'text', (c) => c.primaryKey())
        .addColumn('failures', 'integer', (c) => c.notNull())
        .addColumn('last_failure', 'text', (c) => c.notNull())
        .addColumn('not_before', 'text', (c) => c.notNull())
        .execute();
    },
  },
];

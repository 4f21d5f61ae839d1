import type { Migration } from '../store/index.ts';

export interface VaultTables {
  /** Sealed under a key derived from the case's: no reader of the store alone can open them. */
  protected_attributes: { authority_id: string; case_id: string; sealed: Uint8Array };
  /** On what ground protected attributes may be opened; without one in force they stay closed. */
  attribute_bases: {
    authority_id: string;
    basis_id: string;
    system_id: string;
    /** Names that may be opened, sorted and joined by a space. */
    attributes: string;
    /** The text of law or the act, as given: JSON of a text by language. */
    title: string;
    article: string | null;
    /** Days, inclusive, in Africa/Casablanca. */
    from_day: string;
    to_day: string;
    recorded_by: string;
    recorded_at: string;
    log_index: number;
  };
}

export const vaultMigrations: readonly Migration[] = [
  {
    id: 'vault-0001',
    async up({ db, bytes, clustered }) {
      await clustered(db.schema.createTable('protected_attributes'))
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('protected_attributes_pk', ['authority_id', 'case_id'])
        .execute();
    },
  },
  {
    id: 'vault-attribute-bases',
    async up({ db }) {
      await db.schema
        .createTable('attribute_bases')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('basis_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('attributes', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('article', 'text')
        .addColumn('from_day', 'text', (c) => c.notNull())
        .addColumn('to_day', 'text', (c) => c.notNull())
        .addColumn('recorded_by', 'text', (c) => c.notNull())
        .addColumn('recorded_at', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('attribute_bases_pk', ['authority_id', 'basis_id'])
        .execute();
    },
  },
];

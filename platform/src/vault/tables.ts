import type { Migration } from '../store/index.ts';

export interface VaultTables {
  /** Sealed under a key derived from the case's: no reader of the store alone can open them. */
  protected_attributes: { authority_id: string; case_id: string; sealed: Uint8Array };
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
];

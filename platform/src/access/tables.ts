import type { Migration } from '../store/index.ts';

export interface AccessTables {
  staff: {
    authority_id: string;
    staff_id: string;
    /** `local`, or the issuer of the identity provider. */
    issuer: string;
    /** HMAC of the subject at that issuer: finds the person, names nobody. */
    subject_mac: Uint8Array;
    /** Subject and name, sealed under the person's own key in the vault. */
    sealed: Uint8Array;
    /** Roles, sorted and joined by a space. */
    roles: string;
    status: 'active' | 'left';
    created_at: string;
  };
  local_accounts: { authority_id: string; staff_id: string; password: string; changed_at: string };
  staff_sessions: {
    /** SHA-256 of the cookie's value; the value itself is stored nowhere. */
    session_sha256: Uint8Array;
    authority_id: string;
    staff_id: string;
    started_at: string;
    seen_at: string;
    expires_at: string;
  };
  api_keys: {
    key_id: string;
    authority_id: string;
    label: string;
    scopes: string;
    systems: string;
    created_at: string;
    revoked_at: string | null;
  };
  api_key_secrets: {
    key_id: string;
    secret_sha256: Uint8Array;
    created_at: string;
    /** Set when a newer secret took its place: the old one works until then. */
    expires_at: string | null;
  };
  access_log: {
    authority_id: string;
    at: string;
    access_id: string;
    actor: string;
    action: string;
    case_id: string | null;
    purpose: string;
  };
}

export const accessMigrations: readonly Migration[] = [
  {
    id: 'access-0001',
    async up({ db, bytes }) {
      const blob = bytes as 'blob';
      await db.schema
        .createTable('staff')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('issuer', 'text', (c) => c.notNull())
        .addColumn('subject_mac', blob, (c) => c.notNull())
        .addColumn('sealed', blob, (c) => c.notNull())
        .addColumn('roles', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('staff_pk', ['authority_id', 'staff_id'])
        .addUniqueConstraint('staff_by_subject', ['authority_id', 'issuer', 'subject_mac'])
        .execute();
      await db.schema
        .createTable('local_accounts')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('password', 'text', (c) => c.notNull())
        .addColumn('changed_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('local_accounts_pk', ['authority_id', 'staff_id'])
        .execute();
      await db.schema
        .createTable('staff_sessions')
        .addColumn('session_sha256', blob, (c) => c.primaryKey())
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('started_at', 'text', (c) => c.notNull())
        .addColumn('seen_at', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('staff_sessions_by_staff')
        .on('staff_sessions')
        .columns(['authority_id', 'staff_id'])
        .execute();
      await db.schema
        .createTable('api_keys')
        .addColumn('key_id', 'text', (c) => c.primaryKey())
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('label', 'text', (c) => c.notNull())
        .addColumn('scopes', 'text', (c) => c.notNull())
        .addColumn('systems', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addColumn('revoked_at', 'text')
        .execute();
      await db.schema.createIndex('api_keys_by_authority').on('api_keys').columns(['authority_id']).execute();
      await db.schema
        .createTable('api_key_secrets')
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('secret_sha256', blob, (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'text')
        .addPrimaryKeyConstraint('api_key_secrets_pk', ['key_id', 'secret_sha256'])
        .execute();
      await db.schema
        .createTable('access_log')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('access_id', 'text', (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('action', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text')
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('access_log_pk', ['authority_id', 'at', 'access_id'])
        .execute();
      await db.schema
        .createIndex('access_log_by_case')
        .on('access_log')
        .columns(['authority_id', 'case_id', 'at', 'access_id'])
        .execute();
    },
  },
];

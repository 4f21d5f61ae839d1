import type { Migration } from '../store/index.ts';

export interface WebhookTables {
  webhooks: {
    authority_id: string;
    webhook_id: string;
    url: string;
    /** Ids of systems joined by a space, or `*`. */
    systems: string;
    /** Event types joined by a space, or `*`. */
    types: string;
    status: 'active' | 'paused';
    /** The signing secrets, sealed under the webhook's own key. */
    secrets: Uint8Array;
    /** Place in the log of the last event that was delivered or set aside to be retried. */
    cursor: number;
    created_by: string;
    created_at: string;
  };
  /** Events that a receiver did not take: to be retried, or given up. What was delivered leaves no row. */
  webhook_retries: {
    authority_id: string;
    webhook_id: string;
    log_index: number;
    status: 'waiting' | 'dead';
    attempts: number;
    next_at: string;
    /** Coarse: a status code, or `unreachable`, `timeout`, `refused-address`. */
    failure: string;
  };
}

export const webhookMigrations: readonly Migration[] = [
  {
    id: 'webhooks-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('webhooks')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('webhook_id', 'text', (c) => c.notNull())
        .addColumn('url', 'text', (c) => c.notNull())
        .addColumn('systems', 'text', (c) => c.notNull())
        .addColumn('types', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('secrets', bytes as 'blob', (c) => c.notNull())
        .addColumn('cursor', 'bigint', (c) => c.notNull())
        .addColumn('created_by', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('webhooks_pk', ['authority_id', 'webhook_id'])
        .execute();
      await db.schema
        .createTable('webhook_retries')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('webhook_id', 'text', (c) => c.notNull())
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('next_at', 'text', (c) => c.notNull())
        .addColumn('failure', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('webhook_retries_pk', ['authority_id', 'webhook_id', 'log_index'])
        .execute();
    },
  },
];

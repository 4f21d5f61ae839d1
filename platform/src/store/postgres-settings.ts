import type { ClientBase } from 'pg';
import { PlatformError } from '../errors.ts';

const OLDEST = 150_000;

/** Each is on by default; off, an acknowledged decision can be lost when the machine fails. */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * Refuses a server on which a commit is not durable, that is too old, or that does not keep UTF-8. `synchronous_commit` may be
 * `on` or any stricter setting. Throws `store-unavailable`, which names the setting.
 */
export async function assertDurable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [[...DURABLE, 'server_version_num', 'server_encoding', 'data_sync_retry']],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const refuse = (message: string, mend: string) => {
    throw new PlatformError('store-unavailable', message, { where: 'DATABASE_URL', mend });
  };
  if (Number(settings.get('server_version_num')) < OLDEST) {
    refuse('The PostgreSQL server is older than version 15.', 'Use PostgreSQL 15 or later.');
  }
  for (const name of DURABLE) {
    const value = settings.get(name);
    if (value === 'off' || value === undefined) {
      refuse(
        `The PostgreSQL server runs with ${name} = ${value}: a decision that was acknowledged could be lost.`,
        `Set ${name} = on in postgresql.conf, for the database and for the role, and restart.`,
      );
    }
  }
  if (settings.get('server_encoding') !== 'UTF8') {
    refuse(
      'The database does not keep UTF-8.',
      "Create it anew: create database taalil encoding 'UTF8' template template0.",
    );
  }
}

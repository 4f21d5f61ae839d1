import { sql } from 'kysely';
import type { ClientBase } from 'pg';
import { PlatformError } from '../errors.ts';
import type { Db } from './contract.ts';
import { OWN_SESSIONS, SESSIONS } from './postgres-connection.ts';

const OLDEST = 150_000;

/** Each is on by default; off, an acknowledged decision can be lost when the machine fails. */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

const READ = [...DURABLE, 'server_version_num', 'server_encoding', 'data_checksums'];

export interface SettingFault {
  readonly what: string;
  readonly mend: string;
}

/**
 * Refuses a server on which a commit is not durable, that is too old, or that does not keep UTF-8. `synchronous_commit` may be
 * `on` or any stricter setting. Throws `store-unavailable`, which names the setting.
 */
export async function assertDurable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [READ],
  );
  const [first] = faultsOf(new Map(rows.map(({ name, setting }) => [name, setting])));
  if (first === undefined) return;
  throw new PlatformError('store-unavailable', first.what, { where: 'DATABASE_URL', mend: first.mend });
}

/** What of the server of a store stands against relying on it, and whether its pages carry checksums. */
export async function serverSettings(
  db: Db,
): Promise<{ readonly faults: readonly SettingFault[]; readonly checksums: boolean }> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in (${sql.join(READ)})`.execute(db);
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  return { faults: faultsOf(settings), checksums: settings.get('data_checksums') === 'on' };
}

/** Processes of the platform that are connected to the database beside this one, as they name themselves. */
export async function otherSessions(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name like ${`${SESSIONS}%`}
      and application_name <> ${OWN_SESSIONS} order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

function faultsOf(settings: ReadonlyMap<string, string>): SettingFault[] {
  const faults: SettingFault[] = [];
  if (Number(settings.get('server_version_num')) < OLDEST) {
    faults.push({
      what: 'The PostgreSQL server is older than version 15.',
      mend: 'Use PostgreSQL 15 or later.',
    });
  }
  for (const name of DURABLE) {
    const value = settings.get(name);
    if (value !== 'off' && value !== undefined) continue;
    faults.push({
      what: `The PostgreSQL server runs with ${name} = ${value}: a decision that was acknowledged could be lost.`,
      mend: `Set ${name} = on in postgresql.conf, for the database and for the role, and restart.`,
    });
  }
  if (settings.get('data_sync_retry') === 'on') {
    faults.push({
      what: 'The PostgreSQL server runs with data_sync_retry = on: what the disk did not take is taken for written.',
      mend: 'Set data_sync_retry = off in postgresql.conf and restart.',
    });
  }
  if (settings.get('server_encoding') !== 'UTF8') {
    faults.push({
      what: 'The database does not keep UTF-8.',
      mend: "Create it anew: create database taalil encoding 'UTF8' template template0.",
    });
  }
  return faults;
}

import type { Client } from 'pg';
import { PlatformError } from '../errors.ts';

/** Class of our advisory locks: "taal" in ASCII. */
export const LOCKS = 0x7461616c;
const WRITER_LOCK = 1;

/** A writer says something on its session every two seconds; one that was silent for so long hangs, or its network is cut. */
const SILENT_SECONDS = 15;

/**
 * Takes the place of the one writer: an advisory lock of this very session. A holder that has fallen silent is ended first, by the
 * server's clock alone; what it had begun is rolled back with its session. Throws `writer-held` naming the holder.
 */
export async function takePlace(client: Client): Promise<void> {
  if (await tryLock(client)) return;
  const holder = await client.query<{
    pid: number;
    application_name: string;
    since: string;
    silent: boolean;
  }>(
    `select a.pid, a.application_name, a.backend_start::text as since,
       a.state like 'idle%' and a.state_change < clock_timestamp() - interval '${SILENT_SECONDS} seconds' as silent
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = ${LOCKS} and l.objid = ${WRITER_LOCK}
       and l.database = (select oid from pg_database where datname = current_database())`,
  );
  const [held] = holder.rows;
  if (held?.silent === true) {
    await client.query('select pg_terminate_backend($1, 2000)', [held.pid]);
    if (await tryLock(client)) return;
  }
  const { application_name: name, since } = held ?? { application_name: 'another process', since: '' };
  throw new PlatformError('writer-held', `This database already has a writer: ${name}, since ${since}.`, {
    where: 'DATABASE_URL',
    mend: 'Stop that process, or name another database.',
  });
}

export async function releasePlace(client: Client): Promise<void> {
  await client.query(`select pg_advisory_unlock(${LOCKS}, ${WRITER_LOCK})`);
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_lock(${LOCKS}, ${WRITER_LOCK}) as held`,
  );
  return rows[0]?.held === true;
}

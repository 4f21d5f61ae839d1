import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { LOCKS } from './postgres-place.ts';

const TURN_LOCK = 2;

/** The adapter's own table: no room's, and no part of what is copied, backed up or checked. */
export const COMMITS_TABLE = 'store_commits';

/** The last so many transactions are remembered; far more than can follow while an outcome is asked for. */
const REMEMBERED = 4_096;

const TURN = `select pg_advisory_xact_lock(${LOCKS}, ${TURN_LOCK})`;

/** What the adapter keeps for itself beside the rooms' tables. */
export async function prepareSettlement(client: Client): Promise<void> {
  await client.query(
    `begin; ${TURN};
     create table if not exists ${COMMITS_TABLE} (slot integer primary key, token text not null);
     create sequence if not exists ${COMMITS_TABLE}_turn;
     commit`,
  );
}

/**
 * Begins a transaction, waits for its turn among those of all processes, and leaves a token in it. The token, and not the number
 * that the server gives to the transaction, tells later whether it was committed: after a crash the server gives a number that
 * never reached its disk to another transaction, and a stand-by that took over may not know it.
 */
export async function beginInTurn(client: Client): Promise<string> {
  const token = randomBytes(16).toString('hex');
  await client.query(
    `begin; ${TURN};
     insert into ${COMMITS_TABLE} (slot, token) values (nextval('${COMMITS_TABLE}_turn') % ${REMEMBERED}, '${token}')
       on conflict (slot) do update set token = excluded.token`,
  );
  return token;
}

/** Whether the transaction with this token was committed. It waits for its end: a running one has the turn. */
export async function wasCommitted(client: Client, token: string): Promise<boolean> {
  const results = (await client.query(
    `begin; ${TURN}; select count(*)::int as n from ${COMMITS_TABLE} where token = '${token}'; commit`,
  )) as unknown as { rows: { n: number }[] }[];
  return results[2]?.rows[0]?.n === 1;
}

/** Names one session of the server for good: process ids come again. */
export interface Session {
  readonly pid: number;
  readonly started: string;
}

export async function sessionOf(client: Client): Promise<Session | undefined> {
  const { rows } = await client.query<Session>(
    'select pid, backend_start::text as started from pg_stat_activity where pid = pg_backend_pid()',
  );
  return rows[0];
}

/** A session of ours that the server has not given up yet would keep the writer's place, and the turn, from others. */
export async function endSession(client: Client, { pid, started }: Session): Promise<void> {
  await client.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid = $1 and backend_start::text = $2',
    [pid, started],
  );
}

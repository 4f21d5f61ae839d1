import { hostname } from 'node:os';
import pg, { type Client, type ClientConfig, type CustomTypesConfig, Pool, type PoolClient } from 'pg';
import type { Answer } from './driver.ts';

/** A query that is not answered by then is given up with its connection; so is a commit, whose outcome is asked for then. */
const QUERY_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const READERS_MOST = 8;
/** Statements that a connection keeps prepared. */
const STATEMENTS_KEPT = 512;

/** "cached plan must not change result type" */
const PLAN_CHANGED = '0A000';

const INT8 = 20;
const NUMERIC = 1700;

/** `bigint` and whole `numeric` as numbers while they are exact, as the embedded store gives them. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format !== 'binary' && (oid === INT8 || oid === NUMERIC)
      ? exactNumber
      : pg.types.getTypeParser(oid, format as 'text'),
} as CustomTypesConfig;

function exactNumber(text: string): number | bigint | string {
  const number = Number(text);
  if (!/^-?\d+$/.test(text)) return number;
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A dead peer is noticed in about 5 s by either side, so that its locks are set free. */
const SESSION = [
  'tcp_keepalives_idle=2',
  'tcp_keepalives_interval=1',
  'tcp_keepalives_count=3',
  // Keepalives say nothing while an answer is on its way.
  'tcp_user_timeout=5000',
  'idle_in_transaction_session_timeout=15000',
  'lock_timeout=8000',
  'default_transaction_isolation=read\\ committed',
];

/** How the platform's processes name their sessions to the server, and how this one does. */
export const SESSIONS = 'taalil ';
export const OWN_SESSIONS = `${SESSIONS}${process.pid}@${hostname()}`;

/** For what takes as long as the store is large: nothing but a dead peer ends it. */
const PATIENT = SESSION.filter((setting) => !setting.startsWith('idle_in_transaction'));

function configOf(url: string, patient = false): ClientConfig {
  return {
    connectionString: url,
    application_name: OWN_SESSIONS,
    options: (patient ? PATIENT : SESSION).map((setting) => `-c ${setting}`).join(' '),
    keepAlive: true,
    keepAliveInitialDelayMillis: 2_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(patient ? {} : { query_timeout: QUERY_TIMEOUT_MS }),
    types,
  };
}

export async function connect(
  url: string,
  { patient = false }: { readonly patient?: boolean } = {},
): Promise<Client> {
  const client = new pg.Client(configOf(url, patient));
  // Without a listener a lost connection would end the process; the next query tells of it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export function connectReaders(url: string): Pool {
  const pool = new Pool({ ...configOf(url), max: READERS_MOST, idleTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  return pool;
}

const names = new Map<string, string>();

/** Runs a query, prepared under a name where it may come again. */
export async function ask(
  client: Client | Pool | PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<Answer> {
  const name = nameOf(sql);
  const values = [...parameters];
  const result = await client
    .query(name === undefined ? { text: sql, values } : { name, text: sql, values })
    .catch((error) => {
      // Prepared before a migration gave the table another column; outside a transaction it can be asked anew.
      if (error.code !== PLAN_CHANGED || !(client instanceof Pool)) throw error;
      return client.query({ text: sql, values });
    });
  const changes = result.command === 'SELECT' ? undefined : BigInt(result.rowCount ?? 0);
  return { rows: result.rows as unknown[], changes, lastId: undefined };
}

function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= STATEMENTS_KEPT || !/^(?:select|insert|update|delete) /.test(sql)) return undefined;
  const name = `q${names.size}`;
  names.set(sql, name);
  return name;
}

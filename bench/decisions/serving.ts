import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../platform/test/postgres.ts';
import type { Ready, Usage } from './server.ts';
import type { Kind } from './workload.ts';

export type StoreKind = 'sqlite' | 'postgres';

export interface Serving extends Ready {
  /** The platform's data folder, and the database of a PostgreSQL store. */
  readonly folder: string;
  readonly database: string | undefined;
  usage(): Promise<Usage>;
  /** Ends the server; the store stays until `remove`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts the server under load on an empty store. `BENCH_TMP` names the disk. */
export async function startServing(kind: Kind, store: StoreKind): Promise<Serving> {
  const postgres = store === 'postgres' ? await startPostgres() : undefined;
  const database = await postgres?.database();
  const folder = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'taalil-bench-'));
  const server = fork(join(import.meta.dirname, 'server.ts'), {
    execArgv: process.execArgv,
    env: {
      ...process.env,
      BENCH_FOLDER: folder,
      BENCH_WORKLOAD: kind,
      ...(database === undefined ? {} : { BENCH_DATABASE: database }),
    },
  });
  const message = async <T>(): Promise<T> => (await once(server, 'message'))[0] as T;
  const ready = await message<Ready>();
  return {
    ...ready,
    folder,
    database,
    async usage() {
      server.send('usage');
      return message<Usage>();
    },
    async stop() {
      const ended = once(server, 'exit');
      server.send('stop');
      await ended;
    },
    async remove() {
      rmSync(folder, { recursive: true, force: true });
      await postgres?.stop();
    },
  };
}

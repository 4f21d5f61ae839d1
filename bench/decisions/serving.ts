import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../platform/test/postgres.ts';
import type { Ready, Usage } from './server.ts';
import type { Kind } from './workload.ts';

export type StoreKind = 'sqlite' | 'postgres';

export interface Serving {
  /** Of each process; the first is the writer. */
  readonly ports: readonly number[];
  readonly secret: string;
  /** The platform's data folder, and the database of a PostgreSQL store. */
  readonly folder: string;
  readonly database: string | undefined;
  /** Of each process. */
  usage(): Promise<Usage[]>;
  /** Ends the processes; the store stays until `remove`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts the processes under load on an empty store. `BENCH_TMP` names the disk. */
export async function startServing(kind: Kind, store: StoreKind, processes = 1): Promise<Serving> {
  const postgres = store === 'postgres' ? await startPostgres() : undefined;
  const database = await postgres?.database();
  const folder = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'taalil-bench-'));
  const started: Process[] = [];
  for (let n = 0; n < processes; n++) started.push(await startProcess(kind, folder, database));
  return {
    ports: started.map(({ url }) => Number(new URL(url).port)),
    secret: started[0]?.secret as string,
    folder,
    database,
    usage: () => Promise.all(started.map(({ usage }) => usage())),
    async stop() {
      for (const { stop } of started.toReversed()) await stop();
    },
    async remove() {
      rmSync(folder, { recursive: true, force: true });
      await postgres?.stop();
    },
  };
}

interface Process extends Ready {
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

async function startProcess(kind: Kind, folder: string, database: string | undefined): Promise<Process> {
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    execArgv: process.execArgv,
    env: {
      ...process.env,
      BENCH_FOLDER: folder,
      BENCH_WORKLOAD: kind,
      ...(database === undefined ? {} : { BENCH_DATABASE: database }),
    },
  });
  const message = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T;
  const ready = await message<Ready>();
  return {
    ...ready,
    async usage() {
      child.send('usage');
      return message<Usage>();
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

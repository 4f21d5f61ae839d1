import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inputOf, people, SYSTEM } from '../platform/test/make-platform.ts';
import { startPostgres } from '../platform/test/postgres.ts';
import { postRequest, runLoad } from './load.ts';

/**
 * Single posts and NDJSON batches through HTTP: durable, explained, sealed. The server is a process of its own; this one makes the
 * load on the same cores. `npm run bench:decisions [-- REQUESTS [postgres]]`: on SQLite, or on a PostgreSQL started for it.
 */
const REQUESTS = Number(process.argv[2] ?? 8_000);
const postgres = process.argv[3] === 'postgres' ? await startPostgres() : undefined;
const server = fork(join(import.meta.dirname, 'decisions-server.ts'), {
  execArgv: process.execArgv,
  env: { ...process.env, BENCH_DATABASE: await postgres?.database() },
});
const message = async <T>(): Promise<T> => (await once(server, 'message'))[0] as T;
const { url, secret } = await message<{ url: string; secret: string }>();
const { hostname, port } = new URL(url);
const drawn = people(2_000, 'bench');
const bodies = drawn.map((person) =>
  JSON.stringify({ subject: person.subject, input: inputOf(person.household), audit: person.audit }),
);
let sent = 0;
const usage = async () => {
  server.send('usage');
  return message<{ cpuMicroseconds: number; rss: number }>();
};

const load = (connections: number, requests: number) =>
  runLoad({
    host: hostname,
    port: Number(port),
    connections,
    requests,
    request: () =>
      postRequest(
        `/api/v1/systems/${SYSTEM}/decisions`,
        hostname,
        {
          Authorization: `Bearer ${secret}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': `bench-${String(sent++).padStart(9, '0')}`,
        },
        bodies[sent % bodies.length] as string,
      ),
  });

await load(50, 2_000);
console.log('| connections | decisions/s | p50 ms | p99 ms | server processor time µs each | statuses |');
console.log('|---:|---:|---:|---:|---:|---|');
for (const [connections, requests] of [
  [1, Math.min(400, REQUESTS)],
  [50, REQUESTS],
  [200, REQUESTS],
] as const) {
  const before = await usage();
  const result = await load(connections, requests);
  const after = await usage();
  const each = (after.cpuMicroseconds - before.cpuMicroseconds) / requests;
  const statuses = Object.entries(result.statuses).map(([s, n]) => `${n}×${s}`);
  console.log(
    `| ${connections} | ${Math.round(result.perSecond)} | ${result.p50.toFixed(1)} | ${result.p99.toFixed(1)} | ${Math.round(each)} | ${statuses.join(' ')} |`,
  );
}

const BATCH = 1_000;
const BATCHES = Math.max(2, Math.round(REQUESTS / BATCH));
const before = await usage();
const started = performance.now();
for (let n = 0; n < BATCHES; n++) {
  const lines = Array.from({ length: BATCH }, (_, i) => {
    const { subject, household, audit } = drawn[(n * BATCH + i) % drawn.length] as (typeof drawn)[number];
    return JSON.stringify({ idempotency_key: `batch-${n}-${i}`, subject, input: inputOf(household), audit });
  });
  const response = await fetch(`${url}/api/v1/systems/${SYSTEM}/decisions/batch`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  if (response.status !== 200) throw new Error(await response.text());
  await response.arrayBuffer();
}
const seconds = (performance.now() - started) / 1_000;
const spent = ((await usage()).cpuMicroseconds - before.cpuMicroseconds) / (BATCHES * BATCH);
console.log(
  `| NDJSON, ${BATCH} lines | ${Math.round((BATCHES * BATCH) / seconds)} | ${((seconds / BATCHES) * 1_000).toFixed(0)} a batch | – | ${Math.round(spent)} | ${BATCHES * BATCH}×200 |`,
);
server.send('stop');
if (postgres !== undefined) {
  await once(server, 'exit');
  await postgres.stop();
}

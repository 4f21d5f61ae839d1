import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inputOf, people, SYSTEM } from '../platform/test/make-platform.ts';
import { postRequest, runLoad } from './load.ts';

/**
 * Single posts through HTTP: durable, explained, sealed. The server is a process of its own; this one makes the load
 * on the same cores. `npm run bench:decisions [-- REQUESTS]`
 */
const REQUESTS = Number(process.argv[2] ?? 8_000);
const server = fork(join(import.meta.dirname, 'decisions-server.ts'), { execArgv: process.execArgv });
const message = async <T>(): Promise<T> => (await once(server, 'message'))[0] as T;
const { url, secret } = await message<{ url: string; secret: string }>();
const { hostname, port } = new URL(url);
const bodies = people(2_000, 'bench').map((person) =>
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
server.send('stop');

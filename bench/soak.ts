import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Acknowledged } from './decisions/acknowledged.ts';
import { runLoad } from './decisions/load.ts';
import { singlePosts } from './decisions/requests.ts';
import type { Usage } from './decisions/server.ts';
import { type StoreKind, startServing } from './decisions/serving.ts';
import { workloads } from './decisions/workload.ts';

/**
 * Half the peak for half an hour: memory, latency, processor time and descriptors must stay where they are.
 *
 * `npm run bench:soak [-- MINUTES [PER_SECOND [sqlite|postgres [PROCESSES]]]]`. Requests fall due at a steady rate over 200
 * connections, made anew each minute; latency counts from the moment at which a request was due. In the end the store is held
 * against what was acknowledged.
 */
const [minutes = '30', perSecond = '1000', store = 'sqlite', processes = '1'] = process.argv.slice(2);
const CONNECTIONS = 200;

interface Minute {
  readonly p50: number;
  readonly p99: number;
  readonly processor: number;
  readonly rss: number;
  readonly heap: number;
  readonly descriptors: number;
}

const workload = workloads.scorecard();
const serving = await startServing('scorecard', store as StoreKind, Number(processes));
const sum = (usages: readonly Usage[], of: keyof Usage) =>
  usages.reduce((total, usage) => total + usage[of], 0);
const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
try {
  const acknowledged = new Acknowledged();
  const post = singlePosts(workload, serving.secret);
  const told: Minute[] = [];
  console.log(
    '| minute | p50 ms | p99 ms | processor time µs each | resident MiB | heap MiB | descriptors | store MiB |',
  );
  console.log('|---:|---:|---:|---:|---:|---:|---:|---:|');
  let sent = 0;
  for (let minute = 1; minute <= Number(minutes); minute++) {
    const before = await serving.usage();
    const first = sent;
    const requests = 60 * Number(perSecond);
    sent += requests;
    const keyOf = (n: number) => `soak-${String(first + n).padStart(9, '0')}`;
    const { p50, p99 } = await runLoad({
      host: '127.0.0.1',
      ports: serving.ports,
      connections: CONNECTIONS,
      requests,
      perSecond: Number(perSecond),
      request: (n) => post(keyOf(n), n),
      answered: (n, answer) => acknowledged.take(keyOf(n), answer),
    });
    const after = await serving.usage();
    const processor = (sum(after, 'cpuMicroseconds') - sum(before, 'cpuMicroseconds')) / requests;
    const one: Minute = {
      p50,
      p99,
      processor,
      rss: mebibytes(sum(after, 'rssBytes')),
      heap: mebibytes(sum(after, 'heapBytes')),
      descriptors: sum(after, 'descriptors'),
    };
    told.push(one);
    const size =
      serving.database === undefined ? mebibytes(statSync(join(serving.folder, 'taalil.db')).size) : '';
    console.log(
      `| ${minute} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${Math.round(processor)} | ${one.rss} | ${one.heap} | ${one.descriptors} | ${size} |`,
    );
  }
  const third = Math.max(1, Math.floor(told.length / 3));
  for (const figure of ['p50', 'p99', 'processor', 'rss', 'descriptors'] as const) {
    const [early, late] = [told.slice(0, third), told.slice(-third)].map((part) =>
      median(part.map((m) => m[figure])),
    );
    console.log(`${figure}: first third ${early?.toFixed(1)}, last third ${late?.toFixed(1)}`);
  }
  await serving.stop();
  await acknowledged.prove(serving, workload.authorityId);
  console.log(`${acknowledged.count} acknowledged, every one in the store once, the log complete`);
} finally {
  await serving.remove();
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

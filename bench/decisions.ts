import { type HttpAnswer, type Load, type LoadResult, postRequest, runLoad } from './decisions/load.ts';
import { type Peer, startPeer } from './decisions/peer.ts';
import { rawAppends } from './decisions/raw-append.ts';
import { authorization, decisionsPath, HOST, singlePosts } from './decisions/requests.ts';
import { type Serving, type StoreKind, startServing } from './decisions/serving.ts';
import { type Kind, workloads } from './decisions/workload.ts';

/**
 * Decisions through HTTP: durable, explained, sealed; single posts and batches, on both stores; beside them what the disk alone
 * could take, and a peer that does the same job the usual way over the same trees. Everything shares the machine's cores.
 *
 * `npm run bench:decisions [-- REQUESTS [PART …]]`; parts: raw, sqlite, postgres, trees, trees-postgres, peer; all unless named.
 * The peer needs Debian's python3-fastapi, uvicorn, python3-xgboost, python3-psycopg2.
 */
const CONNECTIONS = [1, 50, 200] as const;
const BATCH = 1_000;
/** Batches that an agency has under way at once. */
const BATCHES_AT_ONCE = 2;

const [count = '8000', ...named] = process.argv.slice(2);
const requests = Number(count);

interface Target {
  readonly ports: readonly number[];
  single(n: number): Buffer;
  batch(n: number): Buffer;
  cpuMicroseconds(): number | Promise<number>;
}

function taalil(serving: Serving, kind: Kind): Target {
  const workload = workloads[kind]();
  const bodies = workload.bodies();
  const post = singlePosts(workload, serving.secret);
  const headers = { ...authorization(serving.secret), 'Content-Type': 'application/x-ndjson' };
  return {
    ports: serving.ports,
    single: (n) => post(keyOf('single', n), n),
    batch(n) {
      const lines = batchOf(bodies, n).map((line) => JSON.stringify(line));
      return postRequest(`${decisionsPath(workload)}/batch`, HOST, headers, lines.join('\n'));
    },
    cpuMicroseconds: async () =>
      (await serving.usage()).reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0),
  };
}

function peerTarget(peer: Peer): Target {
  const bodies = workloads.trees().bodies();
  const texts = bodies.map((body) => JSON.stringify(body));
  const json = { 'Content-Type': 'application/json' };
  return {
    ports: [peer.port],
    single: (n) =>
      postRequest(
        '/decisions',
        HOST,
        { ...json, 'Idempotency-Key': keyOf('single', n) },
        texts[n % texts.length] as string,
      ),
    batch: (n) => postRequest('/decisions/batch', HOST, json, JSON.stringify(batchOf(bodies, n))),
    cpuMicroseconds: () => peer.cpuMicroseconds(),
  };
}

const keyOf = (of: string, n: number) => `bench-${of}-${String(n).padStart(9, '0')}`;

function batchOf(bodies: readonly object[], n: number): object[] {
  return Array.from({ length: BATCH }, (_, i) => ({
    idempotency_key: keyOf('batch', n * BATCH + i),
    ...bodies[(n * BATCH + i) % bodies.length],
  }));
}

let singles = 0;
let batches = 0;

async function measure(name: string, target: Target, total: number): Promise<void> {
  const load = (of: Pick<Load, 'connections' | 'requests' | 'request'>) =>
    runLoad({ ...of, host: HOST, ports: target.ports, answered: onlySuccess });
  await load({
    connections: 50,
    requests: Math.min(2_000, total),
    request: () => target.single(singles++),
  });
  for (const connections of CONNECTIONS) {
    const wanted = connections === 1 ? Math.min(400, total) : total;
    await row(`${name}, ${connections}`, target, 1, () =>
      load({ connections, requests: wanted, request: () => target.single(singles++) }),
    );
  }
  const wanted = Math.max(2 * BATCHES_AT_ONCE, Math.round(total / BATCH));
  await row(`${name}, batches of ${BATCH}`, target, BATCH, () =>
    load({ connections: BATCHES_AT_ONCE, requests: wanted, request: () => target.batch(batches++) }),
  );
}

async function row(
  name: string,
  target: Target,
  each: number,
  run: () => Promise<LoadResult>,
): Promise<void> {
  const before = await target.cpuMicroseconds();
  const own = process.cpuUsage();
  const { perSecond, p50, p99, statuses } = await run();
  const { user, system } = process.cpuUsage(own);
  const answered = each * Object.values(statuses).reduce((a, b) => a + b, 0);
  const processor = ((await target.cpuMicroseconds()) - before) / answered;
  const generator = (user + system) / answered;
  console.log(
    `| ${name} | ${Math.round(perSecond * each)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${Math.round(processor)} | ${Math.round(generator)} |`,
  );
}

function onlySuccess(_n: number, { status, body }: HttpAnswer): void {
  if (status < 200 || status > 299) throw new Error(`answered ${status}: ${body.slice(0, 500)}`);
}

async function measureTaalil(kind: Kind, store: StoreKind): Promise<void> {
  for (const processes of [1, 2]) {
    const serving = await startServing(kind, store, processes);
    try {
      await measure(
        `${kind}, ${store}, ${processes === 1 ? 'one process' : `${processes} processes`}`,
        taalil(serving, kind),
        requests,
      );
    } finally {
      await serving.stop();
      await serving.remove();
    }
  }
}

async function measurePeer(): Promise<void> {
  for (const workers of [1, 2]) {
    const peer = await startPeer(workers);
    try {
      await measure(
        `peer, ${workers === 1 ? 'one worker' : `${workers} workers`}`,
        peerTarget(peer),
        Math.ceil(requests / 8),
      );
    } finally {
      await peer.stop();
    }
  }
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  raw() {
    for (const batch of [1, 50, 200, BATCH])
      console.log(`| disk alone, ${batch} a sync | ${Math.round(rawAppends(batch))} | | | | |`);
  },
  sqlite: () => measureTaalil('scorecard', 'sqlite'),
  postgres: () => measureTaalil('scorecard', 'postgres'),
  trees: () => measureTaalil('trees', 'sqlite'),
  'trees-postgres': () => measureTaalil('trees', 'postgres'),
  peer: measurePeer,
};

const unknown = named.filter((part) => !(part in parts));
if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`);
console.log(
  '| what, connections | decisions/s | p50 ms | p99 ms | processor time µs each | of the load generator |',
);
console.log('|---|---:|---:|---:|---:|---:|');
for (const part of named.length > 0 ? named : Object.keys(parts)) await parts[part]?.();

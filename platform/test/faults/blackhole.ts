import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import { Database } from './database.ts';
import { until } from './kills.ts';
import { BOUND_MS } from './network.ts';
import { assertWhole } from './proof.ts';
import { World } from './world.ts';

const ROUTER = 'taalil-faults-r';
const APART = 'taalil-faults-a';
const SERVER = '10.77.3.1';

/** Two network namespaces: what is in `APART` reaches this machine through `ROUTER` alone, which can stop passing packets on. */
const UP = [
  `ip netns add ${ROUTER}`,
  `ip netns add ${APART}`,
  `ip link add tf-h type veth peer name tf-r netns ${ROUTER}`,
  `ip -n ${ROUTER} link add tf-s type veth peer name tf-a netns ${APART}`,
  `ip addr add ${SERVER}/24 dev tf-h`,
  'ip link set tf-h up',
  `ip -n ${ROUTER} addr add 10.77.3.2/24 dev tf-r`,
  `ip -n ${ROUTER} addr add 10.77.4.1/24 dev tf-s`,
  `ip -n ${ROUTER} link set tf-r up`,
  `ip -n ${ROUTER} link set tf-s up`,
  `ip -n ${APART} addr add 10.77.4.2/24 dev tf-a`,
  `ip -n ${APART} link set tf-a up`,
  `ip -n ${APART} link set lo up`,
  `ip -n ${APART} route add default via 10.77.4.1`,
  'ip route add 10.77.4.0/24 via 10.77.3.2',
  ...forwarding(true),
];
const DOWN = [`ip netns del ${APART}`, `ip netns del ${ROUTER}`];

function forwarding(on: boolean): string[] {
  return [`ip netns exec ${ROUTER} sysctl -qw net.ipv4.ip_forward=${on ? 1 : 0}`];
}

function run(commands: readonly string[]): boolean {
  return commands.every((command) => {
    const [program = '', ...args] = command.split(' ');
    return spawnSync(program, args).status === 0;
  });
}

/** Whether this machine lets us make networks of our own. */
export function mayCutCables(): boolean {
  const may = run(UP);
  run(DOWN);
  return may;
}

/** Within this time another process answers after the writer's packets have begun to vanish (docs/operator.md). */
export const FOLLOWED_MS = 10_000;

/**
 * The writer's machine is cut off as by a pulled cable: no packet passes any more and none is refused, so that no side is told. The
 * server gives its session up, another process follows, and the first one, when the cable is back, has committed nothing.
 */
export async function runBlackHole({
  connections,
  report,
}: {
  readonly connections: number;
  readonly report: (line: string) => void;
}): Promise<void> {
  run(DOWN);
  assert.ok(run(UP), 'this machine lets nobody make a network');
  const database = await Database.make();
  appendFileSync(join(database.data, 'pg_hba.conf'), 'host all all 10.77.0.0/16 password\n');
  database.signal('SIGINT');
  await database.stopped();
  await database.start([`listen_addresses=127.0.0.1,${SERVER}`]);
  const world = await World.make('postgres', database);
  const clients = new Clients({
    secret: world.secret,
    log: AUTHORITY_A,
    connections,
    batches: { clients: 1, lines: 20 },
    urls: () => [second.url],
  });
  const far = new URL(world.databaseUrl as string);
  far.hostname = SERVER;
  const first = await world.join({ url: far.href, runner: ['ip', 'netns', 'exec', APART] });
  await until('the first to write', () => first.role === 'writer' || undefined, 10_000);
  const second = await world.join();
  try {
    clients.start();
    await until('the load', () => clients.times.length > 50 || undefined, 30_000);
    run(forwarding(false));
    const cut = performance.now();
    clients.another();
    const went = await until(
      'an answer of the other',
      () => clients.times.find(({ begun }) => begun > cut)?.answered,
      90_000,
    );
    await pause(3_000);
    run(forwarding(true));
    await pause(5_000);
    await clients.stop();
    const size = await assertWhole(world, clients, { complete: true });
    assert.deepEqual(clients.strange, []);
    assert.ok(clients.slowestMs < BOUND_MS, `an answer took ${clients.slowestMs} ms`);
    assert.ok(went - cut < FOLLOWED_MS, `followed after ${went - cut} ms`);
    assert.deepEqual([first.role, second.role], ['web', 'writer']);
    report(
      `postgres black hole: followed after ${Math.round(went - cut)} ms, slowest answer ${Math.round(clients.slowestMs)} ms, ${size} entries`,
    );
  } finally {
    run(forwarding(true));
    clients.close();
    await world.remove();
    await database.remove();
    run(DOWN);
  }
}

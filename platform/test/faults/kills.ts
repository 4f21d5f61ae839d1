import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { FAULT_POINTS, type FaultPoint, OTHER_FAULT_POINTS } from '../../src/fault-points.ts';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import type { Database } from './database.ts';
import type { Strike } from './member.ts';
import { assertWhole } from './proof.ts';
import { type Member, type StoreName, World } from './world.ts';

/** One way to fail: at which step, and what is struck. */
export interface Kill {
  readonly point: FaultPoint;
  readonly strike: Strike;
}

/** A web process reaches these only while it follows a writer that died. */
const TAKEOVER: ReadonlySet<FaultPoint> = new Set(['place-taken', 'writer-ready']);
const SELDOM: ReadonlySet<FaultPoint> = new Set([
  ...TAKEOVER,
  'publication-written',
  'publication-committed',
  'case-keys-made',
  'case-keys-durable',
  'webhook-sent',
  'webhook-cursor-moved',
  'batch-assessed',
  'batch-sealed',
]);

const onlyOn = (point: FaultPoint, store: StoreName) =>
  !(store === 'sqlite' ? point.startsWith('postgres-') : point.startsWith('sqlite-'));

/** The list: every step on every store; on PostgreSQL every step with each way to lose the server too. */
export function kills(store: StoreName): Kill[] {
  const points = [...FAULT_POINTS, ...OTHER_FAULT_POINTS].filter((point) => onlyOn(point, store));
  const strikes: readonly Strike[] =
    store === 'sqlite'
      ? ['kill-process']
      : ['kill-process', 'end-backend', 'kill-backend', 'stop-server', 'kill-server'];
  return points.flatMap((point) => strikes.map((strike) => ({ point, strike })));
}

/** Another process goes on within this time after a writer died, or after the database's server is there again (docs/operator.md). */
export const PROMISED_MS = 5_000;
/** The campaign's fault must come about within this time. */
const STRUCK_MS = 30_000;
/** Kills on one store before it is proved complete and a new one is begun. */
const CHAPTER = 8;

export interface Campaign {
  readonly store: StoreName;
  readonly connections: number;
  readonly kills: readonly Kill[];
  readonly database?: Database | undefined;
  /** Another bound than what is promised, on a machine that is shared. */
  readonly withinMs?: number | undefined;
  readonly report: (line: string) => void;
}

export interface Outcome {
  readonly kills: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly slowestFollowMs: number;
  readonly slowestAnswerMs: number;
}

/** Runs the kills one after another under load, and shows after each what must hold. */
export async function runKills(campaign: Campaign): Promise<Outcome> {
  const total = { kills: 0, acknowledged: 0, refused: 0, slowestFollowMs: 0, slowestAnswerMs: 0 };
  for (let start = 0; start < campaign.kills.length; start += CHAPTER) {
    const chapter = campaign.kills.slice(start, start + CHAPTER);
    const world = await World.make(campaign.store, campaign.database);
    const clients = new Clients({
      secret: world.secret,
      log: AUTHORITY_A,
      connections: campaign.connections,
      batches: { clients: Math.max(1, Math.floor(campaign.connections / 20)), lines: 20 },
      urls: () => world.urls,
    });
    try {
      await world.join();
      await world.join();
      for (const [i, kill] of chapter.entries()) {
        const began = performance.now();
        const follow = await runOne(world, clients, kill, campaign.withinMs ?? PROMISED_MS);
        const size = await assertWhole(world, clients, { complete: i === chapter.length - 1 });
        total.kills += 1;
        total.slowestFollowMs = Math.max(total.slowestFollowMs, follow);
        campaign.report(
          `${campaign.store} ${kill.point} ${kill.strike}: went on after ${Math.round(follow)} ms, ${size} entries, ${Math.round(performance.now() - began)} ms in all`,
        );
      }
      await assertDelivered(world, clients);
      assert.deepEqual(clients.strange, [], 'answers that are neither a decision nor "try again"');
      total.acknowledged += clients.acknowledged.size;
      total.refused += clients.refusals;
      total.slowestAnswerMs = Math.max(total.slowestAnswerMs, clients.slowestMs);
    } finally {
      clients.close();
      await world.remove();
      if (campaign.database === undefined) await world.database?.remove();
    }
  }
  return total;
}

async function runOne(
  world: World,
  clients: Clients,
  { point, strike }: Kill,
  within: number,
): Promise<number> {
  const writer = await until('a writer', () => world.writer, STRUCK_MS);
  const target = TAKEOVER.has(point) ? (world.follower as Member) : writer;
  const nth = SELDOM.has(point) ? 1 : 5 + Math.floor(Math.random() * 20);
  clients.start();
  await until('the load', () => clients.times.length > 3 || undefined, STRUCK_MS);
  await target.arm({ point, nth, strike, postmaster: world.database?.pid });
  if (TAKEOVER.has(point)) await writer.kill();
  const struck = () => (strike === 'kill-process' ? !target.lives : target.struck) || undefined;
  await until(`${point} to be reached`, struck, STRUCK_MS);
  const fault = await restore(world, strike);
  clients.another();
  // While nobody is left, a supervisor of services starts another at once; else when the load goes on.
  const alone = world.urls.length === 0 ? world.join() : undefined;
  const went = await until(
    `an answer after ${point} ${strike}`,
    () => clients.times.find(({ begun }) => begun > fault)?.answered,
    ANSWERED_MS,
  );
  await alone;
  while (world.urls.length < 2) await world.join();
  await clients.stop();
  assert.ok(went - fault < within, `${point} ${strike}: went on after ${Math.round(went - fault)} ms`);
  for (const key of [...clients.acknowledged.keys()].slice(-5)) await clients.repeat(key);
  return went - fault;
}

const ANSWERED_MS = 60_000;

/** Starts the database's server again where it was ended; when that was done. */
async function restore(world: World, strike: Strike): Promise<number> {
  const { database } = world;
  if (database !== undefined && (strike === 'kill-server' || strike === 'stop-server')) {
    await database.stopped();
    await database.start();
  }
  world.forgetDead();
  return performance.now();
}

/** Every decision reached the receiver at least once. */
async function assertDelivered(world: World, clients: Clients): Promise<void> {
  const wanted = clients.acknowledged.size;
  for (let before = -1; world.received.size < wanted; ) {
    assert.ok(
      world.received.size > before,
      `${world.received.size} of ${wanted} events were delivered, and no more`,
    );
    before = world.received.size;
    await until('more events', () => world.received.size > Math.min(wanted - 1, before) || undefined, 30_000);
  }
}

export async function until<T>(what: string, ask: () => T | undefined, within: number): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    const found = ask();
    if (found !== undefined) return found;
    if (performance.now() > end)
      throw new assert.AssertionError({ message: `waited ${within} ms for ${what}` });
    await pause(10);
  }
}

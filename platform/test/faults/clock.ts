import assert from 'node:assert/strict';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import type { Database } from './database.ts';
import { PROMISED_MS, until } from './kills.ts';
import { assertWhole } from './proof.ts';
import { type StoreName, World } from './world.ts';

const HOUR = 3_600_000;

/** Where the clock is set, one after another, in hours from the world's time: ahead, right again, back beyond the last checkpoint. */
export const CLOCK_JUMPS: readonly number[] = [0, 24, 0, -1, 2, -0.0003, 0.02, 0];

/**
 * Real processes whose clock jumps under load. No later request is answered with an earlier time, no key gets a second decision,
 * and a writer that dies meanwhile is followed as ever.
 */
export async function runClockJumps(
  store: StoreName,
  database: Database | undefined,
  {
    connections,
    jumps = CLOCK_JUMPS,
    withinMs = PROMISED_MS,
    report,
  }: {
    readonly connections: number;
    readonly jumps?: readonly number[];
    readonly withinMs?: number;
    readonly report: (line: string) => void;
  },
): Promise<void> {
  const world = await World.make(store, database);
  const clients = new Clients({
    secret: world.secret,
    log: AUTHORITY_A,
    connections,
    batches: { clients: 1, lines: 10 },
    urls: () => world.urls,
  });
  try {
    await world.join();
    await world.join();
    let latest = '';
    let slowest = 0;
    for (const [n, hours] of jumps.entries()) {
      const jump = hours * HOUR;
      for (const member of world.members) member.setClock(jump);
      clients.start();
      await until('the load', () => clients.times.length > 20 || undefined, 30_000);
      if (n % 3 === 2 || jumps.length === n + 1) {
        await world.writer?.kill();
        const killed = performance.now();
        clients.another();
        const went = await until(
          'an answer of the follower',
          () => clients.times.find(({ begun }) => begun > killed)?.answered,
          30_000,
        );
        slowest = Math.max(slowest, went - killed);
        assert.ok(
          went - killed < withinMs,
          `followed after ${went - killed} ms with the clock ${jump} ms off`,
        );
        world.forgetDead();
        (await world.join()).setClock(jump);
      }
      await clients.stop();
      // One request after the other: each is answered with a time that is not before the last one's.
      for (let i = 0; i < 5; i++) {
        const before = clients.acknowledged.size;
        await clients.send([1]);
        const { at } = [...clients.acknowledged.values()][before] as { at: string };
        assert.ok(
          at >= latest,
          `with the clock ${jump} ms off a request was answered as of ${at}, after ${latest}`,
        );
        latest = at;
      }
    }
    for (const key of [...clients.acknowledged.keys()].slice(0, 50)) await clients.repeat(key);
    const size = await assertWhole(world, clients, { complete: true });
    assert.deepEqual(clients.strange, []);
    report(`${store} clock jumps: followed after ${Math.round(slowest)} ms at most, ${size} entries`);
  } finally {
    clients.close();
    await world.remove();
  }
}

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import type { Database } from './database.ts';
import { until } from './kills.ts';
import { assertWhole } from './proof.ts';
import { CUTS, type Cut, DatabaseProxy, type Outage } from './proxy.ts';
import { World } from './world.ts';

export interface NetworkCut {
  readonly cut: Cut;
  readonly outage: Outage;
}

/** The list: each way to cut a commit, alone and with everything else that the writer has to the database. */
export const NETWORK_CUTS: readonly NetworkCut[] = CUTS.flatMap((cut) => [
  { cut, outage: 'none' },
  { cut, outage: cut.startsWith('stall') ? 'stall' : 'reset' },
]);

/** No request waits longer for an answer, whatever is cut (docs/operator.md). */
export const BOUND_MS = 30_000;

export interface NetworkCampaign {
  readonly database: Database;
  readonly connections: number;
  readonly cuts: readonly NetworkCut[];
  readonly report: (line: string) => void;
}

/**
 * Two processes, one of which reaches the database through a proxy and writes. Its connections are cut at a commit: the other
 * follows, nothing is lost or doubled, the first commits nothing any more, and nobody waits for ever.
 */
export async function runNetworkCuts({
  database,
  connections,
  cuts,
  report,
}: NetworkCampaign): Promise<void> {
  for (const { cut, outage } of cuts) {
    const proxy = await DatabaseProxy.before(database.port);
    const world = await World.make('postgres', database);
    const clients = new Clients({
      secret: world.secret,
      log: AUTHORITY_A,
      connections,
      batches: { clients: 1, lines: 20 },
      urls: () => world.urls,
    });
    try {
      const first = await world.join({ url: proxy.through(world.databaseUrl as string) });
      await until('the first to write', () => first.role === 'writer' || undefined, 10_000);
      await world.join();
      clients.start();
      await until('the load', () => clients.times.length > 5 || undefined, 30_000);
      const struck = await proxy.armed(cut, outage);
      clients.another();
      clients.another();
      const went = await until(
        `an answer after ${cut}`,
        () => clients.times.find(({ begun }) => begun > struck)?.answered,
        120_000,
      );
      await pause(1_000);
      proxy.heal();
      await pause(1_000);
      await clients.stop();
      const size = await assertWhole(world, clients, { complete: true });
      assert.deepEqual(clients.strange, []);
      assert.ok(clients.slowestMs < BOUND_MS, `${cut} ${outage}: an answer took ${clients.slowestMs} ms`);
      report(
        `postgres network ${cut}, the rest ${outage}: went on after ${Math.round(went - struck)} ms, slowest answer ${Math.round(clients.slowestMs)} ms, ${size} entries`,
      );
    } finally {
      clients.close();
      await world.remove();
      proxy.close();
    }
  }
}

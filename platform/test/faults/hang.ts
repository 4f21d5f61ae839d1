import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultPoint } from '../../src/fault-points.ts';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import type { Database } from './database.ts';
import { until } from './kills.ts';
import { assertWhole } from './proof.ts';
import { World } from './world.ts';

/** Where the writer stops in its tracks: within a transaction, with its commit sent, after it, and while it has nothing to do. */
export const HANGS: readonly (FaultPoint | 'idle')[] = [
  'before-commit',
  'postgres-commit-sent',
  'committed',
  'idle',
];

/** Within this time another process answers after the writer has stopped (docs/operator.md). */
const FOLLOWED_MS = 25_000;

/**
 * The writer is stopped without dying, as in a virtual machine that is held: its session is ended by the server or by who follows
 * it. Set going again, it finds its place taken and commits nothing.
 */
export async function runHangs(
  database: Database,
  { connections, report }: { readonly connections: number; readonly report: (line: string) => void },
): Promise<void> {
  for (const point of HANGS) {
    const world = await World.make('postgres', database);
    const first = await world.join();
    const second = await world.join();
    const clients = new Clients({
      secret: world.secret,
      log: AUTHORITY_A,
      connections,
      batches: { clients: 1, lines: 20 },
      urls: () => [second.url],
    });
    try {
      assert.equal(first.role, 'writer');
      clients.start();
      await until('the load', () => clients.times.length > 20 || undefined, 30_000);
      if (point === 'idle') {
        await clients.stop();
        await pause(500);
        first.child.kill('SIGSTOP');
        clients.start();
      } else {
        await first.arm({ point, nth: 5, strike: 'pause' });
        await until(`${point} to be reached`, () => first.struck || undefined, 30_000);
      }
      const hung = performance.now();
      clients.another();
      const went = await until(
        'an answer of the other',
        () => clients.times.find(({ begun }) => begun > hung)?.answered,
        60_000,
      );
      first.child.kill('SIGCONT');
      await pause(3_000);
      await clients.stop();
      const size = await assertWhole(world, clients, { complete: true });
      assert.deepEqual(clients.strange, []);
      assert.deepEqual([first.role, second.role], ['web', 'writer'], point);
      assert.ok(went - hung < FOLLOWED_MS, `${point}: followed after ${went - hung} ms`);
      report(`postgres hang ${point}: followed after ${Math.round(went - hung)} ms, ${size} entries`);
    } finally {
      first.child.kill('SIGCONT');
      clients.close();
      await world.remove();
    }
  }
}

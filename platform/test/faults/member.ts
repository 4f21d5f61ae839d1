import { type Clock, systemClock } from '../../src/clock.ts';
import { type FaultPoint, onFaultPoint } from '../../src/fault-points.ts';
import { joinPlatform } from '../../src/processes/member.ts';
import { serveMember } from '../../src/processes/serve-member.ts';
import { keepDelivering } from '../../src/webhooks/deliver.ts';
import { writingBackends } from './database.ts';

/** What happens when a process reaches a fault point. `stall` only tells, and blocks the process for a moment. */
export type Strike =
  | 'kill-process'
  | 'kill-backend'
  | 'end-backend'
  | 'kill-server'
  | 'stop-server'
  | 'pause';

export interface Order {
  readonly point: FaultPoint;
  /** Strikes when the point is reached for the nth time from now on. */
  readonly nth: number;
  readonly strike: Strike;
  /** The postmaster, for strikes at the database. */
  readonly postmaster?: number | undefined;
}

/** The clock is set, so many milliseconds off the world's. */
export interface ClockOrder {
  readonly offset: number;
}

export type Told =
  | { readonly url: string }
  | { readonly role: 'writer' | 'web' }
  | { readonly armed: true }
  | { readonly struck: FaultPoint };

/** A process of a platform that carries a fault with it: `member.ts FOLDER [DATABASE]`, and then orders from its parent. */
const [folder, database] = process.argv.slice(2) as [string, string];
const tell = (told: Told) => process.send?.(told);
process.on('disconnect', () => process.exit(0));

let offset = Number(process.env.FAULT_CLOCK ?? 0);
const clock: Clock = { virtual: false, now: () => systemClock.now().add({ milliseconds: offset }) };

process.on('message', (order: Order | ClockOrder) => {
  if ('offset' in order) {
    offset = order.offset;
    return;
  }
  const { point, nth, strike, postmaster } = order;
  let left = nth;
  onFaultPoint((reached) => {
    if (reached !== point || --left !== 0) return;
    if (strike === 'kill-process') process.kill(process.pid, 'SIGKILL');
    if (strike === 'kill-server') process.kill(postmaster as number, 'SIGKILL');
    if (strike === 'stop-server') process.kill(postmaster as number, 'SIGQUIT');
    if (strike === 'kill-backend' || strike === 'end-backend') {
      for (const pid of writingBackends(postmaster as number))
        process.kill(pid, strike === 'kill-backend' ? 'SIGKILL' : 'SIGTERM');
    }
    tell({ struck: point });
    if (strike === 'pause') process.kill(process.pid, 'SIGSTOP');
  });
  tell({ armed: true });
});

const member = await joinPlatform({
  folder,
  clock,
  kind: 'demonstration',
  originPrefix: 'test.example/log',
  database: database === '' ? undefined : database,
});
member.whileWriter(() => {
  tell({ role: 'writer' });
  const webhooks = keepDelivering(member.context, 20);
  return async () => {
    tell({ role: 'web' });
    await webhooks.stop();
  };
});
const { url } = await serveMember(member, { host: '127.0.0.1', port: 0 });
tell({ url });

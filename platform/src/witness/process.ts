import { startWitness } from './witness.ts';

/**
 * A witness as a process of its own, for a parent that starts it: `process.ts FOLDER`. It tells the parent its address and
 * keys, and ends with it. `{ aheadMs }` from the parent sets its clock: the witnesses of a demonstration live in its time.
 */
const folder = process.argv[2] as string;
let aheadMs = 0;
process.on('message', (message: { aheadMs?: number }) => {
  aheadMs = message.aheadMs ?? aheadMs;
});
const running = await startWitness({
  folder,
  host: '127.0.0.1',
  port: 0,
  now: () => Math.floor((Date.now() + aheadMs) / 1_000),
});
const stop = () => void running.stop().then(() => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);
process.send?.({ url: running.url, name: running.name, vkeys: running.vkeys });

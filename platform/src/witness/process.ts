import { startWitness } from './witness.ts';

/**
 * A witness as a process of its own, for a parent that starts it: `process.ts FOLDER`. It tells the parent its address
 * and keys, and ends with it.
 */
const folder = process.argv[2] as string;
const running = await startWitness({ folder, host: '127.0.0.1', port: 0 });
const stop = () => void running.stop().then(() => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);
process.send?.({ url: running.url, name: running.name, vkeys: running.vkeys });

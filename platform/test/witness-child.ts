import { onWitnessFaultPoint, type WitnessFaultPoint } from '../src/witness/fault-points.ts';
import { startWitness } from '../src/witness/witness.ts';

/** A witness that is there to be killed: `witness-child.ts FOLDER POINT NTH` dies when it reaches the point the nth time. */
const [folder, point, nth] = process.argv.slice(2) as [string, WitnessFaultPoint, string];
const running = await startWitness({ folder, host: '127.0.0.1', port: 0 });
let left = Number(nth);
onWitnessFaultPoint((reached) => {
  if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
});
process.send?.({ url: running.url });

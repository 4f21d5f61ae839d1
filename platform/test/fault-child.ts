import { buildEntry } from '@taalil/transparency-log/writer';
import { systemClock } from '../src/clock.ts';
import { type FaultPoint, onFaultPoint } from '../src/fault-points.ts';
import { openPlatform } from '../src/open.ts';
import { addAuthority } from '../src/register/authorities.ts';
import { AUTHORITY } from '../worlds/soutien-menages/record.ts';
import { AUTHORITY_A } from './make-platform.ts';

/**
 * A writer that is there to fail: `fault-child.ts FOLDER POINT NTH` seals three entries at a time, tells its parent of each
 * that is acknowledged, and kills itself when it reaches the point for the nth time. With the point `full` it goes on
 * sealing through errors instead, and tells of those too.
 */
process.on('SIGXFSZ', () => {});
const [folder, point, nth] = process.argv.slice(2) as [string, FaultPoint | 'full', string];
const platform = await openPlatform({
  folder,
  clock: systemClock,
  kind: 'demonstration',
  originPrefix: 'test.example/log',
});
if ((await platform.store.lookup('log_state', { authority_id: AUTHORITY_A })) === undefined) {
  await addAuthority(platform, AUTHORITY_A, AUTHORITY);
}
let left = Number(nth);
onFaultPoint((reached) => {
  if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
});
for (let round = 0; ; round++) {
  const results = await Promise.allSettled(
    Array.from({ length: 3 }, (_, n) => {
      const { entry } = buildEntry({
        type: 'authority',
        period: '2026-03',
        facts: [{ name: 'n', value: `${process.pid} ${round} ${n}` }],
      });
      return platform.ledger
        .seal(AUTHORITY_A, { entry, write: () => {} })
        .then(({ index }) => ({ index, entry: Buffer.from(entry).toString('base64') }));
    }),
  );
  const acknowledged = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = results.flatMap((one) => (one.status === 'rejected' ? [String(one.reason?.code)] : []));
  const checkpoint = await platform.ledger.checkpoint(AUTHORITY_A);
  await new Promise((resolve) => process.send?.({ acknowledged, refused, checkpoint }, resolve));
  if (point === 'full' && refused.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

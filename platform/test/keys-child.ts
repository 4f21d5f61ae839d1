import { restore } from '../src/backup/restore.ts';
import { takeBackup } from '../src/backup/take.ts';
import { systemClock } from '../src/clock.ts';
import { rotateKeys } from '../src/rotate-keys.ts';
import type { RotationFaultPoint } from '../src/vault/rotate.ts';

/**
 * A command that is there to be killed. `rotate FOLDER POINT NTH` kills itself when it reaches the point for the nth time;
 * `backup FOLDER TO [DATABASE]` makes one backup after another, and `restore DATA KEYS FOLDER FENCE` restores one, until the parent
 * kills it, of a database where one is named; the one tells of each that it has made, the other when it begins.
 */
const [what, ...args] = process.argv.slice(2);
if (what === 'rotate') {
  const [folder, point, nth] = args as [string, RotationFaultPoint, string];
  let left = Number(nth);
  await rotateKeys({
    ...{ folder, vault: true, sessions: false, step: 50 },
    reach(reached) {
      if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
    },
  });
} else if (what === 'backup') {
  const [folder, to, database] = args as [string, string, string?];
  const from = {
    folder,
    fence: `${folder}/fence`,
    witnesses: `${folder}/witnesses`,
    database,
    clock: systemClock,
  };
  for (let n = 0; ; n++) {
    await takeBackup({ ...from, to: `${to}-${n}`, keysTo: `${to}-${n}-keys` });
    process.send?.('begun');
  }
} else {
  const [data, keys, folder, fence] = args as [string, string, string, string];
  process.send?.('begun');
  await restore({ data, keys, folder, fence });
}

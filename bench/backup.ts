import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drillBackup } from '../platform/src/backup/drill.ts';
import { filesBelow } from '../platform/src/backup/files.ts';
import { restore } from '../platform/src/backup/restore.ts';
import { takeBackup } from '../platform/src/backup/take.ts';
import { verifyBackup } from '../platform/src/backup/verify.ts';
import { rotateKeys } from '../platform/src/rotate-keys.ts';
import { openVault } from '../platform/src/vault/vault.ts';
import { AUTHORITY_A, makePlatform } from '../platform/test/make-platform.ts';
import { newCase } from '../platform/test/opened-file.ts';

/**
 * `npm run bench:backup -- [CASES] [KEYS]`: a rotation over KEYS keys; then a backup of CASES decided cases, its verification,
 * its restore and its drill, beside what the machine needs to copy the same bytes and put them on the disk.
 */
const [cases, keys] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 1_000_000)];
const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-backup-'));
const at = (name: string) => join(folder, name);

async function measured<T>(what: string, act: () => Promise<T> | T): Promise<T> {
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const result = await act();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `${what.padEnd(52)} ${seconds.toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of processor time`,
  );
  return result;
}
const megabytes = (name: string) =>
  filesBelow(at(name)).reduce((sum, file) => sum + statSync(join(at(name), file)).size, 0) / 1e6;

try {
  const p = await makePlatform({ folder: at('data') });
  await measured(`deciding ${cases} cases`, async () => {
    for (let n = 0; n < cases; n += 500) {
      await Promise.all(Array.from({ length: Math.min(500, cases - n) }, () => newCase(p, 'favourable')));
    }
  });
  const from = { folder: at('data'), fence: at('data/fence'), witnesses: at('none'), clock: p.clock };
  const parts = { data: at('backup'), keys: at('backup-keys') };
  await measured('backing up, with its verification', () =>
    takeBackup({ ...from, to: parts.data, keysTo: parts.keys }),
  );
  const size = megabytes('backup') + megabytes('backup-keys');
  console.log(`  ${size.toFixed(0)} MB`);
  await measured('verifying alone', () => verifyBackup(parts));
  await measured('  the machine: cp and sync of the same files', () => {
    spawnSync('cp', ['-r', parts.data, at('copied')]);
    spawnSync('sync', ['-f', at('copied')]);
  });
  await measured('restoring, with its verification', () =>
    restore({ ...parts, folder: at('restored'), fence: at('no-fence') }),
  );
  await measured('the drill: restoring, proving, 1,000 receipts', () =>
    drillBackup({ ...parts, within: folder, receipts: 1_000, clock: p.clock }),
  );
  await p.close();
  const vault = openVault(at('data'));
  for (let n = 0; n < keys; n++) {
    vault.newKey(AUTHORITY_A, `case_of_bench_${n}`);
    if (n % 10_000 === 0) vault.flush();
  }
  vault.flush();
  vault.close();
  await measured(`rotating the key over ${keys} keys`, () =>
    rotateKeys({ folder: at('data'), vault: true, sessions: false }),
  );
} finally {
  rmSync(folder, { recursive: true });
}

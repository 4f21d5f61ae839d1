import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { auditVerdict } from './dependencies.ts';

/**
 * Asks npm's audit service about the packages of the lockfile. High or critical advisories end with code 1; a service that cannot be
 * reached is said and ends with 0: what can be checked without a network is in `dependencies.test.ts`.
 */
const { stdout } = spawnSync('npm', ['audit', '--json', '--audit-level=high'], {
  cwd: dirname(import.meta.dirname),
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
});
const verdict = auditVerdict(stdout ?? '');
switch (verdict.kind) {
  case 'vulnerable':
    console.error(`Advisories, high or critical: ${verdict.packages.join(', ')}. Run "npm audit".`);
    process.exitCode = 1;
    break;
  case 'unreachable':
    console.error(`The audit service was not reached (${verdict.why}): advisories were NOT checked.`);
    break;
  case 'clean':
    console.error(`No high or critical advisory; ${verdict.lower} of lower severity.`);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropStaged, stageFile } from '../platform/src/attachments/index.ts';
import { openFile } from '../platform/src/attachments/open.ts';
import { jpeg } from '../platform/test/files-to-attach.ts';
import { AUTHORITY_A, makePlatform } from '../platform/test/make-platform.ts';
import { newCase } from '../platform/test/opened-file.ts';

/**
 * Whether large files hold decisions up: the time of single decisions, one after another, alone and while files of 10 MB are
 * written; and what a file costs to keep and to open.
 *
 * `node launcher/launch.mjs run bench/attachments.ts [FILES]`, on the embedded store, or on PostgreSQL with `TAALIL_TEST_STORE=postgres`.
 */
const [count = '12'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-'));
const p = await makePlatform({ folder });
const bytes = jpeg({ size: 10 * 1024 * 1024 - 1_000 });
const cases = await Promise.all(Array.from({ length: Number(count) }, () => newCase(p, 'favourable')));

async function decisionsWhile(running: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (running()) {
    const start = performance.now();
    await newCase(p, 'favourable');
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}
const tell = (what: string, times: readonly number[]) => {
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  console.log(
    `${what}: ${times.length} decisions, median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
};

for (let i = 0; i < 30; i++) await newCase(p, 'favourable');
const until = performance.now() + 3_000;
tell('alone', await decisionsWhile(() => performance.now() < until));

let left = cases.length;
const cpu = process.cpuUsage();
const start = performance.now();
const holderOf = (caseId: string) => ({ authorityId: AUTHORITY_A, caseId, holder: 'citizen' as const });
const writing = (async () => {
  for (const { case: caseId } of cases) {
    await stageFile(p, holderOf(caseId), { name: 'x.jpg', type: 'jpeg', bytes });
    left--;
  }
  return performance.now() - start;
})();
const beside = await decisionsWhile(() => left > 0);
const took = await writing;
tell('beside files of 10 MB, one after another', beside);
const { user, system } = process.cpuUsage(cpu);
console.log(
  `${cases.length} files in ${took.toFixed(0)} ms; ${((user + system) / 1_000).toFixed(0)} ms of processor time, the decisions' among it`,
);

// The same bytes in one transaction each, which is what the pieces are for.
let whole = Number(count);
const atOnce = (async () => {
  for (; whole > 0; whole--) {
    const row = {
      authority_id: 'bench',
      attachment_id: `whole-${whole}`,
      piece: 0,
      sealed: Buffer.from(bytes),
    };
    await p.store.transact(async (tx) => tx.append('attachment_pieces', row));
  }
})();
tell('beside the same files in one transaction each', await decisionsWhile(() => whole > 0));
await atOnce;

const own = cases[0]?.case ?? '';
const alone = process.cpuUsage();
const file = await stageFile(p, holderOf(own), { name: 'x.jpg', type: 'jpeg', bytes });
const kept = process.cpuUsage(alone);
const opening = process.cpuUsage();
await openFile(p, { authorityId: AUTHORITY_A, caseId: own }, file);
const opened = process.cpuUsage(opening);
const ms = ({ user: u, system: s }: NodeJS.CpuUsage) => ((u + s) / 1_000).toFixed(0);
console.log(`one file of 10 MB alone: ${ms(kept)} ms of processor time to keep, ${ms(opened)} ms to open`);
const dropping = performance.now();
await dropStaged(p, holderOf(own));
console.log(`two files let go of: ${(performance.now() - dropping).toFixed(0)} ms`);
await p.dispose();
rmSync(folder, { recursive: true, force: true });

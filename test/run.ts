import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

/** Files that take long start first, so that none is left to run alone at the end. Words of their paths, longest first. */
const LONG = [
  'citizen.browser.slow',
  'desk-pages.slow',
  'sweep.slow',
  'kill-nine.slow',
  'staff-pages.slow',
  'review-pages.slow',
  'monitor-planted.slow',
  'walk.browser',
  'web.browser',
  'world.test',
  'desk.browser',
  '.browser.',
];

/**
 * Runs the suite and ends with "N passed, N failed, N skipped".
 *
 * Fast tests are `*.test.ts`, long campaigns `*.slow.ts` (`--slow`). Any other argument keeps only the files
 * whose path contains it: `npm test -- desk`.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const slow = args.includes('--slow');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const suffix = slow ? 'slow' : 'test';
const files = globSync(
  [`packages/*/{src,test}/**/*.${suffix}.ts{,x}`, `{platform,bench,test}/**/*.${suffix}.ts{,x}`],
  {
    cwd: root,
    exclude: ['**/node_modules/**'],
  },
)
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort()
  .sort((one, other) => placeOf(one) - placeOf(other));

function placeOf(file: string): number {
  const at = LONG.findIndex((word) => file.includes(word));
  return at < 0 ? LONG.length : at;
}

const count = { passed: 0, failed: 0, skipped: 0 };
const stream = run({
  files,
  cwd: root,
  execArgv: process.execArgv,
  // One more than the processors of a small machine: files often wait for the disk or for a browser.
  concurrency: 3,
  timeout: slow ? 900_000 : 240_000,
});
const isFile = (data: { name: string; nesting: number }) => data.nesting === 0 && files.includes(data.name);
stream.on('test:pass', (data) => {
  if (data.details.type === 'suite' || isFile(data)) return;
  if (data.skip || data.todo) count.skipped++;
  else count.passed++;
});
stream.on('test:fail', (data) => {
  if (data.details.type === 'suite') return;
  count.failed++;
});
stream.compose(new spec()).pipe(process.stdout);
stream.on('end', () => {
  process.on('exit', () => {
    if (count.failed > 0 || count.passed === 0) process.exitCode = 1;
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  });
});

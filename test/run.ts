import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

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
  .sort();

const count = { passed: 0, failed: 0, skipped: 0 };
const stream = run({
  files,
  cwd: root,
  execArgv: process.execArgv,
  concurrency: 2,
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

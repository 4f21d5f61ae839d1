import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../../..');
const FIXTURES = join(ROOT, 'packages/explain/test/fixtures/xgboost');
const MODEL = join(FIXTURES, 'regression-diabetes.model');

function taalil(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, join(ROOT, 'platform/src/cli/taalil.ts'), 'explain', ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test('taalil explain prints JSON with one entry per row; a mistake in the rows is named by file, line and column', () => {
  const rows = join(FIXTURES, 'regression-diabetes.csv');
  const { status, stdout, stderr } = taalil('--model', MODEL, '--rows', rows, '--format', 'json');
  assert.deepEqual([status, stderr], [0, '']);
  const report = JSON.parse(stdout);
  assert.deepEqual(Object.keys(report), ['model', 'features', 'rows', 'additivity']);
  assert.deepEqual(Object.keys(report.model), ['format', 'trees', 'outputs', 'sha256']);
  assert.deepEqual(Object.keys(report.rows[0]), ['margin', 'prediction', 'contributions', 'bias']);
  const text = readFileSync(rows, 'utf8');
  assert.equal(report.rows.length, text.trim().split('\n').length - 1);
  assert.deepEqual(
    report.rows[0].contributions.map((list: number[]) => list.length),
    [report.features.length],
  );

  const bad = join(mkdtempSync(join(tmpdir(), 'taalil-explain-')), 'bad.csv');
  const [header = '', first = ''] = text.split('\n');
  writeFileSync(bad, [header, first, first.replace(/^[^,]*/, 'many')].join('\n'));
  const refused = taalil('--model', MODEL, '--rows', bad, '--format', 'text');
  assert.equal(refused.status, 3);
  assert.match(refused.stderr, /bad\.csv, line 3, column \w+: "many" is not a number.*\[bad-rows\]/);
  const missing = taalil('--model', join(FIXTURES, 'none.model'), '--rows', bad);
  assert.equal(missing.status, 3);
  assert.match(missing.stderr, /none\.model cannot be read/);
});

test('a reader that leaves early ends every command quietly', async () => {
  const rows = join(FIXTURES, 'regression-diabetes.csv');
  for (const args of [
    ['audit', '--help'],
    ['explain', '--model', MODEL, '--rows', rows],
  ]) {
    const child = spawn(process.execPath, [
      ...process.execArgv,
      join(ROOT, 'platform/src/cli/taalil.ts'),
      ...args,
    ]);
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([code, said], [0, ''], args.join(' '));
  }
});

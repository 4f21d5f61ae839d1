import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startPostgres } from './postgres.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The rooms' own tests once more, on PostgreSQL: no room can tell the adapters apart. */
const FILES = [
  'decisions/decide.test',
  'training/training.test',
  'desk/decide-proposal.test',
  'desk/queue.test',
  'notices/receipts.test',
  'register/publish.test',
  'register/snapshots.test',
  'ledger/publishing.test',
  'retention/retention.test',
];

test('the rooms hold on PostgreSQL what they hold on the embedded store', async () => {
  const server = await startPostgres();
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...process.execArgv, join(ROOT, 'test/run.ts'), ...FILES],
      {
        cwd: ROOT,
        maxBuffer: 64 * 1024 * 1024,
        env: {
          ...process.env,
          NODE_TEST_CONTEXT: undefined,
          DATABASE_URL: await server.database(),
          TAALIL_TEST_STORE: 'postgres',
        },
      },
    );
    const counts = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
    assert.ok(counts !== null && Number(counts[1]) > 50, stdout.slice(-2_000));
    assert.deepEqual(counts.slice(2), ['0', '0']);
  } finally {
    await server.stop();
  }
});

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { drillBackup } from '../src/backup/drill.ts';
import { restore } from '../src/backup/restore.ts';
import { recordInJournal } from '../src/ledger/journal.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from './make-platform.ts';
import { newCase } from './opened-file.ts';
import { startPostgres, type TestServer } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-backup-postgres-'));
const at = (name: string) => join(folder, name);
let server: TestServer;
let database: string;
let p: TestPlatform;
before(async () => {
  server = await startPostgres();
  database = await server.database();
  p = await makePlatform({ folder: at('data'), database });
});
after(async () => {
  await p.close();
  rmSync(folder, { recursive: true });
  await server.stop();
});

const note = (n: number) => {
  const event = { authorityId: AUTHORITY_A, kind: 'authority', type: 'test', facts: { n } } as const;
  return recordInJournal(p, { ...event, write: () => {} });
};

test('while two hundred appends and new cases run, a backup of the database is of one instant', async () => {
  let stop = false;
  const running = Array.from({ length: 200 }, async (_, i) => {
    for (let n = 0; !stop; n++) await (i % 4 === 0 ? newCase(p, 'favourable') : note(i * 1_000 + n));
  });
  try {
    await Promise.all(Array.from({ length: 3 }, (_, n) => note(n)));
    // A process of its own, as the command is: the writer waits for the key store without turning to anything else.
    const child = fork(
      join(import.meta.dirname, 'keys-child.ts'),
      ['backup', at('data'), at('backup'), database],
      {
        execArgv: process.execArgv,
      },
    );
    const [told] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    child.kill('SIGKILL');
    assert.equal(told, 'begun');
  } finally {
    stop = true;
    await Promise.all(running);
  }
  const parts = { data: at('backup-0'), keys: at('backup-0-keys'), within: folder, clock: p.clock };
  const { proved, restored } = await drillBackup({ ...parts, receipts: 20 });
  assert.equal(restored.backup.data.source, 'postgres');
  assert.deepEqual(
    proved.map(({ findings }) => findings.list),
    [[]],
  );
  assert.ok((proved[0]?.entries ?? 0) > 50);
});

test('a database that holds anything is refused; a restore that was cut off after it was filled is ended', async () => {
  const parts = {
    data: at('backup-0'),
    keys: at('backup-0-keys'),
    folder: at('target'),
    fence: at('no-fence'),
  };
  await assert.rejects(restore({ ...parts, database }), { code: 'conflict', message: /holds \d+ tables/ });
  assert.ok(!existsSync(at('target')));
  const empty = await server.database();
  const { backup } = await restore({ ...parts, database: empty });
  mkdirSync(at('target/restoring'));
  writeFileSync(at('target/restoring/complete'), backup.data.id);
  await restore({ ...parts, database: empty });
  assert.ok(!existsSync(at('target/restoring')));
  const restored = await makePlatform({ folder: at('target'), database: empty, authorities: false });
  const sealing = recordInJournal(restored, {
    ...{ authorityId: AUTHORITY_A, kind: 'authority', type: 'test', facts: {} },
    write: () => {},
  });
  await assert.rejects(sealing, { code: 'fenced' }).finally(() => restored.close());
});

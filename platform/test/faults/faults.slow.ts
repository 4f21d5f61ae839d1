import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { type Store, typed } from '../../src/store/index.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { Database } from './database.ts';
import { runDiskFaults } from './disk.ts';
import { assertDurableBeforeTold } from './durability.ts';
import { assertFailedCommitStaysSo } from './failed-commit.ts';
import { type Kill, runKills } from './kills.ts';
import { runNetworkCuts } from './network.ts';
import { DatabaseProxy } from './proxy.ts';
import type { StoreName } from './world.ts';

/*
 * A few of each kind; the whole campaign is `npm run campaign:faults`.
 */
const database = await Database.make();
after(() => database.remove());
const report = () => {};
const ON_A_SHARED_MACHINE = 15_000;

const strace = spawnSync('strace', ['--version']).status === 0;
const skip = strace ? false : 'needs strace';

const KILLS: Readonly<Record<StoreName, readonly Kill[]>> = {
  sqlite: [{ point: 'sqlite-commit-sent', strike: 'kill-process' }],
  postgres: [{ point: 'postgres-commit-sent', strike: 'kill-server' }],
};

for (const store of ['sqlite', 'postgres'] as const) {
  test(`${store}: kills under load lose nothing, double nothing, and another goes on`, async () => {
    const outcome = await runKills({
      store,
      connections: 20,
      kills: KILLS[store],
      database,
      withinMs: ON_A_SHARED_MACHINE,
      report,
    });
    assert.equal(outcome.kills, KILLS[store].length);
    assert.ok(outcome.acknowledged > 50);
  });
}

test('what makes a decision durable is on the disk before anything of it is told', { skip }, async () => {
  const { decisions } = await assertDurableBeforeTold('sqlite', { posts: 8, batches: 1, lines: 20 });
  assert.equal(decisions, 28);
});

test('a commit whose sync failed does not come back after a crash', { skip }, assertFailedCommitStaysSo);

test('a disk that takes nothing into the write-ahead log: told, not recorded, and another process goes on', {
  skip,
}, async () => {
  const fault = { file: 'taalil.db-wal', call: 'sync', error: 'EIO', when: '15+' } as const;
  await runDiskFaults([fault], { connections: 6, report });
});

test('an answer of the database is lost: the other process follows, and the first commits nothing more', async () => {
  await runNetworkCuts({
    database,
    connections: 10,
    cuts: [{ cut: 'lose-answer', outage: 'reset' }],
    report,
  });
});

test('a commit that the server lost when it died is not acknowledged, though another got its transaction number', async () => {
  const url = await database.database();
  const proxy = await DatabaseProxy.before(database.port);
  const first = await openPostgres(proxy.through(url), { writer: false });
  const second = await openPostgres(url, { writer: false });
  const note = (store: Store, name: string) => store.transact(async (tx) => tx.append('notes', { name }));
  try {
    await first.transact(async ({ db }) => {
      await db.schema.createTable('notes').addColumn('name', 'text').execute();
    });
    // What is begun is on no disk yet when the server dies.
    database.signal('SIGINT');
    await database.stopped();
    await database.start(['wal_writer_delay=10s']);
    await note(first, 'before');
    const struck = proxy.armed('stall-commit', 'none');
    const lost = note(first, 'lost');
    lost.catch(() => undefined);
    await struck;
    database.signal('SIGKILL');
    await database.stopped();
    await database.start();
    for (let n = 0; n < 20; n++) await note(second, `after ${n}`).catch(() => undefined);
    await assert.rejects(lost, { code: 'store-unavailable' });
    const rows = await typed<{ notes: { name: string } }>(second.read)
      .selectFrom('notes')
      .selectAll()
      .execute();
    const names = rows.map(({ name }) => name);
    assert.ok(names.includes('after 19') && !names.includes('lost'), names.join());
  } finally {
    await first.close();
    await second.close();
    proxy.close();
  }
});

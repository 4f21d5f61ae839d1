import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { typed } from '../../src/store/index.ts';
import { openSqlite, openSqliteReader } from '../../src/store/sqlite.ts';
import { injecting } from './disk.ts';
import { Member } from './world.ts';

/**
 * A commit whose sync fails has left whole pages in the write-ahead log. The process says that nothing was recorded and dies: the
 * next one, which reads the log anew, must not find the row after all; and what it builds on is in the database itself, for the
 * operating system may have let go of pages that it could not write.
 */
export async function assertFailedCommitStaysSo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-failed-commit-'));
  const file = join(folder, 'store.db');
  const prepare = new DatabaseSync(file);
  prepare.exec('create table notes (name text)');
  prepare.close();
  const wal = `${file}-wal`;
  writeFileSync(wal, '');
  try {
    const runner = injecting({ call: 'sync', error: 'EIO', when: '7' }, [wal]);
    const child = new Member('store-child.ts', [file], {}, runner);
    const recorded = new Map<number, boolean>();
    child.child.on('message', (told: { n: number; recorded: boolean }) =>
      recorded.set(told.n, told.recorded),
    );
    await child.ended();
    const refused = [...recorded].flatMap(([n, was]) => (was ? [] : [n]));
    assert.equal(refused.length, 1, 'one commit failed');
    assert.ok(recorded.size > 3);
    const store = openSqlite(file);
    assert.equal(statSync(wal).size, 0, 'what was found in the write-ahead log is in the database now');
    await store.close();
    const reader = openSqliteReader(file);
    const rows = await typed<{ notes: { name: string } }>(reader.read)
      .selectFrom('notes')
      .selectAll()
      .execute();
    assert.deepEqual(
      rows.map(({ name }) => name),
      [...recorded].flatMap(([n, was]) => (was ? [`row ${n}`] : [])),
    );
    await reader.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { storeConformance } from './conformance.ts';
import type { Store } from './contract.ts';
import { openSqlite } from './sqlite.ts';

const files = new WeakMap<Store, string>();

function open(file: string): Store {
  const store = openSqlite(file);
  files.set(store, file);
  return store;
}

storeConformance('SQLite', {
  open: async () => open(join(mkdtempSync(join(tmpdir(), 'taalil-store-')), 'store.db')),
  async reopen(store) {
    await store.close();
    return open(files.get(store) as string);
  },
  async dispose(store) {
    await store.close();
    rmSync(dirname(files.get(store) as string), { recursive: true });
  },
});

test('the writer syncs every commit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-store-'));
  const store = openSqlite(join(folder, 'store.db'));
  const seen = await store.transact(async (tx) => {
    const { sql } = await import('kysely');
    const value = async (pragma: string) =>
      Object.values(
        (await sql.raw<Record<string, unknown>>(`PRAGMA ${pragma}`).execute(tx.db)).rows[0] ?? {},
      )[0];
    return [await value('journal_mode'), await value('synchronous')];
  });
  assert.deepEqual(seen, ['wal', 2]);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('a full disk is store-unavailable, changes nothing, and passes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-store-'));
  const file = join(folder, 'store.db');
  const prepare = new DatabaseSync(file);
  prepare.exec('create table t (a blob)');
  prepare.close();
  const store = openSqlite(file);
  const fill = () => store.transact(async (tx) => tx.append('t', { a: new Uint8Array(200_000) }));
  await store.transact(async (tx) => {
    const { sql } = await import('kysely');
    await sql.raw('PRAGMA max_page_count = 20').execute(tx.db);
  });
  await assert.rejects(fill(), { code: 'store-unavailable' });
  await store.transact(async (tx) => {
    const { sql } = await import('kysely');
    await sql.raw('PRAGMA max_page_count = 1000000').execute(tx.db);
  });
  await fill();
  await store.close();
  rmSync(folder, { recursive: true });
});

test('the log is moved into the database while the store is open, and is gone when it is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-store-'));
  const file = join(folder, 'store.db');
  const prepare = new DatabaseSync(file);
  prepare.exec('create table t (n integer primary key, a blob)');
  prepare.close();
  const store = openSqlite(file);
  const before = statSync(file).size;
  const rows = 5_000;
  await store.transact(async (tx) => {
    for (let n = 0; n < rows; n++) tx.append('t', { n, a: new Uint8Array(1_000) });
  });
  for (let waited = 0; statSync(file).size < before + 1_000 * rows; waited += 20) {
    assert.ok(waited < 20_000, 'nothing was moved');
    await pause(20);
  }
  assert.equal((await store.lookup('t', { n: rows - 1 }))?.n, rows - 1);
  await store.close();
  assert.equal(existsSync(`${file}-wal`), false);
  const db = new DatabaseSync(file, { readOnly: true });
  assert.deepEqual({ ...db.prepare('select count(*) as n from t').get() }, { n: rows });
  db.close();
  rmSync(folder, { recursive: true });
});

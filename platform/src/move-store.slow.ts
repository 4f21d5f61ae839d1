import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { makeMovable } from '../test/moving.ts';
import { newCase } from '../test/opened-file.ts';
import { startPostgres } from '../test/postgres.ts';
import { moveStore, reopenStore } from './move-store.ts';
import { openPlatform } from './open.ts';
import { openReader } from './open-reader.ts';
import { migrations } from './rooms.ts';
import { digestStore } from './store/index.ts';

const server = await startPostgres();
const { folder, file, clock, open, goesOn, dispose } = await makeMovable();
const moved = (from: string, to: string) => moveStore({ from, to, folder, clock });
after(async () => {
  dispose();
  await server.stop();
});

test('a store that was moved opens no more, and goes on again only when the copy does not', async () => {
  const url = await server.database();
  await moved(file, url);
  await assert.rejects(open(), { code: 'store-unavailable', message: /was moved to postgres/ });
  await assert.rejects(openReader({ folder }), /was moved to postgres/);
  await assert.rejects(moved(file, await server.database()), /was moved to postgres/);
  await reopenStore({ store: file, movedTo: url, folder, clock });
  await assert.rejects(open(url), /was moved to/);
  await goesOn();
  await assert.rejects(reopenStore({ store: file, movedTo: url, folder, clock }), /was not moved/);
});

test('a copy that has gone on is not left behind', async () => {
  const url = await server.database();
  await moved(file, url);
  await goesOn(url);
  await assert.rejects(reopenStore({ store: file, movedTo: url, folder, clock }), (error: Error) => {
    assert.match(error.message, /has changed: .*log_entries/);
    return true;
  });
  await assert.rejects(open(), /was moved to/);
  renameSync(file, `${file}.older`);
  await moved(url, file);
  await goesOn();
});

test('cut off after the source was marked: it is reopened, naming the place where no copy came to be', async () => {
  const [url, other] = [await server.database(), await server.database()];
  await moved(file, url);
  // As if the server had never committed.
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('drop schema public cascade; create schema public');
  await admin.end();
  await assert.rejects(open(), /was moved to/);
  const cutOff = { store: file, folder, clock };
  await assert.rejects(reopenStore({ ...cutOff, movedTo: other }), /was moved to another place/);
  await reopenStore({ ...cutOff, movedTo: url });
  await goesOn();
  await moved(file, url);
  await reopenStore({ ...cutOff, movedTo: url });
});

test('whoever says that a living copy is gone does not get two logs: the fence knows which of them signed', async () => {
  const url = await server.database();
  await moved(file, url);
  await reopenStore({ store: file, movedTo: undefined, folder, clock });
  await goesOn();
  const copy = await open(url);
  await assert.rejects(newCase(copy, 'favourable'), { code: 'fenced' });
  await copy.close();
  await goesOn();
});

test('while a platform runs on either, nothing is moved', async () => {
  const url = await server.database();
  const p = await open();
  await assert.rejects(moved(file, url), { code: 'writer-held' });
  await p.close();
  const elsewhere = mkdtempSync(join(tmpdir(), 'taalil-elsewhere-'));
  const options = {
    folder: elsewhere,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  } as const;
  const onTarget = await openPlatform({ ...options, database: url });
  await assert.rejects(moved(file, url), { code: 'writer-held' });
  await onTarget.close();
  await assert.rejects(moved(file, url), /holds \d+ tables already/);
  rmSync(elsewhere, { recursive: true });
});

/** Kills of the moving process, spread over the tables and the steps after them. */
const KILLS = Number(process.env.TAALIL_KILLS ?? 8);

test('a move that is killed anywhere leaves at most one store that opens, and goes on from there', async () => {
  const url = await server.database();
  const copy = join(folder, 'elsewhere', 'taalil.db');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const ends: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const to = kill % 2 === 0 ? url : copy;
    const before = await digestStore(file, migrations);
    const steps = Math.round(((kill + 1) * (before.length + 2)) / KILLS);
    const moving = fork(join(import.meta.dirname, '../test/move-child.ts'), [file, to, folder]);
    await killedAt(moving, steps);
    await sessionsEnd(admin);

    const there = to === url ? (await tablesIn(admin)) > 0 : existsSync(copy);
    const marked = await saysMoved();
    ends.push(`${marked ? 'marked' : 'not marked'}, ${there ? 'there' : 'not there'}`);
    assert.ok(marked || !there, 'a copy is seen only when its source says that it was moved');
    if (there) assert.deepEqual(await digestStore(to, migrations), before);
    if (marked) await reopenStore({ store: file, movedTo: to, folder, clock });
    assert.deepEqual(await digestStore(file, migrations), before);
    await admin.query('drop schema public cascade; create schema public');
    rmSync(copy, { force: true });
  }
  await admin.end();
  assert.ok(new Set(ends).size > 1, ends.join('; '));
  await goesOn();
});

/** Kills the process when it has told of so many steps; one that ends before is left to. */
async function killedAt(moving: ChildProcess, steps: number): Promise<void> {
  let told = 0;
  moving.on('message', () => {
    if (++told === steps) moving.kill('SIGKILL');
  });
  await once(moving, 'exit');
}

async function sessionsEnd(admin: pg.Client): Promise<void> {
  const others =
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  while ((await admin.query(others)).rows[0].n > 0) await delay(20);
}

async function tablesIn(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query("select count(*)::int as n from pg_tables where schemaname = 'public'");
  return rows[0].n;
}

async function saysMoved(): Promise<boolean> {
  try {
    await (await open()).close();
    return false;
  } catch (error) {
    assert.match(String(error), /was moved to/);
    return true;
  }
}

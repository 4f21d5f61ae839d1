import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { after, test } from 'node:test';
import { makeMovable } from '../test/moving.ts';
import { startPostgres } from '../test/postgres.ts';
import { moveStore } from './move-store.ts';
import type { CopiedTable } from './store/index.ts';

const server = await startPostgres();
const { folder, file, clock, goesOn, dispose } = await makeMovable();
const moved = (from: string, to: string) => moveStore({ from, to, folder, clock });
after(async () => {
  dispose();
  await server.stop();
});

const rowsOf = (tables: readonly CopiedTable[], name: string) =>
  tables.find(({ table }) => table === name)?.rows ?? 0;

test('a store moves to PostgreSQL and back into a file; every proof holds and it goes on', async () => {
  const url = await server.database();
  const there = await moved(file, url);
  assert.ok(rowsOf(there, 'log_entries') > 10 && rowsOf(there, 'case_events') > 3);
  await goesOn(url);
  renameSync(file, `${file}.old`);
  const back = await moved(url, file);
  assert.ok(rowsOf(back, 'log_entries') > rowsOf(there, 'log_entries'));
  await goesOn();
});

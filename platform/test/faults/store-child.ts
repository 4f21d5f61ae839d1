import { openSqlite } from '../../src/store/sqlite.ts';

/** Adds rows to a store, one commit each, tells of each whether it was recorded, and dies at the first that was not. */
const store = openSqlite(process.argv[2] as string);
for (let n = 0; ; n++) {
  const recorded = await store
    .transact(async (tx) => tx.append('notes', { name: `row ${n}` }))
    .then(
      () => true,
      () => false,
    );
  await new Promise((resolve) => process.send?.({ n, recorded }, resolve));
  if (!recorded) process.kill(process.pid, 'SIGKILL');
}

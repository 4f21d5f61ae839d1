import { test } from 'node:test';
import { startPostgres } from './postgres.ts';
import { drill } from './restore-drill.ts';

/** Small here; `npm run drill:restore -- 2000 postgres` is the same at length. */
const CASES = 20;

for (const machineLost of [false, true]) {
  const what = machineLost ? 'the whole machine is lost' : 'the store and the keys are lost';
  test(`SQLite: ${what}, and every proof holds after the restore`, () =>
    drill({ cases: CASES, machineLost }));
}

test('PostgreSQL: the store and the keys are lost, and every proof holds after the restore', async () => {
  const server = await startPostgres();
  try {
    await drill({ cases: CASES, database: () => server.database() });
  } finally {
    await server.stop();
  }
});

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../test/postgres.ts';
import { storeConformance } from './conformance.ts';
import { type Store, typed } from './contract.ts';
import { migrate } from './migrate.ts';
import { openPostgres, openPostgresReader } from './postgres.ts';

const server = await startPostgres();
after(() => server.stop());

const urls = new WeakMap<Store, string>();

async function open(url: string): Promise<Store> {
  const store = await openPostgres(url, { writer: true });
  urls.set(store, url);
  return store;
}

storeConformance('PostgreSQL', {
  open: async () => open(await server.database()),
  async reopen(store) {
    await store.close();
    return open(urls.get(store) as string);
  },
  dispose: (store) => store.close(),
});

interface Tables {
  notes: { name: string; amount: number };
}

async function withNotes(run: (store: Store, url: string, admin: pg.Client) => Promise<void>): Promise<void> {
  const url = await server.database();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const store = await open(url);
  try {
    await migrate(
      store,
      [
        {
          id: 'notes-0001',
          async up({ db }) {
            await db.schema
              .createTable('notes')
              .addColumn('name', 'text', (c) => c.primaryKey())
              .addColumn('amount', 'bigint', (c) => c.notNull())
              .execute();
          },
        },
      ],
      'production',
    );
    await run(store, url, admin);
  } finally {
    await store.close();
    await admin.end();
  }
}

const note = (store: Store, name: string) =>
  store.transact(async (tx) => tx.append('notes', { name, amount: 1 }));
const namesOf = async (store: Pick<Store, 'read'>) =>
  (await typed<Tables>(store.read).selectFrom('notes').select('name').orderBy('name').execute()).map(
    (r) => r.name,
  );

for (const setting of ['synchronous_commit'] as const) {
  test(`a server with ${setting} off is refused`, async () => {
    const url = await server.database();
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`alter database "${new URL(url).pathname.slice(1)}" set ${setting} = off`);
    await admin.end();
    await assert.rejects(openPostgres(url, { writer: true }), (error: Error & { code: string }) => {
      assert.equal(error.code, 'store-unavailable');
      assert.match(error.message, new RegExp(setting));
      return true;
    });
  });
}

test('a second writer is refused and told who holds the place; it is free when the first closes', async () => {
  const url = await server.database();
  const first = await open(url);
  await assert.rejects(openPostgres(url, { writer: true }), (error: Error & { code: string }) => {
    assert.equal(error.code, 'writer-held');
    assert.match(error.message, new RegExp(`taalil ${process.pid}@`));
    return true;
  });
  await first.close();
  await (await open(url)).close();
});

test('text sorts by its bytes, whatever the locale of the database', async () => {
  await withNotes(async (store) => {
    for (const name of ['b', 'B', 'a', 'é', 'Z']) await note(store, name);
    assert.deepEqual(await namesOf(store), ['B', 'Z', 'a', 'b', 'é']);
  });
});

test('numbers of a case expression count as numbers', async () => {
  await withNotes(async (store) => {
    await note(store, 'a');
    await note(store, 'b');
    const row = await typed<Tables>(store.read)
      .selectFrom('notes')
      .select(({ fn, eb }) => fn.sum<number>(eb.case().when('name', '=', 'a').then(1).else(0).end()).as('n'))
      .executeTakeFirstOrThrow();
    assert.equal(row.n, 1);
  });
});

test('whoever loses the connection has written nothing, says so, and goes on with the next transaction', async () => {
  await withNotes(async (store, _url, admin) => {
    await note(store, 'before');
    await assert.rejects(
      store.transact(async (tx) => {
        tx.append('notes', { name: 'lost', amount: 1 });
        await typed<Tables>(tx.db)
          .updateTable('notes')
          .set({ amount: 2 })
          .where('name', '=', 'before')
          .execute();
        await endWriters(admin);
        tx.append('notes', { name: 'lost too', amount: 1 });
      }),
      { code: 'store-unavailable' },
    );
    assert.deepEqual(await namesOf(store), ['before']);
    await note(store, 'after');
    assert.deepEqual(await namesOf(store), ['after', 'before']);
  });
});

test('a connection that breaks during a commit: the answer is what really happened', async () => {
  await withNotes(async (store, _url, admin) => {
    // A deferred trigger makes the commit itself wait while the session is ended.
    await admin.query(`
      create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return null; end $$;
      create constraint trigger slow after insert on notes deferrable initially deferred for each row
        when (new.name = 'slow') execute function wait()`);
    const committing = note(store, 'slow');
    committing.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await endWriters(admin);
    await assert.rejects(committing, { code: 'store-unavailable' });
    await note(store, 'next');
    assert.deepEqual(await namesOf(store), ['next']);
  });
});

test('a frozen reader sees one instant', async () => {
  await withNotes(async (store, url) => {
    await note(store, 'a');
    const reader = await openPostgresReader(url);
    await reader.freeze();
    await note(store, 'b');
    assert.deepEqual(await namesOf(reader), ['a']);
    await reader.close();
  });
});

test('a frozen reader whose session is ended says so, and takes nothing down with it', async () => {
  await withNotes(async (_store, url, admin) => {
    const reader = await openPostgresReader(url);
    await reader.freeze();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()",
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await assert.rejects(reader.lookup('notes', { name: 'a' }), { code: 'store-unavailable' });
    await reader.close();
  });
});

test('a server that is not there is store-unavailable', async () => {
  await assert.rejects(openPostgres('postgres://nobody@127.0.0.1:1/none', { writer: true }), {
    code: 'store-unavailable',
  });
});

async function endWriters(admin: pg.Client): Promise<void> {
  await admin.query(
    `select pg_terminate_backend(pid, 2000) from pg_locks where locktype = 'advisory' and objid = 1
     and database = (select oid from pg_database where datname = current_database())`,
  );
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Generated } from 'kysely';
import { type Migration, type Store, type Transaction, typed } from './contract.ts';
import { migrate, setStoreFact, storeFact, upgrade } from './migrate.ts';
import { declaredSchema, readSchema, schemaDifferences } from './schema.ts';

interface Tables {
  things: { name: string; amount: number; bytes: Uint8Array | null; kind: Generated<string> };
  kinds: { kind: string; n: number };
}

const things: readonly Migration[] = [
  {
    id: 'things-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('things')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('amount', 'bigint', (c) => c.notNull())
        .addColumn('bytes', bytes as 'blob')
        .execute();
      await db.schema
        .createTable('pairs')
        .addColumn('a', 'text', (c) => c.notNull())
        .addColumn('b', 'integer', (c) => c.notNull())
        .addColumn('c', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('pairs_pk', ['a', 'b'])
        .execute();
    },
  },
];

/** What a later version adds: a column that is filled from what is there, a table made of the rows, an index. */
const later: readonly Migration[] = [
  {
    id: 'things-0002',
    async up({ db }) {
      await db.schema
        .alterTable('things')
        .addColumn('kind', 'text', (c) => c.notNull().defaultTo('small'))
        .execute();
      await typed<Tables>(db).updateTable('things').set({ kind: 'large' }).where('amount', '>', 1).execute();
    },
  },
  {
    id: 'things-0003',
    async up({ db, clustered }) {
      await clustered(db.schema.createTable('kinds'))
        .addColumn('kind', 'text', (c) => c.primaryKey())
        .addColumn('n', 'bigint', (c) => c.notNull())
        .execute();
      await typed<Tables>(db)
        .insertInto('kinds')
        .columns(['kind', 'n'])
        .expression((e) =>
          e
            .selectFrom('things')
            .select(({ fn }) => ['kind', fn.countAll<number>().as('n')])
            .groupBy('kind'),
        )
        .execute();
      await db.schema.createIndex('things_by_kind').on('things').columns(['kind', 'name']).execute();
    },
  },
];

export interface Subject {
  /** A store over an empty place. */
  open(): Promise<Store>;
  /** Another connection to the same place, as after a restart. */
  reopen(store: Store): Promise<Store>;
  dispose(store: Store): Promise<void>;
}

/** The store contract as tests. Every adapter runs them all. */
export function storeConformance(name: string, subject: Subject): void {
  const scenario = (what: string, run: (store: Store) => Promise<unknown>) =>
    test(`${name}: ${what}`, async () => {
      const store = await subject.open();
      let last = store;
      try {
        await migrate(store, things, 'demonstration');
        last = ((await run(store)) as Store | undefined) ?? store;
      } finally {
        await subject.dispose(last);
      }
    });
  const names = async (store: Store) =>
    (await typed<Tables>(store.read).selectFrom('things').select('name').orderBy('name').execute()).map(
      (r) => r.name,
    );
  const thing = (name: string, amount = 1) => ({ name, amount, bytes: null });

  scenario('what a transaction wrote is there when it resolves, and after a restart', async (store) => {
    await store.transact(async (tx) => tx.append('things', thing('a')));
    assert.deepEqual(await names(store), ['a']);
    const again = await subject.reopen(store);
    assert.deepEqual(await names(again), ['a']);
    return again;
  });

  scenario(
    'a transaction that throws leaves nothing, and its error is passed on unchanged',
    async (store) => {
      const error = new Error('mine');
      await assert.rejects(
        store.transact(async (tx) => {
          tx.append('things', thing('a'));
          await typed<Tables>(tx.db).insertInto('things').values(thing('b')).execute();
          throw error;
        }),
        (thrown) => thrown === error,
      );
      assert.deepEqual(await names(store), []);
      await store.transact(async (tx) => tx.append('things', thing('c')));
      assert.deepEqual(await names(store), ['c']);
    },
  );

  scenario('readers do not see a running transaction and do not wait for it', async (store) => {
    let seen: string[] | undefined;
    await store.transact(async (tx) => {
      tx.append('things', thing('a'));
      seen = await names(store);
    });
    assert.deepEqual(seen, []);
    assert.deepEqual(await names(store), ['a']);
  });

  scenario('transactions run one after another in the order of the calls', async (store) => {
    const order: number[] = [];
    await Promise.all(
      [5, 1, 3].map((wait, i) =>
        store.transact(async (tx) => {
          await new Promise((resolve) => setTimeout(resolve, wait));
          order.push(i);
          tx.append('things', thing(`t${i}`));
        }),
      ),
    );
    assert.deepEqual(order, [0, 1, 2]);
    assert.deepEqual(await names(store), ['t0', 't1', 't2']);
  });

  scenario('a row that breaks a key makes the whole transaction reject', async (store) => {
    await store.transact(async (tx) => tx.append('things', thing('a')));
    await assert.rejects(
      store.transact(async (tx) => {
        tx.append('things', thing('b'));
        tx.append('things', thing('a'));
      }),
    );
    assert.deepEqual(await names(store), ['a']);
  });

  scenario('a failed query fails its transaction, even when its error is swallowed', async (store) => {
    await store.transact(async (tx) => tx.append('things', thing('a')));
    await assert.rejects(
      store.transact(async (tx) => {
        tx.append('things', thing('b'));
        await typed<Tables>(tx.db)
          .insertInto('things')
          .values(thing('a'))
          .execute()
          .catch(() => {});
        tx.append('things', thing('c'));
      }),
    );
    assert.deepEqual(await names(store), ['a']);
  });

  scenario(
    'writes that nobody waits for are made in their order, or fail the whole transaction',
    async (store) => {
      await store.transact(async (tx) => tx.append('things', thing('a', 1)));
      const db = typed<Tables>(store.read);
      const swap = (from: number) =>
        db
          .updateTable('things')
          .set({ amount: from + 1 })
          .where('name', '=', 'a')
          .where('amount', '=', from);
      const moved = new Error('moved');
      await store.transact(async (tx) => {
        tx.append('things', thing('b'));
        tx.write(swap(1), () => moved);
        tx.write(swap(2), () => moved);
        assert.equal(Number((await tx.lookup('things', { name: 'a' }))?.amount), 3);
        tx.append('things', thing('c'));
      });
      assert.equal(Number((await store.lookup('things', { name: 'a' }))?.amount), 3);

      const refused = (write: (tx: Transaction) => void) =>
        store.transact(async (tx) => {
          tx.append('things', thing('d'));
          write(tx);
          tx.append('things', thing('e'));
        });
      await assert.rejects(
        refused((tx) => tx.write(swap(7), () => moved)),
        (error) => error === moved,
      );
      await assert.rejects(refused((tx) => tx.write(db.insertInto('things').values(thing('a')))));
      await assert.rejects(
        refused((tx) => {
          tx.write(db.insertInto('things').values(thing('a')));
          tx.write(db.insertInto('things').values(thing('f')));
        }),
      );
      assert.deepEqual(await names(store), ['a', 'b', 'c']);
      await store.transact(async (tx) => tx.write(swap(7)));
      assert.equal(Number((await store.lookup('things', { name: 'a' }))?.amount), 3);
    },
  );

  scenario('a compare-and-swap tells how many rows it swapped', async (store) => {
    await store.transact(async (tx) => tx.append('things', thing('a', 1)));
    const swap = (from: number) =>
      store.transact((tx) =>
        typed<Tables>(tx.db)
          .updateTable('things')
          .set({ amount: from + 1 })
          .where('name', '=', 'a')
          .where('amount', '=', from)
          .executeTakeFirst(),
      );
    assert.equal((await swap(1)).numUpdatedRows, 1n);
    assert.equal((await swap(1)).numUpdatedRows, 0n);
  });

  scenario('lookup finds one row by its key, bytes come back as they were', async (store) => {
    const bytes = new Uint8Array([0, 1, 255]);
    await store.transact(async (tx) => tx.append('things', { name: 'a', amount: 7, bytes }));
    const row = (await store.lookup('things', { name: 'a' })) as Tables['things'];
    assert.equal(Number(row.amount), 7);
    assert.deepEqual(new Uint8Array(row.bytes as Uint8Array), bytes);
    assert.equal(await store.lookup('things', { name: 'nobody' }), undefined);
    await store.transact(async (tx) => {
      assert.equal(Number((await tx.lookup('things', { name: 'a' }))?.amount), 7);
    });
  });

  scenario('lookups at once, and expected ones, each find their own row', async (store) => {
    await store.transact(async (tx) => {
      for (let n = 0; n < 40; n++) {
        tx.append('things', { name: `n${n}`, amount: n, bytes: new Uint8Array([n]) });
        tx.append('pairs', { a: `a${n % 4}`, b: n, c: `c${n}` });
      }
    });
    const asked = [...Array.from({ length: 40 }, (_, n) => `n${n}`), 'nobody', 'n3', 'ñ', "n'3"];
    const found = await Promise.all(asked.map((name) => store.lookup('things', { name })));
    for (const [i, row] of found.entries()) {
      const name = asked[i] as string;
      if (!/^n\d+$/.test(name)) assert.equal(row, undefined, name);
      else {
        const { bytes, ...rest } = row as unknown as Tables['things'];
        assert.deepEqual(rest, { name, amount: Number(name.slice(1)) });
        assert.deepEqual([...(bytes as Uint8Array)], [Number(name.slice(1))]);
      }
    }
    const pairs = Array.from({ length: 40 }, (_, b) => ({ a: `a${b % 4}`, b }));
    const both = await Promise.all([...pairs, { a: 'a0', b: 1 }].map((key) => store.lookup('pairs', key)));
    assert.deepEqual(
      both.map((row) => row?.c),
      [...pairs.map(({ b }) => `c${b}`), undefined],
    );
    await store.transact(async (tx) => {
      for (const name of asked) tx.expect('things', { name });
      await typed<Tables>(tx.db)
        .updateTable('things')
        .set({ amount: 100 })
        .where('name', '=', 'n1')
        .execute();
      assert.equal(Number((await tx.lookup('things', { name: 'n1' }))?.amount), 100);
      assert.equal(Number((await tx.lookup('things', { name: 'n2' }))?.amount), 2);
    });
    await store.transact(async (tx) => {
      tx.expect('things', { name: 'n1' });
      tx.expect('things', { name: 'n2' });
      tx.expect('things', { name: 'nobody' });
      assert.equal(Number((await tx.lookup('things', { name: 'n2' }))?.amount), 2);
      assert.equal(Number((await tx.lookup('things', { name: 'n1' }))?.amount), 100);
      assert.equal(await tx.lookup('things', { name: 'nobody' }), undefined);
    });
  });

  scenario('once reads once for all who ask in one transaction, and again in the next', async (store) => {
    let reads = 0;
    const read = async () => ++reads;
    await store.transact(async (tx) => {
      assert.deepEqual(await Promise.all([tx.once('k', read), tx.once('k', read)]), [1, 1]);
    });
    await store.transact(async (tx) => assert.equal(await tx.once('k', read), 2));
  });

  scenario('migrations are applied once; facts of the store can be set and read', async (store) => {
    await migrate(store, things, 'production');
    assert.equal(await storeFact(store, 'kind'), 'demonstration');
    await setStoreFact(store, 'colour', 'sand');
    await setStoreFact(store, 'colour', 'ink');
    assert.equal(await storeFact(store, 'colour'), 'ink');
  });

  scenario('a failing migration changes nothing', async (store) => {
    const broken: Migration = {
      id: 'broken-0001',
      async up({ db }) {
        await db.schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('no');
      },
    };
    await assert.rejects(migrate(store, [...things, broken], 'demonstration'), /no/);
    await migrate(store, things, 'demonstration');
    await assert.rejects(store.lookup('half', { a: 'x' }));
  });

  scenario('a store of a newer version is refused', async (store) => {
    await assert.rejects(migrate(store, [], 'demonstration'), { code: 'store-unavailable' });
    await assert.rejects(upgrade(store, [], { dryRun: false, check }), { code: 'store-unavailable' });
  });

  const check = async () => {};
  const stateOf = async (store: Store) => ({
    schema: await readSchema(store.read, store.dialect),
    things: await typed<Tables>(store.read).selectFrom('things').selectAll().orderBy('name').execute(),
  });

  scenario(
    'a store of an earlier version is brought up to this one with its rows, or not at all',
    async (store) => {
      await store.transact(async (tx) => {
        for (const [i, name] of ['a', 'b', 'c'].entries()) tx.append('things', thing(name, i));
      });
      const before = await stateOf(store);
      const next = [...things, ...later];
      await assert.rejects(migrate(store, next, 'production'), /An earlier version wrote this store: 2 of 3/);

      const planned = await upgrade(store, next, { dryRun: true, check });
      assert.deepEqual(
        planned.map(({ id }) => id),
        ['things-0002', 'things-0003'],
      );
      assert.match(
        planned[0]?.statements.join() ?? '',
        /alter table "things" add column "kind" text.*update "things"/,
      );
      assert.deepEqual(await stateOf(store), before);

      const failing: Migration = {
        id: 'things-0004',
        async up({ db }) {
          await typed<Tables>(db).deleteFrom('things').execute();
          throw new Error('no');
        },
      };
      await assert.rejects(upgrade(store, [...next, failing], { dryRun: false, check }), /no/);
      const unlike = async () => {
        throw new Error('not these tables');
      };
      await assert.rejects(upgrade(store, next, { dryRun: false, check: unlike }), /not these tables/);
      assert.deepEqual(await stateOf(store), before);

      assert.deepEqual(await upgrade(store, next, { dryRun: false, check }), planned);
      const { schema, things: rows } = await stateOf(store);
      assert.deepEqual(schemaDifferences(await declaredSchema(next), schema), []);
      assert.deepEqual(
        rows.map((row) => [row.name, Number(row.amount), row.kind]),
        [
          ['a', 0, 'small'],
          ['b', 1, 'small'],
          ['c', 2, 'large'],
        ],
      );
      assert.deepEqual(
        (await typed<Tables>(store.read).selectFrom('kinds').selectAll().orderBy('kind').execute()).map(
          (k) => [k.kind, Number(k.n)],
        ),
        [
          ['large', 1],
          ['small', 2],
        ],
      );
      assert.deepEqual(await upgrade(store, next, { dryRun: false, check }), []);
      await migrate(store, next, 'production');
    },
  );
}

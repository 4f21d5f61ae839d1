import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { startPostgres } from '../../../test/postgres.ts';
import type { Migration, Store, Value } from '../contract.ts';
import { migrate } from '../migrate.ts';
import { openPostgres } from '../postgres.ts';
import { declaredSchema, readSchema, schemaDifferences } from '../schema.ts';
import { openSqlite } from '../sqlite.ts';
import { copyStore, digestStore } from './copy.ts';
import { decodeTuples, encodeTuples, HEADER, TRAILER, wholeTuples } from './tuples.ts';

const server = await startPostgres();
const url = await server.database();
const admin = new pg.Client({ connectionString: url });
await admin.connect();
const folder = mkdtempSync(join(tmpdir(), 'taalil-copy-'));
after(async () => {
  rmSync(folder, { recursive: true });
  await admin.end();
  await server.stop();
});

/** Every column type that a room may declare, keys of two columns, a clustered table and one without rows. */
const migrations: readonly Migration[] = [
  {
    id: 'kinds-0001',
    async up({ db, bytes, clustered }) {
      await db.schema
        .createTable('kinds')
        .addColumn('text', 'text', (c) => c.notNull())
        .addColumn('number', 'integer', (c) => c.notNull())
        .addColumn('perhaps_text', 'text')
        .addColumn('perhaps_number', 'integer')
        .addColumn('big', 'bigint')
        .addColumn('real', 'double precision')
        .addColumn('bytes', bytes as 'blob')
        .addPrimaryKeyConstraint('kinds_pk', ['text', 'number'])
        .execute();
      await db.schema.createIndex('kinds_by_big').on('kinds').columns(['big', 'text']).execute();
      await clustered(db.schema.createTable('clustered'))
        .addColumn('id', bytes as 'blob', (c) => c.primaryKey())
        .addColumn('note', 'text', (c) => c.notNull().unique())
        .execute();
      await db.schema
        .createTable('empty')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .execute();
    },
  },
];

/** The one database, with nothing in it. */
async function emptied(): Promise<string> {
  await admin.query('drop schema public cascade; create schema public');
  return url;
}

let files = 0;
const newFile = () => join(folder, `${files++}.db`);

async function made(rows: readonly Record<string, Value>[], table = 'kinds'): Promise<string> {
  const file = newFile();
  const store = openSqlite(file);
  await fill(store, rows, table);
  return file;
}

async function fill(store: Store, rows: readonly Record<string, Value>[], table = 'kinds'): Promise<void> {
  await migrate(store, migrations, 'production');
  await store.transact(async (tx) => {
    for (const row of rows) tx.append(table, row);
  });
  await store.close();
}

const row = (text: string, rest: Record<string, Value> = {}): Record<string, Value> => ({
  text,
  number: 1,
  perhaps_text: null,
  perhaps_number: null,
  big: null,
  real: null,
  bytes: null,
  ...rest,
});

function rowsIn(file: string): unknown[] {
  const db = new DatabaseSync(file);
  const select = db.prepare('select * from kinds order by text, number');
  select.setReadBigInts(true);
  const rows = select.all();
  db.close();
  return rows;
}

test('what a store declares is read the same from both', async () => {
  const declared = await declaredSchema(migrations);
  const file = await made([]);
  await emptied();
  await copyStore(file, url, { migrations });
  for (const store of [openSqlite(file), await openPostgres(url, { writer: true })]) {
    const found = await readSchema(store.read, store.dialect);
    assert.deepEqual(schemaDifferences(declared, found), []);
    assert.deepEqual(found.get('kinds')?.key, ['text', 'number']);
    assert.deepEqual(found.get('kinds')?.indexes, ['index (big, text)']);
    assert.deepEqual(found.get('clustered')?.indexes, ['unique (note)']);
    await store.transact(async (tx) => {
      await sql`drop index kinds_by_big`.execute(tx.db);
      await sql`alter table empty add column more bigint`.execute(tx.db);
      await sql`drop table clustered`.execute(tx.db);
    });
    assert.deepEqual(schemaDifferences(declared, await readSchema(store.read, store.dialect)), [
      'clustered: the table is missing',
      'empty: column more int8 does not belong there',
      'kinds: index (big, text) is missing',
    ]);
    await store.close();
  }
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0'));
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const rows = fc.uniqueArray(
  fc.record({
    text,
    number: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    perhaps_text: perhaps(text),
    perhaps_number: perhaps(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    big: perhaps(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    real: perhaps(fc.double({ noNaN: true })),
    bytes: perhaps(fc.uint8Array({ maxLength: 40 })),
  }),
  { selector: (r) => `${r.text}\n${r.number}`, maxLength: 40 },
);

test('any rows come back from PostgreSQL exactly as they went, and digest the same on the way', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const [file, back] = [await made(given), newFile()];
      await emptied();
      const there = await copyStore(file, url, { migrations });
      const here = await copyStore(url, back, { migrations });
      assert.deepEqual(here, there);
      assert.deepEqual(await digestStore(url, migrations), there);
      assert.equal(there.find(({ table }) => table === 'kinds')?.rows, given.length);
      assert.deepEqual(rowsIn(back), rowsIn(file));
    }),
    { numRuns: Number(process.env.TAALIL_RUNS ?? 5) },
  );
});

test('rows come whole, wherever their stream is cut; a stream that ends early is refused', async () => {
  const types = ['text', 'int4', 'bytea'] as const;
  const given = fc.array(
    fc.tuple(perhaps(text), perhaps(fc.integer({ min: 0, max: 9 })), perhaps(fc.uint8Array())),
  );
  await fc.assert(
    fc.asyncProperty(given, fc.array(fc.nat(30), { minLength: 1 }), async (rows, cuts) => {
      const whole = Buffer.concat([HEADER, encodeTuples(types, rows).bytes, TRAILER]);
      const came: Value[][] = [];
      for await (const tuples of wholeTuples(inPieces(whole, cuts)))
        came.push(...decodeTuples(types, tuples));
      assert.deepEqual(
        came,
        rows.map(([a, b, bytes]) => [a, b, bytes === null ? null : Buffer.from(bytes)]),
      );
      const early = inPieces(whole.subarray(0, -1), cuts);
      await assert.rejects(async () => {
        for await (const _ of wholeTuples(early));
      }, /in the middle of a table|no binary COPY/);
    }),
    { numRuns: 60 },
  );
});

async function* inPieces(whole: Buffer, sizes: readonly number[]): AsyncIterable<Buffer> {
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = (sizes[i % sizes.length] ?? 0) + 1;
    yield whole.subarray(at, at + size);
    at += size;
  }
}

test('any rows that PostgreSQL wrote are read alike, whatever its locale', async () => {
  const given = ['b', 'B', 'a', 'é', 'Z', 'ⵣ', '\u{10ffff}', '\uffff'].map((name, i) =>
    row(name, { big: BigInt(i) - 2n ** 62n, bytes: new Uint8Array(i * 9_000).fill(i) }),
  );
  await emptied();
  await fill(await openPostgres(url, { writer: true }), given);
  const file = newFile();
  assert.deepEqual(
    await copyStore(url, file, { migrations }),
    await copyStore(await made(given), newFile(), { migrations }),
  );
});

test('a large table takes bounded memory, and rows larger than a chunk arrive whole', async () => {
  const big = (i: number) => row(`r${i}`, { number: i, bytes: new Uint8Array(1_500_000).fill(i) });
  const file = await made([0, 1, 2].map(big));
  await emptied();
  await copyStore(file, url, { migrations });
  assert.deepEqual(await copyStore(url, newFile(), { migrations }), await digestStore(file, migrations));
});

test('a target that holds anything is refused and left alone', async () => {
  const file = await made([row('a')]);
  await emptied();
  await copyStore(file, url, { migrations });
  await assert.rejects(copyStore(await made([row('b')]), url, { migrations }), (error: Error) => {
    assert.match(error.message, /holds 5 tables already/);
    return true;
  });
  const taken = newFile();
  writeFileSync(taken, 'mine');
  await assert.rejects(copyStore(file, taken, { migrations }), { code: 'store-unavailable' });
  assert.equal(statSync(taken).size, 4);
  assert.deepEqual(await digestStore(url, migrations), await digestStore(file, migrations));
});

test('a copy that does not come to its end leaves nothing, and is begun again as if nothing had been', async () => {
  const file = await made([row('a'), row('b')]);
  for (const to of [await emptied(), newFile()]) {
    await assert.rejects(
      copyStore(file, to, {
        migrations,
        beforeVisible: async () => {
          throw new Error('cut off');
        },
      }),
      /cut off/,
    );
    if (!to.startsWith('postgres')) assert.ok(!existsSync(to) && !existsSync(`${to}.unfinished`));
    assert.deepEqual(await copyStore(file, to, { migrations }), await digestStore(file, migrations));
  }
});

test('what a target cannot keep as it is stops the copy and is named', async () => {
  await emptied();
  await assert.rejects(copyStore(await made([row('a', { perhaps_text: 'x\0y' })]), url, { migrations }), {
    code: 'invalid-record',
  });
  const odd = await made([row('a')]);
  const db = new DatabaseSync(odd);
  db.exec("update kinds set perhaps_number = 'many'");
  db.close();
  await assert.rejects(copyStore(odd, url, { migrations }), (error: Error & { code: string }) => {
    assert.equal(error.code, 'altered-record');
    assert.match(error.message, /kinds\.perhaps_number/);
    return true;
  });
});

test('a store of another version is refused', async () => {
  const later: Migration = {
    id: 'kinds-0002',
    up: ({ db }) => db.schema.alterTable('kinds').addColumn('later', 'text').execute(),
  };
  await assert.rejects(
    copyStore(await made([]), newFile(), { migrations: [...migrations, later] }),
    /kinds: column later text is missing/,
  );
});

test('the source is copied as of one instant, beside whoever writes to it', async () => {
  for (const from of [newFile(), await emptied()]) {
    const open = () =>
      from.startsWith('postgres') ? openPostgres(from, { writer: true }) : openSqlite(from);
    await fill(await open(), [row('before')]);
    const store = await open();
    const before = await digestStore(from, migrations);
    let writes: Promise<void> | undefined;
    const copied = await copyStore(from, newFile(), {
      migrations,
      onRows() {
        writes ??= store.transact(async (tx) => {
          tx.append('kinds', row('meanwhile'));
          tx.append('empty', { id: 'meanwhile' });
        });
      },
    });
    await writes;
    await store.close();
    assert.deepEqual(copied, before);
    assert.notDeepEqual(await digestStore(from, migrations), before);
  }
});

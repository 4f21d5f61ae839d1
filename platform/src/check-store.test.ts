import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, publishDemonstration, TEST_START } from '../test/make-platform.ts';
import { makeStaff } from '../test/visitor.ts';
import { AUTHORITY } from '../worlds/soutien-menages/record.ts';
import { checkStore } from './check-store.ts';
import { VirtualClock } from './clock.ts';
import { openPlatform } from './open.ts';
import { addAuthority } from './register/authorities.ts';
import { migrations } from './rooms.ts';
import { upgradeStore } from './upgrade-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-check-'));
const made = join(folder, 'made');
before(async () => {
  const clock = new VirtualClock(TEST_START);
  const kind = 'demonstration';
  const p = await openPlatform({ folder: made, clock, kind, originPrefix: 'test.example/log' });
  await addAuthority(p, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(p, AUTHORITY_A);
  await makeStaff(p, AUTHORITY_A, ['reviewer']);
  await p.close();
});
after(() => rmSync(folder, { recursive: true }));

let copies = 0;
function attacked(sql: string, name = 'taalil.db'): string {
  const copy = join(folder, `attacked-${copies++}`);
  cpSync(made, copy, { recursive: true });
  const db = new DatabaseSync(join(copy, name), { defensive: false });
  db.exec(sql);
  db.close();
  return copy;
}
const found = async (copy: string) => {
  const { findings, untrusted } = await checkStore({ folder: copy });
  return [...findings.list.map(({ where, what }) => `${where}: ${what}`), ...untrusted];
};

test('an untouched store has no fault', async () => {
  assert.deepEqual(await found(made), []);
});

const DAMAGE: readonly (readonly [sql: string, named: RegExp])[] = [
  ['drop index access_log_by_case', /^tables: access_log: index \(.*\) is missing$/],
  ['alter table staff drop column created_at', /^tables: staff: column created_at text not null is missing$/],
  ['create table mine (a text)', /^tables: mine: this version knows no such table$/],
  [
    "update system_versions set system_id = 'other'",
    /^system_versions\.system_id: 1 rows name a row of systems that is not there\.$/,
  ],
];

for (const [sql, named] of DAMAGE) {
  test(`a store is found out: ${sql}`, async () => {
    const all = await found(attacked(sql));
    assert.ok(
      all.some((line) => named.test(line)),
      all.join('\n'),
    );
  });
}

test('a key that is missing is named, one too many is not a fault', async () => {
  const [fault, ...more] = await found(attacked('delete from wrapped_keys', 'vault.db'));
  assert.match(fault ?? '', /^staff\/specimen\/stf_\w+: Its key is not in the key store/);
  assert.deepEqual(more, []);
  const copy = attacked('delete from staff');
  assert.deepEqual(await found(copy), []);
  assert.match((await checkStore({ folder: copy })).findings.notes.join(), /1 keys open nothing/);
});

test('a page that the disk gave back otherwise is found', async () => {
  const all = await found(
    attacked(
      "pragma writable_schema = on; update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'staff') where name = 'webhooks'",
    ),
  );
  assert.match(all.join('\n'), /^file: /m);
});

test('a store of an earlier version is named and migrated, of a moved one it is said that it must not be relied on', async () => {
  const last = migrations.at(-1)?.id;
  const copy = attacked(`delete from applied_migrations where id = '${last}'`);
  assert.match((await found(copy)).join(), new RegExp(`migration ${last}: It was not applied`));
  // Its tables are there already: nothing is done by halves.
  await assert.rejects(
    upgradeStore({ store: join(copy, 'taalil.db'), folder: copy, dryRun: true }),
    /already exists/,
  );
  const gone = attacked(
    'insert into store_facts values (\'moved\', \'{"id":"1","to":"there","at":"then"}\')',
  );
  assert.deepEqual(await found(gone), ['This store was moved to there at then.']);
});

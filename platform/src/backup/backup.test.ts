import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newCase } from '../../test/opened-file.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { drillBackup } from './drill.ts';
import { filesBelow } from './files.ts';
import { takeBackup } from './take.ts';
import { verifyBackup } from './verify.ts';

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'it is about the files of the embedded store' : false;
let folder: string;
let p: TestPlatform;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-backup-'));
  p = await makePlatform({ folder: join(folder, 'data') });
  await newCase(p, 'favourable');
});
after(async () => {
  await p.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
const data = () => ({
  folder: at('data'),
  fence: at('data/fence'),
  witnesses: at('data/witnesses'),
  clock: p.clock,
});
const backUp = (name: string) => takeBackup({ ...data(), to: at(name), keysTo: at(`${name}-keys`) });
const note = (n: number) =>
  recordInJournal(p, {
    authorityId: AUTHORITY_A,
    kind: 'authority',
    type: 'test',
    facts: { n },
    write: () => {},
  });

test('a running platform is backed up in two parts, without fence, and each part verifies from itself alone', {
  skip,
}, async () => {
  const taken = await backUp('first');
  assert.deepEqual(filesBelow(at('first')), ['manifest.json', 'manifest.json.sha256', 'taalil.db']);
  assert.deepEqual(filesBelow(at('first-keys')), [
    'keys/kek-0001.key',
    `keys/log-${AUTHORITY_B}.key`,
    `keys/log-${AUTHORITY_A}.key`,
    'keys/pepper.key',
    'manifest.json',
    'manifest.json.sha256',
    'vault.db',
  ]);
  assert.ok((taken.keys?.live ?? 0) > 0);
  assert.deepEqual(taken.data.logs.map(({ log }) => log).sort(), [AUTHORITY_B, AUTHORITY_A].sort());
  assert.ok(taken.data.logs.every(({ size, checkpoint }) => size === 0 || checkpoint !== null));
  const before = filesBelow(folder);
  assert.deepEqual(await verifyBackup({ data: at('first'), keys: at('first-keys') }), taken);
  assert.deepEqual(await verifyBackup({ data: at('first') }), { ...taken, keys: undefined });
  assert.deepEqual(filesBelow(folder), before, 'verifying writes nothing');
  const names = readdirSync(at('data/keys'));
  assert.ok(names.includes('sessions.key'), 'which is in no backup');
});

test('any file that differs by one bit, is missing or was added is found', { skip }, async () => {
  for (const part of ['first', 'first-keys']) {
    for (const name of filesBelow(at(part))) {
      const file = join(at(part), name);
      const whole = readFileSync(file);
      for (const place of new Set([0, whole.length >> 1, whole.length - 1])) {
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] as number) ^ 1;
        writeFileSync(file, bytes);
        await assert.rejects(
          verifyBackup({ data: at('first'), keys: at('first-keys') }),
          { code: 'altered-record' },
          `${part}/${name} at ${place}`,
        );
      }
      rmSync(file);
      await assert.rejects(verifyBackup({ data: at('first'), keys: at('first-keys') }), {
        code: name.startsWith('manifest') ? 'not-found' : 'altered-record',
      });
      writeFileSync(file, whole);
    }
  }
  writeFileSync(at('first/more'), '');
  await assert.rejects(verifyBackup({ data: at('first') }), { code: 'altered-record' });
  rmSync(at('first/more'));
  await verifyBackup({ data: at('first'), keys: at('first-keys') });
});

/** What somebody can do who holds the backup and writes its sums anew. */
async function forged(change: (copy: string) => void, part: 'data' | 'keys' = 'data') {
  rmSync(at('forged'), { recursive: true, force: true });
  rmSync(at('forged-keys'), { recursive: true, force: true });
  cpSync(at('first'), at('forged'), { recursive: true });
  cpSync(at('first-keys'), at('forged-keys'), { recursive: true });
  const copy = at(part === 'data' ? 'forged' : 'forged-keys');
  change(copy);
  const { createHash } = await import('node:crypto');
  const sum = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
  const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
  for (const file of manifest.files) {
    const bytes = readFileSync(join(copy, file.path));
    Object.assign(file, { bytes: bytes.length, sha256: sum(bytes) });
  }
  const text = JSON.stringify(manifest);
  writeFileSync(join(copy, 'manifest.json'), text);
  writeFileSync(join(copy, 'manifest.json.sha256'), `${sum(text)}  manifest.json\n`);
}
const inStore = (sql: string) => (copy: string) => {
  const db = new DatabaseSync(join(copy, 'taalil.db'));
  db.exec(sql);
  db.close();
};

test('a backup whose sums were written anew is found by its logs, and by the mark of the keys', {
  skip,
}, async () => {
  for (const sql of [
    'update log_entries set entry = (select entry from log_entries where log_index = 0) where log_index = 1',
    'delete from log_entries where log_index = 1',
    'update log_tiles set hashes = zeroblob(length(hashes))',
    'update log_state set root = zeroblob(32)',
    'delete from log_state',
  ]) {
    await forged(inStore(sql));
    await assert.rejects(verifyBackup({ data: at('forged') }), { code: 'altered-record' }, sql);
  }
  await forged(inStore("update store_facts set value = 'production' where name = 'kind'"));
  await verifyBackup({ data: at('forged') });
  await assert.rejects(verifyBackup({ data: at('forged'), keys: at('first-keys') }), {
    code: 'altered-record',
    message: /not those under which this backup was made/,
  });
});

test('keys of another platform, of an earlier day, or without a file are refused', { skip }, async () => {
  const other = await makePlatform({ system: false, folder: at('other') });
  await takeBackup({
    ...data(),
    folder: at('other'),
    fence: at('other/fence'),
    to: at('theirs'),
    keysTo: at('theirs-keys'),
  });
  await other.close();
  await assert.rejects(verifyBackup({ data: at('first'), keys: at('theirs-keys') }), {
    code: 'altered-record',
  });
  await assert.rejects(verifyBackup({ data: at('first'), keys: at('first') }), { code: 'invalid-request' });
  await forged(
    (copy) => cpSync(at('theirs-keys/keys/kek-0001.key'), join(copy, 'keys/kek-0001.key')),
    'keys',
  );
  await assert.rejects(verifyBackup({ data: at('first'), keys: at('forged-keys') }), {
    code: 'store-unavailable',
    message: /kek-0001\.key is another key/,
  });
  const vault = p.vault as unknown as { takeCase(id: string): unknown };
  for (let i = 0; i < 3_000; i++) vault.takeCase(AUTHORITY_A);
  await newCase(p, 'favourable');
  await backUp('later');
  await assert.rejects(verifyBackup({ data: at('later'), keys: at('first-keys') }), {
    code: 'conflict',
    message: /lack those of 1 rows of cases/,
  });
  await verifyBackup({ data: at('first'), keys: at('later-keys') });
  const accepted = await verifyBackup({ data: at('later'), keys: at('first-keys'), olderKeys: true });
  assert.equal(accepted.keys?.lacking, 1);
});

test('nothing is written over, and keys, data and platform lie apart', { skip }, async () => {
  await assert.rejects(backUp('first'), { code: 'conflict', message: /is there already/ });
  const to = (to: string, keysTo?: string) =>
    takeBackup({ ...data(), to: at(to), keysTo: keysTo && at(keysTo) });
  await assert.rejects(to('data/in-it'), { code: 'conflict', message: /lies in what it is to protect/ });
  await assert.rejects(to('both', 'both/keys'), { code: 'conflict', message: /must not lie in one folder/ });
  await assert.rejects(takeBackup({ ...data(), folder: at('nothing'), to: at('no') }), {
    code: 'store-unavailable',
  });
  assert.ok(!existsSync(at('both')) && !existsSync(at('no')));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.part')),
    [],
  );
});

test('while two hundred appends and new cases run, a backup is of one instant', { skip }, async () => {
  const running: Promise<unknown>[] = [];
  let stop = false;
  for (let i = 0; i < 200; i++) {
    running.push(
      (async () => {
        for (let n = 0; !stop; n++) await (i % 4 === 0 ? newCase(p, 'favourable') : note(i * 1_000 + n));
      })(),
    );
  }
  try {
    let size = 0;
    for (const name of ['busy-1', 'busy-2']) {
      await Promise.all(Array.from({ length: 3 }, (_, n) => note(n)));
      const { data: manifest } = await backUp(name);
      const now = manifest.logs.find(({ log }) => log === AUTHORITY_A)?.size ?? 0;
      assert.ok(now > size + 100, `${now} entries after ${size}`);
      size = now;
    }
  } finally {
    stop = true;
    await Promise.all(running);
  }
  const parts = { data: at('busy-2'), keys: at('busy-2-keys'), within: folder };
  const { proved, receipts } = await drillBackup({ ...parts, receipts: 20, clock: p.clock });
  assert.deepEqual(
    proved.map(({ findings }) => findings.list),
    [[]],
  );
  assert.ok(receipts > 1);
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { openBytes, sealBytes } from './seal.ts';
import { openVault, type Vault } from './vault.ts';

let folder: string;
let vault: Vault;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-vault-'));
  vault = openVault(folder);
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true });
});

const reopen = () => {
  vault.close();
  vault = openVault(folder);
};

test('what is sealed opens under its key and context, and under no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.nat(), (plain, context, place) => {
      const key = Buffer.alloc(32, 7);
      const sealed = sealBytes(key, context, plain);
      assert.deepEqual(new Uint8Array(openBytes(key, context, sealed)), plain);
      assert.throws(() => openBytes(Buffer.alloc(32, 8), context, sealed), { code: 'altered-record' });
      assert.throws(() => openBytes(key, `${context}x`, sealed), { code: 'altered-record' });
      sealed[place % sealed.length] = (sealed[place % sealed.length] as number) ^ 1;
      assert.throws(() => openBytes(key, context, sealed), { code: 'altered-record' });
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('a key is there after flush and a restart, and never in clear on disk', () => {
  const key = Buffer.from(vault.newKey('a', 'case_1'));
  vault.flush();
  reopen();
  assert.deepEqual(vault.caseKey('a', 'case_1'), key);
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!statSync(join(folder, name)).isFile()) continue;
    const bytes = readFileSync(join(folder, name));
    assert.ok(!bytes.includes(key), name);
    assert.ok(!bytes.includes(key.toString('base64')), name);
  }
});

/** Bytes of the key store's files that hold `bytes`, or any eight of them in a row. */
function filesWith(bytes: Uint8Array): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(folder).filter((name) => name.startsWith('vault.db'))) {
    const file = readFileSync(join(folder, name));
    for (let at = 0; at + 8 <= bytes.length; at++) {
      if (file.includes(bytes.subarray(at, at + 8))) found.add(name);
    }
  }
  return [...found];
}

test('a destroyed key is gone from memory and from every byte of the files; its neighbours are still there', () => {
  const ids = Array.from({ length: 3_000 }, (_, i) => `case_${(i * 7_919) % 3_000}_${i}`);
  for (const [i, id] of ids.entries()) {
    vault.newKey('a', id);
    if (i % 100 === 99) vault.flush();
  }
  const reader = new DatabaseSync(join(folder, 'vault.db'));
  const wrapped = new Map(
    (
      reader.prepare('select case_id, wrapped from wrapped_keys').all() as {
        case_id: string;
        wrapped: Uint8Array;
      }[]
    ).map((row) => [row.case_id, row.wrapped]),
  );
  reader.close();
  const bytesOf = (id: string) => wrapped.get(id) as Uint8Array;
  const gone = ids.filter((_, i) => i % 50 === 0);
  assert.ok(gone.every((id) => filesWith(bytesOf(id).subarray(0, 20)).length > 0));
  const [first = '', ...others] = gone;
  vault.destroy('a', first);
  vault.destroy('a', ...others);
  for (const id of gone) {
    assert.deepEqual(filesWith(bytesOf(id)), [], id);
    assert.throws(() => vault.caseKey('a', id), { code: 'erased' });
    assert.equal(vault.has('a', id), false);
  }
  assert.equal(statSync(join(folder, 'vault.db-wal')).size, 0);
  reopen();
  assert.throws(() => vault.caseKey('a', first), { code: 'erased' });
  assert.equal(vault.caseKey('a', ids[1] as string).length, 32);
  assert.deepEqual(filesWith(bytesOf(ids[1] as string)), ['vault.db']);
});

test('a key that one process destroys is gone for another one that had it in memory', () => {
  vault.newKey('a', 'case_1');
  vault.newKey('a', 'case_2');
  vault.flush();
  const other = openVault(folder);
  assert.equal(other.caseKey('a', 'case_1').length, 32);
  const unsaved = Buffer.from(other.newKey('a', 'case_3'));
  vault.destroy('a', 'case_1');
  assert.throws(() => other.caseKey('a', 'case_1'), { code: 'erased' });
  assert.equal(other.caseKey('a', 'case_2').length, 32);
  assert.deepEqual(other.caseKey('a', 'case_3'), unsaved);
  other.close();
});

test('while somebody reads the key store, a destroyed key is not said to be gone', () => {
  vault.newKey('a', 'case_1');
  vault.flush();
  const reader = new DatabaseSync(join(folder, 'vault.db'));
  reader.exec('BEGIN');
  reader.prepare('select count(*) from wrapped_keys').get();
  assert.throws(() => vault.destroy('a', 'case_1'), { code: 'store-unavailable' });
  assert.throws(() => vault.caseKey('a', 'case_1'), { code: 'erased' });
  reader.exec('ROLLBACK');
  reader.close();
  vault.destroy('a', 'case_1');
  assert.equal(statSync(join(folder, 'vault.db-wal')).size, 0);
});

test('a case taken from the supply has its key on disk before anybody uses it', () => {
  const taken = Array.from({ length: 30 }, () => vault.takeCase('a'));
  assert.equal(new Set(taken.map((t) => t.caseId)).size, 30);
  reopen();
  for (const { caseId, key } of taken) assert.deepEqual(vault.caseKey('a', caseId), key);
  assert.throws(() => vault.caseKey('b', taken[0]?.caseId as string), { code: 'erased' });
});

test('a MAC depends on purpose and on every part, and parts cannot run into each other', () => {
  const { mac } = vault.keyring;
  assert.notDeepEqual(mac('x', 'ab', 'c'), mac('x', 'a', 'bc'));
  assert.notDeepEqual(mac('x', 'a'), mac('y', 'a'));
  assert.deepEqual(mac('x', 'a'), mac('x', 'a'));
});

test('key files are readable by their owner alone, and a broken one is refused and named', () => {
  for (const name of readdirSync(join(folder, 'keys'))) {
    assert.equal(statSync(join(folder, 'keys', name)).mode & 0o077, 0, name);
  }
  vault.close();
  const whole = readFileSync(join(folder, 'keys', 'pepper.key'));
  writeFileSync(join(folder, 'keys', 'pepper.key'), 'c2hvcnQ=');
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /pepper\.key/ });
  writeFileSync(join(folder, 'keys', 'pepper.key'), whole);
  vault = openVault(folder);
});

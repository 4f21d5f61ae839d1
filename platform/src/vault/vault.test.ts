import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a destroyed key is gone from memory, from the file and from its log', () => {
  vault.newKey('a', 'case_1');
  vault.flush();
  vault.destroy('a', 'case_1');
  assert.throws(() => vault.caseKey('a', 'case_1'), { code: 'erased' });
  for (const name of ['vault.db', 'vault.db-wal']) {
    assert.ok(!readFileSync(join(folder, name)).includes('case_1'), `${name} still names the case`);
  }
  reopen();
  assert.throws(() => vault.caseKey('a', 'case_1'), { code: 'erased' });
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
  writeFileSync(join(folder, 'keys', 'pepper.key'), 'c2hvcnQ=');
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /pepper\.key/ });
  writeFileSync(join(folder, 'keys', 'pepper.key'), Buffer.alloc(32).toString('base64'));
  vault = openVault(folder);
});

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { abandonKek } from './abandon.ts';
import { openKeyStoreAlone } from './key-store.ts';
import { kekStatus, ROTATION_FAULT_POINTS, type Rotated, type RotateOptions, rotateKeks } from './rotate.ts';
import { openVault } from './vault.ts';

const KEYS = 250;
const DESTROYED = 'case_7';
let folder: string;
let known: Map<string, Buffer>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-rotate-'));
  known = new Map();
  const vault = openVault(folder);
  for (let i = 0; i < KEYS; i++) {
    known.set(`case_${i}`, Buffer.from(vault.newKey('a', `case_${i}`)));
    if (i % 100 === 0) vault.flush();
  }
  vault.flush();
  vault.destroy('a', DESTROYED);
  known.delete(DESTROYED);
  vault.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

function rotate(options: RotateOptions = {}): Rotated {
  const db = openKeyStoreAlone(folder);
  try {
    return rotateKeks(folder, db, options);
  } finally {
    db.close();
  }
}

function wrappings(): Map<string, Uint8Array> {
  const db = new DatabaseSync(join(folder, 'vault.db'), { readOnly: true });
  const rows = db.prepare('select case_id, wrapped from wrapped_keys').all() as {
    case_id: string;
    wrapped: Uint8Array;
  }[];
  db.close();
  return new Map(rows.map((row) => [row.case_id, row.wrapped]));
}

const files = () =>
  (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
const keks = () => readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('kek-'));
const holds = (bytes: Uint8Array) => files().some((file) => file.includes(bytes));

/** Every key opens, the destroyed one does not, and a new one can be made. */
function assertWhole(what: string): void {
  const vault = openVault(folder);
  for (const [id, key] of known) assert.deepEqual(vault.caseKey('a', id), key, `${what}: ${id}`);
  assert.equal(vault.has('a', DESTROYED), false, what);
  const made = `case_after_${what}`;
  known.set(made, Buffer.from(vault.newKey('a', made)));
  vault.flush();
  vault.close();
}

test('every key is under the new key-encryption key; no byte of the old wrappings and of the old key is left', () => {
  const before = wrappings();
  const oldKek = readFileSync(join(folder, 'keys', 'kek-0001.key'));
  assert.ok([...before.values()].every((bytes) => holds(bytes.subarray(0, 20))));
  assert.deepEqual(rotate(), { to: '0002', from: ['0001'], keys: KEYS - 1, resumed: false });
  assert.deepEqual(keks(), ['kek-0002.key']);
  before.delete(DESTROYED);
  for (const [id, bytes] of before) {
    for (let at = 1; at + 12 <= bytes.length; at += 12) assert.ok(!holds(bytes.subarray(at, at + 12)), id);
  }
  assert.ok(!holds(oldKek));
  assertWhole('rotated');
  assert.deepEqual(rotate(), { to: '0003', from: ['0002'], keys: KEYS, resumed: false });
  assertWhole('again');
});

test('cut off at any step: every key opens meanwhile, also new ones, and the next run ends that rotation', () => {
  class Dead extends Error {}
  let kek = 1;
  for (const point of ROTATION_FAULT_POINTS) {
    const what = `cut off at ${point}`;
    let reached = 0;
    const die = (at: string) => {
      if (at === point && ++reached === (point === 'keys-wrapped' ? 2 : 1)) throw new Dead();
    };
    assert.throws(() => rotate({ step: 100, reach: die }), Dead, what);
    assertWhole(what);
    const name = String(++kek).padStart(4, '0');
    if (point !== 'old-destroyed') {
      const ended = rotate();
      assert.deepEqual([ended.to, ended.resumed], [name, true], what);
    }
    assert.deepEqual(keks(), [`kek-${name}.key`], what);
    assertWhole(`ended after ${point}`);
  }
});

test('while another process has the key store open nothing is changed, and while it is changed nobody opens it', () => {
  const vault = openVault(folder);
  assert.throws(() => rotate(), { code: 'writer-held' });
  vault.close();
  assert.deepEqual(keks(), ['kek-0001.key']);
  rotate({
    reach(point) {
      if (point !== 'all-wrapped') return;
      const db = new DatabaseSync(join(folder, 'vault.db'), { timeout: 0 });
      assert.throws(() => db.prepare('select * from wrapped_keys').all(), { errcode: 5 });
      db.close();
    },
  });
});

test('a key that does not open stops the rotation before anything is destroyed', () => {
  const db = new DatabaseSync(join(folder, 'vault.db'));
  db.exec("update wrapped_keys set wrapped = zeroblob(60) || x'01' where case_id = 'case_150'");
  db.close();
  assert.throws(() => rotate(), { code: 'altered-record', message: /case_150/ });
  assert.deepEqual(keks(), ['kek-0001.key', 'kek-0002.key']);
});

test('key files that are missing or belong to another store are refused, never made anew', () => {
  const kek = join(folder, 'keys', 'kek-0001.key');
  const whole = readFileSync(kek);
  const status = () => {
    const db = new DatabaseSync(join(folder, 'vault.db'), { readOnly: true });
    try {
      return kekStatus(folder, db);
    } finally {
      db.close();
    }
  };
  assert.deepEqual(status(), [{ id: '0001', file: 'there', keys: KEYS - 1 }]);
  rmSync(kek);
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /kek-0001\.key is missing/ });
  assert.throws(() => rotate(), { code: 'store-unavailable' });
  assert.ok(!existsSync(kek));
  assert.deepEqual(status(), [{ id: '0001', file: 'missing', keys: KEYS - 1 }]);
  writeFileSync(kek, Buffer.alloc(32, 1).toString('base64'));
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /another key/ });
  assert.deepEqual(status(), [{ id: '0001', file: 'wrong', keys: KEYS - 1 }]);
  writeFileSync(kek, whole);
  const pepper = join(folder, 'keys', 'pepper.key');
  rmSync(pepper);
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /pepper\.key is missing/ });
  writeFileSync(pepper, Buffer.alloc(32, 2).toString('base64'));
  assert.throws(() => openVault(folder), {
    code: 'store-unavailable',
    message: /pepper\.key is another key/,
  });
});

test('a lost key-encryption key is given up on demand alone; then the platform goes on without what was under it', () => {
  const alone = <T>(act: (db: DatabaseSync) => T): T => {
    const db = openKeyStoreAlone(folder);
    try {
      return act(db);
    } finally {
      db.close();
    }
  };
  const abandon = (id: string) => alone((db) => abandonKek(folder, db, id));
  assert.throws(() => abandon('0001'), { code: 'conflict' });
  assert.throws(() => abandon('0007'), { code: 'not-found' });
  rmSync(join(folder, 'keys', 'kek-0001.key'));
  assert.equal(abandon('0001'), KEYS - 1);
  assert.deepEqual(keks(), ['kek-0002.key']);
  known.clear();
  assertWhole('abandoned');
  const vault = openVault(folder);
  assert.throws(() => vault.caseKey('a', 'case_1'), { code: 'erased' });
  vault.close();
});

test('a key store that is missing beside its key files is refused: every case would seem erased', () => {
  rmSync(join(folder, 'vault.db'));
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /vault\.db is missing/ });
  writeFileSync(join(folder, 'vault.db'), '');
  assert.throws(() => openVault(folder), { code: 'store-unavailable', message: /key store is empty/ });
});

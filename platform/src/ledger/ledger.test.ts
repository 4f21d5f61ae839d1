import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { parseCheckpoint, parseNote, verifyProof } from '@taalil/transparency-log';
import { buildEntry, leafHash, nodeRuntime } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import type { Transaction } from '../store/index.ts';
import { recordInJournal } from './journal.ts';

let p: TestPlatform;
beforeEach(async () => {
  p = await makePlatform({ system: false });
});
afterEach(() => p.dispose());

const entryOf = (n: number) =>
  buildEntry({ type: 'authority', period: '2026-03', facts: [{ name: 'n', value: n }] }).entry;
const seal = (n: number, write: () => void = () => {}) =>
  p.ledger.seal(AUTHORITY_A, { entry: entryOf(n), write });
const sizeOf = async () => {
  const note = await p.ledger.checkpoint(AUTHORITY_A);
  return note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
};

async function verifyAll(): Promise<number> {
  const size = await sizeOf();
  const vkey = await p.ledger.vkey(AUTHORITY_A);
  for (let i = 0; i < size; i++) {
    const leaf = leafHash(await p.ledger.entry(AUTHORITY_A, i));
    const proof = await verifyProof(await p.ledger.proof(AUTHORITY_A, i), leaf, { vkey }, nodeRuntime);
    assert.equal(proof.index, i);
  }
  return size;
}

test('every sealed entry has a proof under the checkpoint of its own commit', async () => {
  const sealed = await Promise.all(Array.from({ length: 600 }, (_, i) => seal(i)));
  assert.deepEqual(
    sealed.map((s) => s.index).sort((a, b) => a - b),
    Array.from({ length: 600 }, (_, i) => i),
  );
  assert.ok(new Set(sealed.map((s) => s.size)).size < 50, 'waiting entries share a commit');
  assert.equal(await verifyAll(), 600);
});

test('a restart goes on where the log stood', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, i) => seal(i)));
  p = await p.reopen();
  assert.equal((await seal(300)).index, 300);
  assert.equal(await verifyAll(), 301);
});

test('a unit whose check or write throws is rejected alone; the others of its commit are sealed', async () => {
  const bad = { entry: entryOf(-1), write: () => {} };
  const results = await Promise.allSettled([
    seal(0),
    p.ledger.seal(AUTHORITY_A, { ...bad, check: async () => Promise.reject(new Error('check')) }),
    seal(1),
    p.ledger.seal(AUTHORITY_A, {
      ...bad,
      write() {
        throw new Error('write');
      },
    }),
    seal(2),
  ]);
  assert.deepEqual(
    results.map((r) => (r.status === 'fulfilled' ? r.value.index : r.reason.message)),
    [0, 'check', 1, 'write', 2],
  );
  assert.equal(await verifyAll(), 3);
});

test('a unit whose appended row breaks a key is rejected alone', async () => {
  const row = { name: 'twice', value: 'x' };
  const append = (name: string) => ({
    entry: entryOf(7),
    write: (tx: Transaction) => tx.append('store_facts', { ...row, name }),
  });
  const results = await Promise.allSettled(
    ['twice', 'once', 'twice', 'other'].map((name) => p.ledger.seal(AUTHORITY_A, append(name))),
  );
  assert.deepEqual(
    results.map((r) => r.status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(await verifyAll(), 3);
});

test('a second writer on the same folder is refused and told who holds it', () => {
  const script = `
    import { openPlatform } from ${JSON.stringify(join(import.meta.dirname, '../open.ts'))};
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../clock.ts'))};
    await openPlatform({ folder: ${JSON.stringify(p.folder)}, clock: systemClock, kind: 'demonstration', originPrefix: 'x' })
      .then(() => console.log('opened'), (error) => console.log(error.code + ' ' + error.message));`;
  const out = execFileSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  assert.match(out, /^writer-held .*process \d+ on /);
  assert.match(out, new RegExp(`process ${process.pid} `));
});

test('a log that moved under its writer is fenced: nothing more is signed', async () => {
  await seal(0);
  const db = new DatabaseSync(join(p.folder, 'taalil.db'));
  db.exec('update log_state set size = size + 1');
  db.close();
  await assert.rejects(seal(1), { code: 'fenced' });
  await assert.rejects(seal(2), { code: 'fenced' });
  assert.equal(await sizeOf(), 1);
});

test('a log whose stored tiles were altered does not open', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, i) => seal(i)));
  const db = new DatabaseSync(join(p.folder, 'taalil.db'));
  db.exec('update log_tiles set hashes = zeroblob(length(hashes))');
  db.close();
  p = await p.reopen();
  await assert.rejects(seal(10), { code: 'fenced' });
});

test("one authority's log says nothing of another's", async () => {
  await recordInJournal(p, {
    authorityId: AUTHORITY_A,
    kind: 'authority',
    type: 'test',
    facts: {},
    write: () => {},
  });
  assert.equal(await p.ledger.checkpoint('autre-agence'), undefined);
  assert.notEqual(await p.ledger.vkey('autre-agence'), await p.ledger.vkey(AUTHORITY_A));
});

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  auditLog,
  formatBundle,
  leafHash,
  parseCheckpoint,
  parseNote,
  utf8,
  verifyCheckpoint,
  verifyProof,
} from '../src/index.ts';
import { createSigner, generateKey, nodeSha256, openLog } from '../src/writer.ts';
import { MemoryLogStore } from './memory.ts';

const signer = createSigner(generateKey('log.example').skey);
const trust = { vkey: signer.vkey };
const open = (store: MemoryLogStore) =>
  openLog({ store, origin: 'log.example', signers: [signer], batch: 100 });
const entry = (i: number) => utf8(`entry ${i}`);

async function audit(store: MemoryLogStore): Promise<void> {
  const head = await verifyCheckpoint(store.latest ?? '', trust);
  assert.equal(head.size, store.entries.length);
  await auditLog(head, (level, index) => store.tiles.get(`${level}/${index}`), {
    readBundle: (index, width) => formatBundle(store.entries.slice(index * 256, index * 256 + width)),
    sha256: nodeSha256,
  });
}

test('what waits while a commit runs is sealed by the next one; every proof holds', async () => {
  const store = new MemoryLogStore();
  const log = await open(store);
  const sealed = await Promise.all(Array.from({ length: 750 }, (_, i) => log.append(entry(i))));
  assert.equal(store.commits, 1 + 8, 'the empty log and eight batches of at most 100');
  assert.deepEqual(
    sealed.map(({ index }) => index),
    Array.from({ length: 750 }, (_, i) => i),
  );
  for (const i of [0, 99, 100, 255, 256, 749]) {
    const { checkpoint } = await verifyProof(sealed[i]?.proof ?? '', leafHash(entry(i)), trust);
    assert.equal(checkpoint.size, Math.min(750, 100 * Math.ceil((i + 1) / 100)));
  }
  assert.equal(log.size, 750);
  assert.equal(log.checkpoint, store.latest);
  await audit(store);
});

test('reopened, it goes on where it was', async () => {
  const store = new MemoryLogStore();
  for (let i = 0; i < 600; i += 150) {
    const log = await open(store);
    assert.equal(log.size, i);
    await Promise.all(Array.from({ length: 150 }, (_, j) => log.append(entry(i + j))));
  }
  await audit(store);
});

test('a new log has a signed empty checkpoint', async () => {
  const store = new MemoryLogStore();
  const log = await open(store);
  assert.equal(parseCheckpoint(parseNote(log.checkpoint).text).size, 0);
  await audit(store);
});

test('a second writer is told, nothing is signed twice, and its waiting entries are refused', async () => {
  const store = new MemoryLogStore();
  const first = await open(store);
  const second = await open(store);
  await first.append(entry(0));
  const before = store.latest;
  const refused = await Promise.allSettled([second.append(entry(1)), second.append(entry(2))]);
  for (const result of refused)
    assert.equal(result.status === 'rejected' && result.reason.code, 'log-conflict');
  await assert.rejects(second.append(entry(3)), { code: 'log-conflict', kind: 'refused' });
  assert.equal(store.latest, before);
  await first.append(entry(4));
  await audit(store);
});

for (const fail of ['before', 'after'] as const) {
  test(`a commit that fails ${fail} it happened closes the writer; opened again, the log is whole`, async () => {
    const store = new MemoryLogStore();
    const log = await open(store);
    await log.append(entry(0));
    store.fail = fail;
    const waiting = [log.append(entry(1)), log.append(entry(2))];
    for (const promise of waiting) await assert.rejects(promise, { code: 'log-closed', kind: 'refused' });
    store.fail = undefined;
    await assert.rejects(log.append(entry(3)), { code: 'log-closed' });
    const again = await open(store);
    assert.equal(again.size, fail === 'before' ? 1 : 3);
    await again.append(entry(4));
    await audit(store);
  });
}

test('a store that does not match its checkpoint, or another key’s, is not written', async () => {
  const store = new MemoryLogStore();
  const log = await open(store);
  for (let i = 0; i < 5; i++) await log.append(entry(i));
  const tile = store.tiles.get('0/0') as Uint8Array;
  store.tiles.set(
    '0/0',
    tile.map((byte, i) => (i === 70 ? byte ^ 1 : byte)),
  );
  await assert.rejects(open(store), { code: 'bad-root', kind: 'broken' });
  store.tiles.delete('0/0');
  await assert.rejects(open(store), { code: 'malformed-tile' });
  store.tiles.set('0/0', tile);
  const stranger = createSigner(generateKey('log.example').skey);
  await assert.rejects(openLog({ store, origin: 'log.example', signers: [stranger] }), {
    code: 'no-accepted-signature',
  });
  await assert.rejects(openLog({ store, origin: 'log2.example', signers: [signer] }), {
    code: 'unknown-origin',
  });
  const signed = store.latest ?? '';
  store.latest = signed.replace('\n5\n', '\n4\n');
  await assert.rejects(open(store), { code: 'bad-signature' });
  store.latest = undefined;
  await assert.rejects(open(store), { code: 'log-conflict' });
  store.latest = signed;
  assert.equal((await open(store)).size, 5);
  await assert.rejects(log.append(new Uint8Array(65_536)), { code: 'invalid-argument' });
});

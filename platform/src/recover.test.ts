import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { parseCheckpoint, parseNote, verifyProof } from '@taalil/transparency-log';
import { createSigner, leafHash, nodeRuntime, signCheckpoint } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, TEST_START, type TestPlatform } from '../test/make-platform.ts';
import { storeFile } from '../test/store-file.ts';
import { VirtualClock } from './clock.ts';
import { exportLog } from './ledger/export.ts';
import { recordInJournal } from './ledger/journal.ts';
import { openSource } from './ledger/log-source.ts';
import { monitorLog } from './ledger/monitor.ts';
import { proveComplete } from './prove-complete.ts';
import { type Outcome, type RecoverOptions, recover } from './recover.ts';

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'it is about the files of the embedded store' : false;
let folder: string;
let p: TestPlatform | undefined;
let vkey: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-recover-'));
  p = await makePlatform({ system: false, folder: join(folder, 'data'), publishEveryMs: 0 });
  vkey = await p.ledger.vkey(AUTHORITY_A);
});
afterEach(async () => {
  await p?.close();
  p = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const running = () => p as TestPlatform;
const note = (n: number) =>
  recordInJournal(running(), {
    authorityId: AUTHORITY_A,
    kind: 'authority',
    type: 'test',
    facts: { n },
    write: () => {},
  });
const seal = async (from: number, to: number) => {
  for (let n = from; n < to; n += 100)
    await Promise.all(Array.from({ length: Math.min(100, to - n) }, (_, i) => note(n + i)));
};
const publish = async (name: string) => {
  await running().ledger.published(AUTHORITY_A);
  await exportLog(running().store, AUTHORITY_A, at(name));
};
const stop = async () => {
  await p?.close();
  p = undefined;
};
const start = async () => {
  p = await makePlatform({ system: false, folder: at('data'), authorities: false, publishEveryMs: 0 });
};
const sizeOf = async () =>
  parseCheckpoint(parseNote((await running().ledger.checkpoint(AUTHORITY_A)) as string).text).size;
const attempt = (options: Partial<RecoverOptions> = {}): Promise<Outcome> =>
  recover({
    folder: at('data'),
    fence: at('data/fence'),
    witnesses: at('data/witnesses'),
    authorityId: AUTHORITY_A,
    from: [],
    clock: new VirtualClock(TEST_START),
    ...options,
  });
const backup = async (name: string) => {
  await stop();
  cpSync(at('data'), at(name), { recursive: true });
  await start();
};
/** Puts the store of a backup in the place of the present one; keys and fence stay. */
const restore = (name: string) => {
  for (const file of ['taalil.db', 'taalil.db-wal', 'taalil.db-shm']) {
    rmSync(at(`data/${file}`), { force: true });
    if (existsSync(at(`${name}/${file}`))) cpSync(at(`${name}/${file}`), at(`data/${file}`));
  }
};
const complete = async () => {
  const { store, vault } = running();
  const reader = { ...store, freeze: async () => {} };
  return proveComplete({ store: reader, vault, fenceFolder: at('data/fence') }, AUTHORITY_A);
};
/** The rows of findings that are about anything but the rows of test events, which no room owns. */
const findings = async () => (await complete()).findings.list.map(({ where, what }) => `${where}: ${what}`);

test('damaged hashes are made anew from the entries; the log goes on as the same', { skip }, async () => {
  await seal(0, 300);
  await publish('mirror');
  const before = await running().ledger.checkpoint(AUTHORITY_A);
  await stop();
  storeFile(at('data'), 'update log_tiles set hashes = zeroblob(length(hashes)) where level = 0');
  await start();
  await assert.rejects(note(300), { code: 'fenced' });
  await assert.rejects(attempt(), { code: 'writer-held' });
  await stop();
  const outcome = await attempt();
  assert.ok(outcome.kind === 'rebuilt', outcome.kind);
  assert.deepEqual([outcome.size, outcome.entries, outcome.lost.count], [300, 0, 0]);
  assert.ok(outcome.tiles > 0);
  await start();
  await note(301);
  assert.equal(await sizeOf(), 302);
  assert.deepEqual(await findings(), []);
  await publish('after');
  await monitorLog(openSource(at('after')), { vkey }, { since: before as string });
  await stop();
  assert.equal((await attempt()).kind, 'sound');
});

test('an older backup: a mirror brings the entries back, and the payloads that are lost are listed', {
  skip,
}, async () => {
  await seal(0, 270);
  await backup('backup');
  await seal(270, 300);
  const last = (await running().ledger.checkpoint(AUTHORITY_A)) as string;
  await publish('mirror');
  const proof = await running().ledger.proof(AUTHORITY_A, 290);
  const leaf = leafHash(await running().ledger.entry(AUTHORITY_A, 290));
  await stop();
  restore('backup');
  await start();
  await assert.rejects(note(300), { code: 'fenced' });
  await stop();

  const without = await attempt();
  assert.ok(without.kind === 'impossible');
  assert.match(without.why, /entry 270 is lost/);
  const outcome = await attempt({ from: [at('nowhere'), at('mirror')] });
  assert.ok(outcome.kind === 'rebuilt', outcome.kind);
  assert.deepEqual([outcome.size, outcome.entries], [300, 30]);
  assert.deepEqual(outcome.lost.ranges, [[270, 300]]);
  assert.deepEqual([...outcome.lost.kinds], [['authority, 2026-03', 30]]);
  assert.match(outcome.known.silent.join(), /nowhere/);
  await start();
  assert.equal((await note(301)).index, 301);
  await verifyProof(proof, leaf, { vkey }, nodeRuntime);
  await verifyProof(await running().ledger.proof(AUTHORITY_A, 290), leaf, { vkey }, nodeRuntime);
  assert.deepEqual(await findings(), [], 'what is lost is sealed, and so nothing is missing');
  await publish('after');
  await monitorLog(openSource(at('after')), { vkey }, { since: last });
});

test('where no mirror reaches far enough, the log is closed and its successor names the last checkpoint', {
  skip,
}, async () => {
  await seal(0, 100);
  await backup('backup');
  await seal(100, 140);
  await publish('mirror');
  await seal(140, 150);
  const proof = await running().ledger.proof(AUTHORITY_A, 50);
  const leaf = leafHash(await running().ledger.entry(AUTHORITY_A, 50));
  await stop();
  restore('backup');

  const refused = await attempt({ from: [at('mirror')] });
  assert.ok(refused.kind === 'impossible');
  const outcome = await attempt({ from: [at('mirror')], close: true });
  assert.ok(outcome.kind === 'succeeded', outcome.kind);
  assert.deepEqual([outcome.by.logId, outcome.by.base], [`${AUTHORITY_A}~2`, 150]);
  assert.equal(parseCheckpoint(parseNote(outcome.by.closed.checkpoint).text).size, 150);
  assert.deepEqual(outcome.by.lost.ranges, [[100, 150]]);
  assert.ok(!existsSync(at(`data/keys/log-${AUTHORITY_A}.key`)), 'nobody signs under the old origin again');

  await start();
  const successor = await running().ledger.vkey(AUTHORITY_A);
  assert.notEqual(successor, vkey);
  assert.match(successor, /^test\.example\/log\/specimen~2\+/);
  assert.deepEqual((await running().ledger.vkeys(AUTHORITY_A)).sort(), [successor, vkey].sort());
  const row = await running().store.lookup('journal', { authority_id: AUTHORITY_A, log_index: 150 });
  const facts = Object.fromEntries(
    (JSON.parse(String(row?.openings)) as { name: string; value: unknown }[]).map((o) => [o.name, o.value]),
  );
  assert.equal(facts.type, 'log-succeeded');
  assert.deepEqual(
    [facts.closed_origin, facts.closed_key, facts.closed_size, facts.closed_checkpoint],
    ['test.example/log/specimen', vkey, 150, outcome.by.closed.checkpoint],
  );
  assert.equal((await note(151)).index, 151);
  assert.equal(await sizeOf(), 2);
  await verifyProof(proof, leaf, { vkey }, nodeRuntime);
  await verifyProof(await running().ledger.proof(AUTHORITY_A, 50), leaf, { vkey }, nodeRuntime);
  const later = leafHash(await running().ledger.entry(AUTHORITY_A, 151));
  await verifyProof(await running().ledger.proof(AUTHORITY_A, 151), later, { vkey: successor }, nodeRuntime);
  assert.deepEqual(await findings(), []);
  await stop();
  restore('backup');
  await start();
  await assert.rejects(note(152), { code: 'fenced' }, 'the old store does not come back');
});

test('a sound log whose key may be known is closed on demand, and what it signed stays valid', {
  skip,
}, async () => {
  await seal(0, 20);
  const proof = await running().ledger.proof(AUTHORITY_A, 5);
  const leaf = leafHash(await running().ledger.entry(AUTHORITY_A, 5));
  await stop();
  assert.equal((await attempt({ close: true })).kind, 'sound', 'recovering closes no sound log');
  const outcome = await attempt({ retire: true });
  assert.ok(outcome.kind === 'succeeded', outcome.kind);
  assert.deepEqual([outcome.by.base, outcome.by.lost.count], [20, 0]);
  assert.ok(!existsSync(at(`data/keys/log-${AUTHORITY_A}.key`)));
  await start();
  assert.equal((await note(21)).index, 21);
  await verifyProof(proof, leaf, { vkey }, nodeRuntime);
  assert.deepEqual(await findings(), []);
});

test('a succession that a crash cut off signs nothing until it is ended', { skip }, async () => {
  await seal(0, 20);
  await backup('backup');
  await seal(20, 30);
  await stop();
  restore('backup');
  const outcome = await attempt({ close: true });
  assert.equal(outcome.kind, 'succeeded');
  // As if the crash had come before the first entry.
  storeFile(
    at('data'),
    `delete from log_entries where authority_id = '${AUTHORITY_A}~2';
     delete from log_tiles where authority_id = '${AUTHORITY_A}~2';
     delete from log_checkpoints where authority_id = '${AUTHORITY_A}~2';
     delete from log_state where authority_id = '${AUTHORITY_A}~2';
     delete from journal where log_index >= 30;`,
  );
  rmSync(at(`data/fence/${AUTHORITY_A}~2.fence`));
  rmSync(at(`data/keys/log-${AUTHORITY_A}~2.key`));
  await start();
  await assert.rejects(note(30), { code: 'fenced', message: /closed/ });
  await stop();
  const again = await attempt();
  assert.ok(again.kind === 'succeeded' && again.by.base === 30);
  await start();
  assert.equal((await note(31)).index, 31);
});

test('what was put into the store and never signed is taken out again', { skip }, async () => {
  await seal(0, 257);
  await stop();
  storeFile(
    at('data'),
    `insert into log_entries select authority_id, 257, entry from log_entries where log_index = 3 and authority_id = '${AUTHORITY_A}';
     insert into log_tiles select authority_id, level, 7, width, hashes from log_tiles where level = 0 and tile_index = 0 and authority_id = '${AUTHORITY_A}';
     update log_state set size = 258 where authority_id = '${AUTHORITY_A}'`,
  );
  await start();
  await assert.rejects(note(257), { code: 'fenced' });
  await stop();
  assert.equal((await attempt()).kind, 'rebuilt');
  await start();
  await note(258);
  assert.deepEqual(await findings(), []);
});

test('a lost or damaged fence: only the operator’s word that nothing was restored makes it anew', {
  skip,
}, async () => {
  await seal(0, 20);
  await stop();
  const fence = at(`data/fence/${AUTHORITY_A}.fence`);
  const whole = readFileSync(fence);
  for (const damage of [() => rmSync(fence), () => writeFileSync(fence, Buffer.alloc(whole.length))]) {
    damage();
    await start();
    await assert.rejects(note(20), { code: 'fenced' });
    await stop();
    assert.equal((await attempt()).kind, 'impossible');
    assert.equal((await attempt({ neverRestored: true })).kind, 'sound');
    await start();
    await note(20);
    await stop();
  }
});

test('a log that has forked is never mended, only closed; a lying mirror changes nothing', {
  skip,
}, async () => {
  await seal(0, 300);
  await publish('mirror');
  await stop();
  cpSync(at('mirror'), at('lying'), { recursive: true });
  const tile = readFileSync(at('lying/tile/0/000'));
  tile[40] = (tile[40] as number) ^ 1;
  writeFileSync(at('lying/tile/0/000'), tile);
  const signer = createSigner(readFileSync(at(`data/keys/log-${AUTHORITY_A}.key`), 'utf8').trim());
  storeFile(at('data'), 'delete from log_entries where log_index = 10');
  assert.equal((await attempt({ from: [at('lying')] })).kind, 'impossible');
  const mended = await attempt({ from: [at('lying'), at('mirror')] });
  assert.ok(mended.kind === 'rebuilt' && mended.entries === 1);
  await start();
  assert.deepEqual(await findings(), []);
  await stop();

  const forked = signCheckpoint({ origin: signer.key.name, size: 300, root: new Uint8Array(32) }, [signer]);
  writeFileSync(at('mirror/checkpoint'), forked);
  const outcome = await attempt({ from: [at('mirror')] });
  assert.equal(outcome.kind, 'impossible');
});

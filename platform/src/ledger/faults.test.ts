import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { parseCheckpoint, parseNote, proveConsistency, verifyConsistency } from '@taalil/transparency-log';
import { buildEntry, nodeSha256 } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { FAULT_POINTS, type FaultPoint, FIRST_AFTER_COMMIT, onFaultPoint } from '../fault-points.ts';
import { openLedger } from './ledger.ts';
import { tileReader } from './read-log.ts';
import type { Sealed } from './sequencer.ts';
import { verifyLog } from './verify.ts';

const embedded = process.env.TAALIL_TEST_STORE !== 'postgres';
const skip = embedded ? false : 'it is about the files of the embedded store';
let folder: string;
let p: TestPlatform;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-faults-'));
  p = await makePlatform({ system: false, folder: join(folder, 'data'), publishEveryMs: 0 });
});
afterEach(async () => {
  onFaultPoint(undefined);
  await p.close();
  rmSync(folder, { recursive: true, force: true });
});

const APPEND_PATH: readonly FaultPoint[] = FAULT_POINTS;
let n = 0;
const unit = () => ({
  entry: buildEntry({ type: 'authority', period: '2026-03', facts: [{ name: 'n', value: n++ }] }).entry,
  write: () => {},
});
const seal = (on: Pick<TestPlatform, 'ledger'> = p): Promise<Sealed> => on.ledger.seal(AUTHORITY_A, unit());
const sealSome = (count: number) => Promise.all(Array.from({ length: count }, () => seal()));
const headOf = async (on: TestPlatform) => {
  const note = await on.ledger.checkpoint(AUTHORITY_A);
  return note === undefined ? { size: 0 } : parseCheckpoint(parseNote(note).text);
};
const openCopy = (name: string) =>
  makePlatform({ system: false, folder: join(folder, name), authorities: false });

/** What a reopened store must be: whole, with all that was acknowledged, and no fork of what was signed before. */
async function goesOn(on: TestPlatform, earlier: Awaited<ReturnType<typeof headOf>>): Promise<number> {
  const { index } = await seal(on);
  const now = await headOf(on);
  assert.ok(
    'root' in now && index >= earlier.size,
    `entry ${index} over ${earlier.size} that were acknowledged`,
  );
  assert.equal(await verifyLog(on, AUTHORITY_A), now.size);
  if ('root' in earlier) {
    const proof = await proveConsistency(
      earlier.size,
      now.size,
      tileReader(on.store, AUTHORITY_A),
      nodeSha256,
    );
    verifyConsistency(
      { size1: earlier.size, size2: now.size, root1: earlier.root, root2: now.root, proof },
      nodeSha256,
    );
  }
  return now.size;
}

test('the files as they are at every step of an append: nothing acknowledged is lost, nothing forks', {
  skip,
}, async () => {
  await sealSome(300);
  const images = new Map<FaultPoint, { readonly acknowledged: Awaited<ReturnType<typeof headOf>> }>();
  let acknowledged = await headOf(p);
  for (const point of FAULT_POINTS) {
    onFaultPoint((reached) => {
      if (reached !== point || images.has(point)) return;
      images.set(point, { acknowledged });
      cpSync(join(folder, 'data'), join(folder, point), { recursive: true });
    });
    await sealSome(3);
    onFaultPoint(undefined);
    acknowledged = await headOf(p);
  }
  assert.deepEqual([...images.keys()], [...FAULT_POINTS], 'every step of the list is reached');
  for (const [point, image] of images) {
    const copy = await openCopy(point);
    try {
      const size = await goesOn(copy, image.acknowledged);
      const committed = APPEND_PATH.indexOf(point) >= APPEND_PATH.indexOf(FIRST_AFTER_COMMIT);
      assert.equal(size, image.acknowledged.size + (committed ? 3 : 0) + 1, point);
    } finally {
      await copy.close();
    }
  }
});

test('an error at any step before the commit is told to the caller, and the log goes on', async () => {
  await sealSome(10);
  const before = FAULT_POINTS.slice(0, APPEND_PATH.indexOf(FIRST_AFTER_COMMIT));
  for (const point of before) {
    const earlier = await headOf(p);
    onFaultPoint((reached) => {
      if (reached === point) throw new Error(`the disk failed at ${point}`);
    });
    const results = await Promise.allSettled([seal(), seal(), seal()]);
    onFaultPoint(undefined);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
      point,
    );
    assert.deepEqual(await headOf(p), earlier, `${point}: nothing was recorded`);
    await goesOn(p, earlier);
  }
  const last = await headOf(p);
  p = await p.reopen();
  await goesOn(p, last);
});

test('a torn end: of an unacknowledged commit it is dropped, of an acknowledged one nothing is signed', {
  skip,
}, async () => {
  await sealSome(20);
  const acknowledged = await headOf(p);
  const image = (name: string) => cpSync(join(folder, 'data'), join(folder, name), { recursive: true });
  const tear = (name: string) => {
    const wal = join(folder, name, 'taalil.db-wal');
    truncateSync(wal, statSync(wal).size - 100);
  };
  onFaultPoint((reached) => {
    if (reached === 'committed') image('unacknowledged');
  });
  await seal();
  onFaultPoint(undefined);
  await seal();
  await new Promise((resolve) => setTimeout(resolve, 50));
  image('acknowledged');
  tear('unacknowledged');
  tear('acknowledged');

  const dropped = await openCopy('unacknowledged');
  assert.equal((await headOf(dropped)).size, acknowledged.size);
  await goesOn(dropped, acknowledged);
  await dropped.close();
  const lost = await openCopy('acknowledged');
  await assert.rejects(seal(lost), { code: 'fenced' });
  await lost.close();
});

test('a torn record of the fence leaves the one before it, and the store is believed only if it holds that', {
  skip,
}, async () => {
  await sealSome(5);
  await seal();
  const earlier = await headOf(p);
  await p.close();
  const file = join(folder, 'data', 'fence', `${AUTHORITY_A}.fence`);
  const whole = readFileSync(file);
  for (let slot = 0; slot < 4; slot++) {
    const torn = Buffer.from(whole);
    torn.fill(0, slot * 4_096 + 60, slot * 4_096 + 512);
    writeFileSync(file, torn);
    p = await makePlatform({ system: false, folder: join(folder, 'data'), authorities: false });
    await goesOn(p, earlier);
    await p.close();
    whole.set(readFileSync(file));
  }
  p = await makePlatform({ system: false, folder: join(folder, 'data'), authorities: false });
});

test('two sequencers on one store: one goes on, the other is fenced; no fork', async () => {
  await sealSome(5);
  const config = { originPrefix: 'test.example/log', fenceFolder: join(folder, 'data', 'fence') };
  // As if the lock of the folder did not hold, as on a shared file system that has none.
  const second = openLedger(p.store, p.vault, p.clock, config);
  await second.open(AUTHORITY_A);
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, async (_, i) => seal(i % 2 === 0 ? p : { ledger: second })),
  );
  const sealed = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.index] : []));
  assert.equal(new Set(sealed).size, sealed.length, 'no place was given twice');
  for (const one of results) if (one.status === 'rejected') assert.equal(one.reason.code, 'fenced');
  assert.ok(results.some(({ status }) => status === 'rejected'));
  assert.ok(results.some(({ status }) => status === 'fulfilled'));
  const size = await verifyLog(p, AUTHORITY_A);
  assert.equal(size, 5 + sealed.length);
  await second.close();
});

test('a store set back under its fence signs nothing, whichever backup it is', { skip }, async () => {
  const sizes = [0, 1, 20, 300];
  for (const [i, size] of sizes.entries()) {
    await sealSome(size - (await headOf(p)).size);
    await p.close();
    cpSync(join(folder, 'data'), join(folder, `backup-${i}`), { recursive: true });
    p = await makePlatform({ system: false, folder: join(folder, 'data'), authorities: false });
  }
  await seal();
  await p.close();
  for (const i of sizes.keys()) {
    const copy = join(folder, `backup-${i}`);
    rmSync(join(copy, 'fence'), { recursive: true });
    cpSync(join(folder, 'data', 'fence'), join(copy, 'fence'), { recursive: true });
    const restored = await openCopy(`backup-${i}`);
    await assert.rejects(seal(restored), { code: 'fenced' }, `a backup of ${sizes[i]} entries`);
    await restored.close();
  }
  p = await makePlatform({ system: false, folder: join(folder, 'data'), authorities: false });
  await seal();
});

test('a clock that jumps, forward and back, changes neither the order nor what is published', async () => {
  const hour = 3_600_000;
  let ahead = 0;
  const clock = {
    virtual: true,
    now: () => Temporal.Instant.fromEpochMilliseconds(p.clock.now().epochMilliseconds + ahead),
  };
  const config = {
    originPrefix: 'test.example/log',
    fenceFolder: join(folder, 'data', 'fence'),
    publishEveryMs: 0,
  };
  const ledger = openLedger(p.store, p.vault, clock, config);
  let published = 0;
  let earlier = await headOf(p);
  for (const jump of [0, 5 * hour, -5 * hour, 24 * 365 * hour, -24 * 365 * hour, 1]) {
    ahead += jump;
    for (let i = 0; i < 4; i++) await ledger.seal(AUTHORITY_A, unit());
    const head = (await ledger.published(AUTHORITY_A))?.size ?? 0;
    assert.ok(head >= published, `published ${head} after ${published}`);
    published = head;
  }
  ahead += 25 * hour;
  assert.equal((await ledger.published(AUTHORITY_A))?.size, 24, 'all is shown within a day');
  await ledger.close();
  p = await p.reopen();
  earlier = await headOf(p);
  await goesOn(p, earlier);
});

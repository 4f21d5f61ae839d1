import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { addEvents } from '../../test/register-figures.ts';
import { decide } from '../decisions/decide.ts';
import { typed } from '../store/index.ts';
import { readFigures } from './published-figures.ts';
import { snapshotIfDue, takeSnapshot } from './snapshots.ts';
import type { RegisterTables } from './tables.ts';

let p: TestPlatform;
beforeEach(async () => {
  p = await makePlatform();
});
afterEach(() => p.dispose());

const figures = () => readFigures(p.store.read, AUTHORITY_A, SYSTEM);
const goTo = (instant: string) => p.clock.moveTo(Temporal.Instant.from(instant));

test('a month is counted, published the day after, and never live', async () => {
  await addEvents(p, '2026-03-10', { byRule: 200, confirmed: 80, overridden: 20, waiting: 15 });
  await addEvents(p, '2026-03-12', {
    reviews: [
      { outcome: 'upheld', after: 10, n: 12 },
      { outcome: 'rejected', after: 14, n: 25 },
      { outcome: null, after: 0, n: 4 },
    ],
  });
  goTo('2026-04-01T09:00:00Z');
  assert.equal(await figures(), undefined);
  assert.equal(await takeSnapshot(p, AUTHORITY_A, '2026-03-31'), true);
  await addEvents(p, '2026-04-01', { byRule: 500 });
  const published = await figures();
  assert.equal(published?.day, '2026-03-31');
  assert.equal(published?.from, '2026-03-01');
  assert.deepEqual(published?.totals, {
    volume: 300,
    adverse: { count: 80, of: 300, share: '0.267', interval: ['0.219', '0.320'] },
    overridden: { count: 20, of: 100, share: '0.200', interval: ['0.133', '0.289'] },
    reviews_asked_at_least: 40,
    reviews_upheld: { count: 12, of: 37, share: '0.324', interval: ['0.196', '0.486'] },
    review_days: { median: '14', interval: [14, 14], of: 37 },
  });
  assert.deepEqual(
    published?.periods.map(({ from, to, figures: f }) => [from, to, f]),
    [['2026-03-01', '2026-03-31', published?.totals]],
  );
});

test('a day that is not over is refused, whatever the time zone of the machine', async () => {
  // 23:30 UTC on 31 July is already 1 August in Morocco (UTC+1).
  goTo('2026-07-31T22:59:59Z');
  await assert.rejects(takeSnapshot(p, AUTHORITY_A, '2026-07-31'), { code: 'invalid-request' });
  goTo('2026-07-31T23:00:00Z');
  await takeSnapshot(p, AUTHORITY_A, '2026-07-31');
});

test('a day begins and ends at midnight in Morocco', async () => {
  const at = async (instant: string) => {
    await addEvents(p, '2026-07-20', { byRule: 10 });
    await p.store.transact(async (tx) => {
      await typed<{ decisions: { effective_at: string } }>(tx.db)
        .updateTable('decisions')
        .set({ effective_at: instant })
        .where('effective_at', 'like', '2026-07-20%')
        .execute();
    });
  };
  await at('2026-07-31T22:59:59.999Z');
  await at('2026-07-31T23:00:00.000Z');
  goTo('2026-08-03T09:00:00Z');
  await takeSnapshot(p, AUTHORITY_A, '2026-07-31');
  assert.equal((await figures())?.totals.volume, 10);
});

test('small groups are suppressed: the count, the complement, and a few more of either', async () => {
  await addEvents(p, '2026-03-10', { byRule: 300, confirmed: 9 });
  goTo('2026-05-02T09:00:00Z');
  await takeSnapshot(p, AUTHORITY_A, '2026-03-31');
  assert.deepEqual(await figures().then((f) => [f?.totals.volume, f?.totals.adverse]), [309, null]);
  await addEvents(p, '2026-04-02', { confirmed: 30, byRule: 4 });
  await takeSnapshot(p, AUTHORITY_A, '2026-04-29');
  const [volume, adverse] = await figures().then((f) => [f?.totals.volume, f?.totals.adverse]);
  assert.equal(volume, 309, 'held back: the month would not have enough more');
  assert.equal(adverse, null);
  await takeSnapshot(p, AUTHORITY_A, '2026-04-30');
  const april = await figures();
  assert.equal(april?.totals.volume, 343);
  assert.equal(april?.totals.adverse?.count, 39);
  assert.equal(april?.periods[0]?.figures.volume, 34);
  assert.equal(april?.periods[0]?.figures.adverse, null, '4 of the 34 were not refused');
});

test('a second taking, an earlier day and two at once change nothing', async () => {
  await addEvents(p, '2026-03-10', { byRule: 40 });
  goTo('2026-05-02T09:00:00Z');
  const both = await Promise.all([
    takeSnapshot(p, AUTHORITY_A, '2026-03-31'),
    takeSnapshot(p, AUTHORITY_A, '2026-03-31'),
  ]);
  assert.deepEqual(both.sort(), [false, true]);
  const first = await figures();
  await addEvents(p, '2026-03-11', { byRule: 40 });
  assert.equal(await takeSnapshot(p, AUTHORITY_A, '2026-03-31'), false);
  assert.equal(await takeSnapshot(p, AUTHORITY_A, '2026-03-15'), false);
  assert.deepEqual(await figures(), first);
});

test('what is due is taken: yesterday, and the months that were missed, each on its own', async () => {
  for (const month of ['03', '04', '05'])
    await addEvents(p, `2026-${month}-10`, { byRule: 30, confirmed: 15 });
  goTo('2026-06-20T08:00:00Z');
  assert.equal(await snapshotIfDue(p), 1);
  assert.equal(await snapshotIfDue(p), 0);
  const published = await figures();
  assert.equal(published?.day, '2026-06-19');
  assert.deepEqual(
    published?.periods.map(({ from, to, figures: f }) => [from, to, f.volume, f.adverse?.count]),
    [
      ['2026-05-01', '2026-05-31', 45, 15],
      ['2026-04-01', '2026-04-30', 45, 15],
      ['2026-03-01', '2026-03-31', 45, 15],
    ],
  );
  goTo('2026-06-21T08:00:00Z');
  assert.equal(await snapshotIfDue(p), 1);
  assert.equal((await figures())?.day, '2026-06-20');
});

test('missed months give what they would have given in time', async () => {
  const other = await makePlatform();
  try {
    for (const at of [p, other]) {
      for (const month of ['03', '04'])
        await addEvents(at, `2026-${month}-10`, { byRule: 30, confirmed: 15 });
    }
    goTo('2026-05-02T08:00:00Z');
    other.clock.moveTo(Temporal.Instant.from('2026-05-02T08:00:00Z'));
    for (const day of ['2026-03-31', '2026-04-30', '2026-05-01']) await takeSnapshot(p, AUTHORITY_A, day);
    await takeSnapshot(other, AUTHORITY_A, '2026-05-01');
    assert.deepEqual(await readFigures(other.store.read, AUTHORITY_A, SYSTEM), await figures());
  } finally {
    await other.dispose();
  }
});

test("an authority's figures hold nothing of another's", async () => {
  await addEvents(p, '2026-03-10', { byRule: 40 });
  await addEvents(p, '2026-03-10', { byRule: 700 }, AUTHORITY_B);
  goTo('2026-04-02T09:00:00Z');
  await snapshotIfDue(p);
  assert.equal((await figures())?.totals.volume, 40);
  assert.equal(await readFigures(p.store.read, AUTHORITY_B, SYSTEM), undefined);
});

test('decisions made on the main path are counted; proposals that wait are not', async () => {
  for (let n = 0; n < 14; n++) {
    const person = clearCase(n < 11 ? 'favourable' : 'adverse');
    await decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: `figures-${n}`,
      body: { subject: `person-${n}`, input: inputOf(person.household) },
    });
  }
  goTo('2026-04-01T09:00:00Z');
  await snapshotIfDue(p);
  assert.equal((await figures())?.totals.volume, 11);
});

test('what is kept holds only what is published', async () => {
  await addEvents(p, '2026-03-10', { byRule: 300, confirmed: 7, overridden: 3 });
  goTo('2026-04-01T09:00:00Z');
  await snapshotIfDue(p);
  const rows = await typed<RegisterTables>(p.store.read)
    .selectFrom('register_snapshots')
    .select('figures')
    .execute();
  assert.doesNotMatch(rows.map((row) => row.figures).join(), /"(adverse|overridden|byPerson)":[1-9]/);
});

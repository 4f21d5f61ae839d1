import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { reasonsText, reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { AT_A, decideMany, declared, watch } from '../../test/watching.ts';
import { listAccess } from '../access/index.ts';
import { establishOutcome } from '../decisions/established-outcome.ts';
import { decideReview } from '../reviews/index.ts';
import { catchUp, followFeed } from './aggregate.ts';
import { readCube, type StoredCell } from './cell-store.ts';
import { watched as readWatched, type Watched } from './plan.ts';
import { countState, lagOf } from './state.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const cube = (name: 'groups' | 'officers' | 'reviews' = 'groups') =>
  readCube(p.store.read, AUTHORITY_A, SYSTEM, name);
const total = (cells: readonly StoredCell[]) => cells.reduce((sum, { n }) => sum + n, 0);
/** Cases by what one column of the groups' cells says; columns after the five dimensions. */
const COLUMNS = [
  'opened',
  'settled',
  'version',
  'adverse',
  'changed',
  'person',
  'objected',
  'upheld',
  'truth',
  'random',
];
const by = async (name: string) => {
  const at = 5 + COLUMNS.indexOf(name);
  const counts: Record<string, number> = {};
  for (const { values, n } of await cube())
    counts[String(values[at])] = (counts[String(values[at])] ?? 0) + n;
  return counts;
};

test('the count follows the feed: through decision, person, review and truth, once whatever happens', async () => {
  const many = await decideMany(p, 40);
  const adverse = many.filter(({ answer }) => answer.status === 'awaiting-person').length;
  const waiting = await declared(p);
  assert.equal(await catchUp(p, waiting), 'no-basis');
  assert.equal((await lagOf(p.store.read, waiting)).events, 40);
  assert.equal((await listAccess(p, AUTHORITY_A)).entries.length, 0);

  const w = await watch(p);
  assert.equal(await catchUp(p, w), 'current');
  assert.equal(total(await cube()), 40);
  assert.deepEqual(await by('adverse'), { 0: 40 - adverse, 1: adverse });
  assert.deepEqual(await by('settled'), { '2026-03': 40 - adverse, null: adverse });
  assert.equal((await lagOf(p.store.read, w)).events, 0);
  const women = many.filter(({ person }) => person.audit.applicant_sex === 'female').length;
  const counted = (await cube()).filter(({ values }) => values[0] === 'female');
  assert.equal(total(counted), women);

  // Every case's attributes were read once, by the monitor, and the log says so.
  const log = await listAccess(p, AUTHORITY_A, { most: 200 });
  assert.equal(log.entries.filter(({ actor }) => actor === 'monitor').length, 40);
  assert.ok(
    log.entries.every(({ action, purpose }) => action === 'attributes.read' && purpose === 'bias-audit'),
  );

  // A confirmation, a request and its answer with corrected facts.
  const first = await staffMember(p, 'first', ['reviewer'], { password: null });
  const second = await staffMember(p, 'second', ['reviewer'], { password: null });
  const supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  const corrections = { rooms: 2, earnings: 4_000, vehicle: false };
  const review = await reviewOfRefusal(p, { by: first, to: second, supervisor, corrections });
  await catchUp(p, w);
  assert.deepEqual(await by('person'), { 1: 1, null: 40 });
  assert.deepEqual(await by('objected'), { 0: 40, 1: 1 });
  assert.deepEqual(
    (await cube('officers')).map(({ values, n }) => [values, n]),
    [[[first.staffId, '2026-03', 1, 1, (await cube('officers'))[0]?.values[4]], 1]],
  );
  await decideReview(p, {
    authorityId: AUTHORITY_A,
    reviewId: review.reviewId,
    staffId: second.staffId,
    outcome: 'upheld',
    corrections,
    effect: 'favourable',
    reasons: { lang: 'fr', text: reasonsText('corrigé') },
  });
  await establishOutcome(p, {
    ...AT_A,
    decisionId: many[0]?.answer.decision ?? '',
    outcome: 'adverse',
    sought: 'random',
  });
  await catchUp(p, w);
  assert.deepEqual(await by('upheld'), { 1: 1, null: 40 });
  assert.deepEqual(await by('truth'), { 1: 1, null: 40 });
  assert.deepEqual(
    (await cube('reviews')).map(({ values, n }) => [values, n]),
    [[['2026-03', 1, ['earnings', 'rooms', 'vehicle']], 1]],
  );

  // Told another truth, the case moves; nothing is counted twice by a second run, a restart or two at once.
  await establishOutcome(p, {
    ...AT_A,
    decisionId: many[0]?.answer.decision ?? '',
    outcome: 'favourable',
    sought: 'random',
  });
  p = await p.reopen();
  const again = (await readWatched(p, AUTHORITY_A, SYSTEM)) as Watched;
  await Promise.all([followFeed(p, again), followFeed(p, again)]);
  await catchUp(p, again);
  assert.deepEqual(await by('truth'), { 0: 1, null: 40 });
  assert.equal(total(await cube()), 41);
});

test('an erased case stays counted as it was; one erased before it was counted is not counted', async () => {
  const w = (await readWatched(p, AUTHORITY_A, SYSTEM)) as Watched;
  const [counted, never] = await decideMany(p, 2, 'erased');
  p.vault.destroy(AUTHORITY_A, never?.answer.case ?? '');
  await catchUp(p, w);
  const before = await cube();
  await establishOutcome(p, {
    ...AT_A,
    decisionId: counted?.answer.decision ?? '',
    outcome: 'adverse',
    sought: 'other',
  });
  p.vault.destroy(AUTHORITY_A, counted?.answer.case ?? '');
  await catchUp(p, w);
  assert.deepEqual(await cube(), before);
  const state = await countState(p.store.read, w);
  assert.deepEqual([state?.cases, state?.erased, state?.late], [42, 1, 1]);
});

test('what is declared otherwise is counted anew; what is not valid changes nothing', async () => {
  const w = await declared(p, { facts: [{ name: 'rooms', bands: [2, 4] }] });
  await catchUp(p, w);
  const rooms = new Set((await cube()).map(({ values }) => values[5]));
  assert.deepEqual([...rooms].sort(), ['-2', '2-4', '4-']);
  // The two erased cases can be counted no more.
  assert.equal(total(await cube()), 41);
  for (const wrong of [
    { facts: [{ name: 'nothing' }] },
    { facts: [{ name: 'rooms' }] },
    { within: ['religion'] },
    { tolerance: '5' },
    { attributes: [{ name: 'origin', concept: 'ethnicity' as 'sex' }] },
    { attributes: [{ name: 'region', concept: 'region' as const }] },
  ]) {
    await assert.rejects(declared(p, wrong), { code: 'invalid-request' }, JSON.stringify(wrong));
  }
});

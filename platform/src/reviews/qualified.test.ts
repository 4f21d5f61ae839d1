import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bundledPack, loadPack } from '@taalil/norms';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import {
  qualified,
  reasonsText,
  reviewOfRefusal,
  staffMember,
  type TestStaff,
} from '../../test/reviewing.ts';
import { readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { answerDeadlines, reviewClock } from './clock.ts';
import {
  askForDocuments,
  assignReview,
  bringDocuments,
  type Corrections,
  contestQualification,
  decideReview,
  extendReview,
  KINDS,
  type Kind,
  prepareReview,
  qualifyRequest,
  type ReviewDecision,
  reviewsOfCase,
} from './index.ts';

let p: TestPlatform;
let first: TestStaff;
let second: TestStaff;
let third: TestStaff;
let supervisor: TestStaff;
let superior: TestStaff;
before(async () => {
  p = await makePlatform();
  first = await staffMember(p, 'first', ['reviewer'], { password: null });
  second = await staffMember(p, 'second', ['reviewer'], { password: null });
  third = await staffMember(p, 'third', ['reviewer'], { password: null });
  supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  // In the test platform supervisors hold no delegation unless they review too.
  superior = await staffMember(p, 'superior', ['supervisor', 'reviewer'], { password: null });
});
after(() => p.dispose());

const authorityId = AUTHORITY_A;
const refusal = (code: string, where: string) => (error: unknown) => {
  assert.ok(error instanceof PlatformError, String(error));
  assert.deepEqual([error.code, error.details.where], [code, where]);
  return true;
};
const asked = (more = {}) => reviewOfRefusal(p, { by: first, kind: null, ...more });
const give = (reviewId: string, to: TestStaff) =>
  assignReview(p, { authorityId, reviewId, to: to.staffId, by: supervisor.staffId });
const answer = (reviewId: string, by: TestStaff, more: Partial<ReviewDecision> = {}): ReviewDecision => ({
  authorityId,
  reviewId,
  staffId: by.staffId,
  outcome: 'rejected',
  reasons: { lang: 'fr', text: reasonsText() },
  ...more,
});
const qualify = (reviewId: string, kind: Kind, by = supervisor, because = 'La personne le dit ainsi.') =>
  qualifyRequest(p, { authorityId, reviewId, kind, because, lang: 'fr', by: by.staffId });
const only = async (caseId: string) => {
  const [review] = await reviewsOfCase(p, authorityId, caseId);
  assert.ok(review);
  return review;
};

/** Asked on Monday 2 March 2026; the sixty days of a complaint end on 1 May. */
const DUE: Readonly<Record<Kind, readonly [due: string, rule: string, unverified: boolean]>> = {
  revision: ['2026-04-02', 'ma.policy.revision', true],
  complaint: ['2026-05-01', 'ma.2-17-265.8', false],
  rectification: ['2026-03-13', 'ma.09-08.8', false],
  opposition: ['2026-04-02', 'ma.policy.opposition', true],
  'appeal-to-author': ['2026-05-01', 'ma.41-90.23.appeal', false],
  'appeal-to-superior': ['2026-05-01', 'ma.41-90.23.appeal', false],
};

for (const kind of KINDS) {
  test(`${kind}: its own clock from the day it came in, with its rule and how sure it is`, async () => {
    const { reviewId, caseId } = await asked();
    const before = await only(caseId);
    assert.deepEqual([before.clock.kind, before.clock.due.toString()], [null, '2026-05-01']);
    await qualify(reviewId, kind);
    const review = await only(caseId);
    const { clock } = review;
    assert.deepEqual([clock.due.toString(), clock.treat.rule.id, clock.unverified], DUE[kind]);
    assert.equal(review.qualifications.at(-1)?.because, 'La personne le dit ainsi.');
    assert.match(JSON.stringify(clock.court.standing), /may already be running/);
  });
}

test('nothing is given or decided before the desk has said what it is', async () => {
  const { reviewId } = await asked();
  await assert.rejects(give(reviewId, second), refusal('conflict', 'unqualified'));
  await assert.rejects(decideReview(p, answer(reviewId, second)), { code: 'conflict' });
  await qualify(reviewId, 'revision');
  await assert.rejects(qualify(reviewId, 'revision'), { code: 'conflict' });
  await assert.rejects(qualify(reviewId, 'complaint', supervisor, '  '), { code: 'invalid-request' });
  await give(reviewId, second);
});

test('a contested qualification is looked at by somebody else, and never gives more time', async () => {
  const { reviewId, caseId } = await asked();
  await qualify(reviewId, 'rectification');
  await give(reviewId, second);
  await contestQualification(p, {
    authorityId,
    caseId,
    reviewId,
    kind: 'revision',
    text: 'Je veux autre chose.',
  });
  assert.equal((await only(caseId)).contested, true);
  await assert.rejects(contestQualification(p, { authorityId, caseId, reviewId, text: 'Encore.' }), {
    code: 'conflict',
  });
  await assert.rejects(decideReview(p, answer(reviewId, second)), refusal('conflict', 'contested'));
  await assert.rejects(qualify(reviewId, 'revision'), { code: 'not-independent' });
  await qualify(reviewId, 'revision', third);
  const review = await only(caseId);
  assert.equal(review.contested, false);
  assert.deepEqual(
    review.qualifications.map(({ kind }) => kind),
    ['rectification', 'revision'],
  );
  // A revision alone would be due on 2 April; what was told stays told.
  assert.equal(review.clock.due.toString(), '2026-03-13');
  // The same kind of person decides: the reviewer keeps it.
  assert.equal(review.assigned?.to, second.staffId);
  await decideReview(p, answer(reviewId, second));
});

test('an appeal to the author: who decided may give way, and never confirms themselves', async () => {
  const { reviewId, caseId } = await asked();
  await qualify(reviewId, 'appeal-to-author');
  await give(reviewId, first);
  await assert.rejects(decideReview(p, answer(reviewId, first)), refusal('not-independent', 'author'));
  await assert.rejects(
    prepareReview(p, answer(reviewId, first, { outcome: 'upheld', corrections: { rooms: 7 } })),
    { code: 'not-independent' },
  );
  await decideReview(p, answer(reviewId, first, { outcome: 'upheld' }));
  assert.equal((await only(caseId)).answered?.outcome, 'upheld');

  const other = await asked();
  await qualify(other.reviewId, 'appeal-to-author');
  await give(other.reviewId, second);
  await decideReview(p, answer(other.reviewId, second));
});

test('the author is kept from every other kind', async () => {
  for (const kind of KINDS.filter((one) => !one.startsWith('appeal'))) {
    const { reviewId } = await asked();
    await qualify(reviewId, kind);
    await assert.rejects(give(reviewId, first), { code: 'not-independent' }, kind);
  }
});

test('an appeal to the superior: a supervisor with the delegation for it, who did not give it to themselves', async () => {
  const { reviewId, caseId } = await asked();
  await qualify(reviewId, 'revision');
  await give(reviewId, second);
  await contestQualification(p, { authorityId, caseId, reviewId, text: 'Je saisis le supérieur.' });
  await qualify(reviewId, 'appeal-to-superior', third);
  // Somebody else than a reviewer decides now: it waits to be given again.
  const again = await only(caseId);
  assert.deepEqual([again.status, again.assigned], ['open', undefined]);
  await assert.rejects(give(reviewId, second), { code: 'forbidden' });
  await assert.rejects(
    assignReview(p, { authorityId, reviewId, to: supervisor.staffId, by: superior.staffId }),
    { code: 'not-certified' },
  );
  await assert.rejects(
    assignReview(p, { authorityId, reviewId, to: superior.staffId, by: superior.staffId }),
    { code: 'forbidden' },
  );
  await give(reviewId, superior);
  await decideReview(p, answer(reviewId, superior));
});

test('missing documents are asked for once, whoever has the request', async () => {
  const { reviewId, caseId } = await asked();
  await qualify(reviewId, 'revision');
  const ask = (by: TestStaff) =>
    askForDocuments(p, {
      authorityId,
      reviewId,
      documents: ['income', 'civil-status'],
      text: 'Le bulletin de paie de mars.',
      lang: 'fr',
      staffId: by.staffId,
    });
  const bring = () => bringDocuments(p, { authorityId, caseId, reviewId, text: 'Je n’en ai pas.' });
  await assert.rejects(ask(second), { code: 'forbidden' });
  await give(reviewId, second);
  await assert.rejects(bring(), { code: 'conflict' });
  await ask(second);
  await assert.rejects(ask(second), refusal('conflict', 'documents'));
  await give(reviewId, third);
  await assert.rejects(ask(third), refusal('conflict', 'documents'));
  const { documents, clock } = await only(caseId);
  assert.deepEqual(documents?.documents, ['civil-status', 'income']);
  // No Moroccan rule for a request for review stops the clock: it runs on.
  assert.equal(clock.state, 'running');
  await bring();
  await assert.rejects(bring(), { code: 'conflict' });
  assert.equal((await only(caseId)).documents?.brought?.text, 'Je n’en ai pas.');
  await assert.rejects(ask(third), { code: 'conflict' });
});

test('one extension, for a ground of the norm pack, before the date', async () => {
  const { reviewId, caseId } = await asked();
  const extend = (ground: string, id = reviewId) =>
    extendReview(p, {
      authorityId,
      reviewId: id,
      ground,
      because: 'Une expertise est en cours.',
      lang: 'fr',
      by: supervisor.staffId,
    });
  await assert.rejects(extend('technical-expertise'), refusal('conflict', 'unqualified'));
  await qualify(reviewId, 'revision');
  await assert.rejects(extend('busy'), { code: 'invalid-request' });
  // A month more would end on 2 May: the complaint that every request is ends on 1 May and holds.
  assert.equal((await extend('technical-expertise')).due, '2026-05-01');
  await assert.rejects(extend('public-inquiry'), refusal('conflict', 'extended'));
  const { clock, extension } = await only(caseId);
  assert.deepEqual([extension?.before, extension?.due], ['2026-04-02', '2026-05-01']);
  assert.equal(clock.due.toString(), '2026-05-01');
  assert.match(JSON.stringify(clock.extended?.ground), /expertise technique/);

  for (const kind of ['rectification', 'complaint', 'appeal-to-author'] as const) {
    const other = await asked();
    await qualify(other.reviewId, kind);
    await assert.rejects(extend('technical-expertise', other.reviewId), { code: 'invalid-request' }, kind);
  }
  const late = await asked();
  await qualify(late.reviewId, 'opposition');
  const then = p.clock.now().add({ hours: 24 * 40 });
  const later = { ...p, clock: { now: () => then, virtual: true } };
  await assert.rejects(
    extendReview(later, {
      authorityId,
      reviewId: late.reviewId,
      ground: 'public-inquiry',
      because: 'Trop tard.',
      lang: 'fr',
      by: supervisor.staffId,
    }),
    refusal('conflict', 'due'),
  );
});

test('where the law stops the clock for documents, it stands still until they come', () => {
  const rule = (requests: string) => `
rules:
  - id: ma.test.stops
    kind: deadline
    source: An invented rule
    article: unknown
    effective: { from: unknown }
    certainty: unsure
    texts: { ar: مثال, zgh: to be commissioned, fr: exemple, en: example }
    deadline:
      kind: duty
      starts: request-received
      requests: [${requests}]
      length: { n: 5, unit: calendar-day }
      roll: none
      calendar: ma
      near: 1
      assumed: []
      pauses:
        - id: further-information
          texts: { ar: مثال, zgh: to be commissioned, fr: pièces demandées, en: documents asked for }
`;
  const pack = loadPack(bundledPack('ma'), [{ name: 'rules/test.yaml', text: rule('revision') }]);
  const row = {
    requested_at: '2026-03-02T09:00:00.000Z',
    treat_due: '2026-03-07',
    decided_at: null,
    decision_id: 'dec_x',
    kind: 'revision' as const,
    asked_at: '2026-03-04T09:00:00.000Z',
    brought_at: null,
    extension: null,
    extended_at: null,
  };
  const at = (day: string) => Temporal.Instant.from(`${day}T10:00:00Z`);
  const stopped = reviewClock(row, at('2026-03-20'), [], pack);
  assert.deepEqual([stopped.state, stopped.daysLeft], ['paused', 3]);
  const brought = { ...row, brought_at: '2026-03-20T09:00:00.000Z' };
  assert.equal(answerDeadlines(brought, { pack })[0]?.due.toString(), '2026-03-23');
  assert.equal(reviewClock(brought, at('2026-03-22'), [], pack).state, 'near');
});

test('a rectification previews what it then leads to', async () => {
  const tried: Corrections[] = [{ rooms: 7 }, { earners: 1, earnings: 900, vehicle: false, rooms: 1 }];
  for (const corrections of tried) {
    const { reviewId, caseId } = await asked({ corrections });
    await qualified(p, reviewId, 'rectification');
    await give(reviewId, second);
    const decision = answer(reviewId, second, { outcome: 'upheld', corrections });
    const prepared = await prepareReview(p, decision);
    await decideReview(p, decision);
    const review = await only(caseId);
    assert.ok(review.answered?.newDecisionId);
    const made = await readDecision(p, authorityId, review.answered.newDecisionId);
    assert.equal(made.effect, prepared.effect);
    assert.equal(made.explanation.score, prepared.corrected.assessed.explanation.score);
    for (const [name, value] of Object.entries(corrections)) assert.equal(made.facts[name], value);
  }
});

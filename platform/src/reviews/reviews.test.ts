import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import {
  proposalFor,
  qualified,
  reasonsText,
  refusalBy,
  reviewOfRefusal,
  staffMember,
  type TestStaff,
  viewOf,
} from '../../test/reviewing.ts';
import { readAnswer } from '../decisions/answer.ts';
import { recordNotification } from '../notices/index.ts';
import { changeStatus } from '../register/status.ts';
import { typed } from '../store/index.ts';
import {
  assignReview,
  candidatesFor,
  decideReview,
  openReview,
  prepareReview,
  type ReviewDecision,
  requestReview,
  reviewsOfCase,
} from './index.ts';
import type { ReviewTables } from './tables.ts';

let p: TestPlatform;
let first: TestStaff;
let second: TestStaff;
let third: TestStaff;
let supervisor: TestStaff;
let agent: TestStaff;
before(async () => {
  p = await makePlatform();
  first = await staffMember(p, 'first', ['reviewer']);
  second = await staffMember(p, 'second', ['reviewer']);
  third = await staffMember(p, 'third', ['reviewer', 'counter']);
  supervisor = await staffMember(p, 'supervisor', ['supervisor']);
  agent = await staffMember(p, 'agent', ['counter']);
});
after(() => p.dispose());

const answer = (reviewId: string, by: TestStaff, more: Partial<ReviewDecision> = {}): ReviewDecision => ({
  authorityId: AUTHORITY_A,
  reviewId,
  staffId: by.staffId,
  outcome: 'rejected',
  reasons: { lang: 'fr', text: reasonsText() },
  ...more,
});
const waiting = (more = {}) => reviewOfRefusal(p, { by: first, to: second, supervisor, ...more });
const onlyReview = async (caseId: string) => {
  const [review] = await reviewsOfCase(p, AUTHORITY_A, caseId);
  assert.ok(review);
  return review;
};
/** Facts under which the model grants. */
const POOR = inputOf(clearCase('favourable').household);

test('a request is acknowledged at once, with its dates, their source and the sentence on the court', async () => {
  const refused = await refusalBy(p, first);
  const asked = await requestReview(p, {
    authorityId: AUTHORITY_A,
    ...refused,
    ground: 'reasons-wrong',
    text: ' Les motifs ne parlent pas de nous. ',
    contact: '06 00 00 00 00',
    filedBy: { kind: 'person' },
  });
  assert.equal(asked.clock.acknowledgedAt, asked.at);
  assert.equal(asked.clock.acknowledge.due.toString(), '2026-03-17');
  // Two months would be 4 May; the sixty days of article 8, as read, come first (2 March + 60 days).
  assert.equal(asked.clock.due.toString(), '2026-05-01');
  assert.equal(asked.clock.treat.rule.certainty, 'secondary source');
  assert.equal(asked.clock.state, 'running');
  assert.match(JSON.stringify(asked.clock.court.standing), /may already be running/);
  assert.equal(asked.clock.court.deadline, undefined);
  const review = await onlyReview(refused.caseId);
  assert.equal(review.reviewId, asked.reviewId);
  assert.equal(review.status, 'open');
  assert.deepEqual(
    [review.asked.ground, review.asked.text, review.asked.contact],
    ['reasons-wrong', 'Les motifs ne parlent pas de nous.', '06 00 00 00 00'],
  );
});

test('a proven notification gives the careful court date; nobody is ever told "too late"', async () => {
  const refused = await refusalBy(p, first);
  await recordNotification(p, {
    authorityId: AUTHORITY_A,
    ...refused,
    mode: 'hand',
    date: '2026-03-02',
    proof: { document: 'slip 1', on: '2026-03-02' },
    to: 'person',
    by: { kind: 'staff', staffId: agent.staffId },
  });
  const before = p.clock.now();
  const year = new Proxy(p, {
    get: (o, k) =>
      k === 'clock' ? { now: () => before.add({ hours: 24 * 300 }), virtual: true } : Reflect.get(o, k),
  });
  const asked = await requestReview(year, {
    authorityId: AUTHORITY_A,
    ...refused,
    ground: 'want-person',
    text: '',
    filedBy: { kind: 'person' },
  });
  assert.equal(asked.clock.court.deadline?.due.toString(), '2026-05-01');
  assert.equal(asked.clock.state, 'running');
});

test('what cannot be asked is refused and changes nothing', async () => {
  const proposal = await proposalFor(p);
  const refused = await refusalBy(p, first);
  const ask = (more: object) =>
    requestReview(p, {
      authorityId: AUTHORITY_A,
      ...refused,
      ground: 'want-person',
      text: '',
      filedBy: { kind: 'person' },
      ...more,
    });
  await assert.rejects(ask(proposal), { code: 'person-required' });
  await assert.rejects(ask({ authorityId: AUTHORITY_B }), { code: 'not-found' });
  await assert.rejects(ask({ caseId: proposal.caseId }), { code: 'not-found' });
  await assert.rejects(ask({ ground: 'other' }), { code: 'invalid-request' });
  await assert.rejects(ask({ ground: 'nonsense' }), { code: 'invalid-request' });
  await assert.rejects(ask({ text: 'x'.repeat(10_001) }), { code: 'invalid-request' });
  await assert.rejects(ask({ corrections: { wealth: 3 } }), { code: 'invalid-input' });
  await assert.rejects(ask({ corrections: { rooms: 99 } }), { code: 'invalid-input' });
  await assert.rejects(ask({ filedBy: { kind: 'counter', staffId: first.staffId } }), { code: 'forbidden' });
  assert.deepEqual(await reviewsOfCase(p, AUTHORITY_A, refused.caseId), []);
  const both = await Promise.allSettled([ask({}), ask({})]);
  assert.deepEqual(both.map((r) => r.status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(ask({}), { code: 'conflict' });
});

test('corrections are kept as the system validates them, without those that equal the record', async () => {
  const refused = await refusalBy(p, first, { land: 4.5 });
  await requestReview(p, {
    authorityId: AUTHORITY_A,
    ...refused,
    ground: 'data-wrong',
    text: '',
    corrections: { land: '2.0', rooms: 8, vehicle: false },
    filedBy: { kind: 'person' },
  });
  const { asked } = await onlyReview(refused.caseId);
  assert.deepEqual(asked.corrections, { land: '2.0', vehicle: false });
});

test('whoever signed, or filed the request, cannot be given the review; somebody else can', async () => {
  const { reviewId, caseId, decisionId } = await reviewOfRefusal(p, { by: first });
  const give = (to: TestStaff, by = supervisor) =>
    assignReview(p, { authorityId: AUTHORITY_A, reviewId, to: to.staffId, by: by.staffId });
  await assert.rejects(give(first), { code: 'not-independent' });
  await assert.rejects(give(agent), { code: 'forbidden' });
  await assert.rejects(give(second, second), { code: 'forbidden' });
  await assert.rejects(give(supervisor), { code: 'forbidden' });
  await give(second);
  await assert.rejects(give(second), { code: 'conflict' });
  await give(third);
  assert.equal((await onlyReview(caseId)).assigned?.to, third.staffId);
  await decideReview(p, answer(reviewId, third));
  await assert.rejects(give(second), { code: 'conflict' });

  const again = await requestReview(p, {
    authorityId: AUTHORITY_A,
    caseId,
    decisionId,
    ground: 'other',
    text: 'Encore une fois.',
    filedBy: { kind: 'counter', staffId: agent.staffId },
  });
  await qualified(p, again.reviewId);
  await assert.rejects(
    assignReview(p, {
      authorityId: AUTHORITY_A,
      reviewId: again.reviewId,
      to: third.staffId,
      by: supervisor.staffId,
    }),
    { code: 'not-independent' },
  );
});

test('an agent who filed at the counter does not review, even as a reviewer', async () => {
  const refused = await refusalBy(p, first);
  const { reviewId } = await requestReview(p, {
    authorityId: AUTHORITY_A,
    ...refused,
    ground: 'want-person',
    text: '',
    filedBy: { kind: 'counter', staffId: third.staffId },
  });
  await qualified(p, reviewId);
  await assert.rejects(
    assignReview(p, { authorityId: AUTHORITY_A, reviewId, to: third.staffId, by: supervisor.staffId }),
    { code: 'not-independent' },
  );
  // Automatic: the only one left who can.
  const { to } = await assignReview(p, { authorityId: AUTHORITY_A, reviewId });
  assert.equal(to, second.staffId);
});

test('candidates are told apart with what keeps each of them', async () => {
  const lapsed = await staffMember(p, 'lapsed', ['reviewer'], { certifiedTo: null });
  const undelegated = await staffMember(p, 'undelegated', ['reviewer'], { acts: ['confirm-adverse'] });
  const { caseId, reviewId } = await reviewOfRefusal(p, { by: first });
  const { life } = await viewOf(p, (await onlyReview(caseId)).decisionId);
  const asked = { authority_id: AUTHORITY_A, system_id: SYSTEM, decision_id: life[0]?.decisionId ?? '' };
  const found = await candidatesFor(p, { ...asked, kind: 'revision' }, life);
  const codes = new Map(found.map((c) => [c.staff.staffId, c.obstacle?.code]));
  assert.equal(codes.get(first.staffId), 'not-independent');
  assert.equal(codes.get(lapsed.staffId), 'not-certified');
  assert.equal(codes.get(undelegated.staffId), 'not-competent');
  assert.equal(codes.get(second.staffId), undefined);
  assert.equal(found[0]?.obstacle, undefined);
  const give = (to: TestStaff) =>
    assignReview(p, { authorityId: AUTHORITY_A, reviewId, to: to.staffId, by: supervisor.staffId });
  await assert.rejects(give(lapsed), { code: 'not-certified' });
  await assert.rejects(give(undelegated), { code: 'not-competent' });
});

test('rejected: the decision stays, with new reasons, signed and timed', async () => {
  const { reviewId, caseId, decisionId } = await waiting();
  await openReview(p, { authorityId: AUTHORITY_A, reviewId, staffId: second.staffId });
  p.clock.moveTo(p.clock.now().add({ seconds: 600 }));
  await assert.rejects(decideReview(p, answer(reviewId, first)), { code: 'not-independent' });
  await assert.rejects(decideReview(p, answer(reviewId, third)), { code: 'forbidden' });
  const { newDecisionId } = await decideReview(p, answer(reviewId, second));
  assert.equal(newDecisionId, undefined);
  const review = await onlyReview(caseId);
  assert.deepEqual(
    [review.status, review.answered?.outcome, review.clock.state],
    ['decided', 'rejected', 'answered'],
  );
  assert.deepEqual(review.answered?.reasons.articles, ['spec_threshold']);
  assert.deepEqual(review.answered?.reasons.facts, ['rooms']);
  assert.equal(review.answered?.decidedBy.name, 'Prénom-second Nom');
  assert.equal(review.answered?.decidedBy.delegation.instrument, 'Décision second-decide-review');
  const view = await viewOf(p, decisionId);
  assert.deepEqual([view.row.status, view.effect], ['effective', 'adverse']);
  assert.equal(view.life.at(-1)?.facts.seconds, 600);
  await assert.rejects(decideReview(p, answer(reviewId, second)), { code: 'conflict' });
});

test('upheld on the same facts: a new decision in the person’s favour supersedes the old', async () => {
  const { reviewId, caseId, decisionId } = await waiting();
  const { newDecisionId, index } = await decideReview(p, answer(reviewId, second, { outcome: 'upheld' }));
  assert.ok(newDecisionId);
  const old = await readAnswer(p, AUTHORITY_A, decisionId);
  assert.deepEqual([old.status, old.superseded_by], ['superseded', newDecisionId]);
  const now = await readAnswer(p, AUTHORITY_A, newDecisionId);
  assert.deepEqual(
    [now.status, now.outcome?.effect, now.outcome?.decided_by],
    ['effective', 'favourable', 'person'],
  );
  assert.equal(now.log_index, index);
  const view = await viewOf(p, newDecisionId);
  assert.equal(view.row.supersedes, decisionId);
  assert.equal(view.settled?.type, 'review-upheld');
  assert.equal(view.explanation.favourable, false);
  const review = await onlyReview(caseId);
  assert.equal(review.answered?.newDecisionId, newDecisionId);
  assert.equal((await viewOf(p, decisionId)).settled?.type, 'proposal-confirmed');
});

test('upheld on corrected facts: the outcome is previewed, and the new decision is what the model then gives', async () => {
  const { reviewId } = await waiting({ corrections: POOR });
  const decision = answer(reviewId, second, { outcome: 'upheld', corrections: POOR });
  const prepared = await prepareReview(p, decision);
  assert.equal(prepared.effect, 'favourable');
  assert.equal(prepared.corrected.assessed.explanation.favourable, true);
  const { newDecisionId } = await decideReview(p, decision);
  const view = await viewOf(p, newDecisionId as string);
  assert.equal(view.facts.earnings, POOR.earnings);
  assert.equal(view.explanation.favourable, true);
  assert.equal(view.effect, 'favourable');
});

test('upheld on corrected facts that still do not suffice: adverse, signed under the delegation for that', async () => {
  const { reviewId } = await waiting({ corrections: { rooms: 7 } });
  const text = `Vu l'article 7. Pièces du logement : 7, et non 8 comme inscrit ; le seuil reste dépassé. ${reviewId}`;
  const decision = answer(reviewId, second, {
    outcome: 'upheld',
    corrections: { rooms: 7 },
    reasons: { lang: 'fr', text },
  });
  const { newDecisionId } = await decideReview(p, decision);
  const { effect, facts, settled } = await viewOf(p, newDecisionId as string);
  assert.deepEqual([effect, facts.rooms], ['adverse', 7]);
  const signed = settled?.facts.decided_by as unknown as Record<string, { act: string }>;
  assert.equal(signed.adverse_delegation?.act, 'confirm-adverse');
  assert.equal(signed.delegation?.act, 'decide-review');
});

test('without the delegation for adverse decisions, a review can only help', async () => {
  const only = await staffMember(p, 'only-reviews', ['reviewer'], { acts: ['decide-review'] });
  const { reviewId } = await waiting({ to: only });
  const rooms = answer(reviewId, only, { outcome: 'upheld', corrections: { rooms: 7 } });
  await assert.rejects(decideReview(p, rooms), { code: 'not-competent' });
  await decideReview(p, { ...rooms, effect: 'favourable' });
});

test('an outcome that does not follow is refused', async () => {
  const { reviewId, decisionId } = await waiting();
  const wrong: Partial<ReviewDecision>[] = [
    { outcome: 'upheld', effect: 'adverse' },
    { outcome: 'upheld', effect: 'adverse', corrections: POOR },
    { outcome: 'rejected', corrections: { rooms: 7 } },
  ];
  for (const more of wrong) {
    await assert.rejects(decideReview(p, answer(reviewId, second, more)), { code: 'invalid-request' });
  }
  const invalid = { outcome: 'upheld', corrections: { rooms: 0 } } as const;
  await assert.rejects(decideReview(p, answer(reviewId, second, invalid)), { code: 'invalid-input' });
  const bare = {
    reasons: { lang: 'fr', text: 'La situation a été revue et rien ne change à la décision.' },
  } as const;
  await assert.rejects(decideReview(p, answer(reviewId, second, bare)), { code: 'reasons-insufficient' });
  assert.equal((await viewOf(p, decisionId)).row.status, 'effective');
});

test('a suspended system runs no model on corrected facts, and delays nobody’s review', async () => {
  const corrected = await waiting({ corrections: POOR });
  const plain = await waiting();
  const change = (to: 'suspended' | 'live', by: string) =>
    changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });
  await change('suspended', 'stf_a');
  const decision = answer(corrected.reviewId, second, { outcome: 'upheld', corrections: POOR });
  await assert.rejects(decideReview(p, decision), { code: 'suspended' });
  await decideReview(p, answer(plain.reviewId, second, { outcome: 'upheld' }));
  await change('live', 'stf_a');
  await change('live', 'stf_b');
  await decideReview(p, decision);
});

test('the clock of an unanswered request passes for the administration alone, and stops with the answer', async () => {
  const { reviewId, caseId } = await waiting();
  const at = p.clock.now();
  const seen = async (days: number) => {
    const later = new Proxy(p, {
      get: (o, k) =>
        k === 'clock' ? { now: () => at.add({ hours: 24 * days }), virtual: true } : Reflect.get(o, k),
    });
    const [review] = await reviewsOfCase(later, AUTHORITY_A, caseId);
    return review?.clock;
  };
  assert.equal((await seen(10))?.state, 'running');
  assert.equal((await seen(27))?.state, 'near');
  const passed = await seen(70);
  assert.deepEqual([passed?.state, (passed?.daysLeft ?? 0) < 0], ['passed', true]);
  await decideReview(p, answer(reviewId, second));
  assert.equal((await seen(70))?.state, 'answered');
});

test('a row that claims an answer that nobody sealed is found out', async () => {
  const { caseId, reviewId } = await waiting();
  await p.store.transact(async (tx) => {
    await typed<ReviewTables>(tx.db)
      .updateTable('reviews')
      .set({ status: 'decided', outcome: 'rejected' })
      .where('review_id', '=', reviewId)
      .execute();
  });
  await assert.rejects(reviewsOfCase(p, AUTHORITY_A, caseId), { code: 'altered-record' });
});

test('neither what was asked or answered nor who signed stands in clear in the store', async () => {
  const refused = await refusalBy(p, first);
  const { reviewId } = await requestReview(p, {
    authorityId: AUTHORITY_A,
    ...refused,
    ground: 'data-wrong',
    text: 'planted-request-words',
    contact: 'planted-contact',
    corrections: { earnings: 18_734 },
    filedBy: { kind: 'person' },
  });
  await qualified(p, reviewId, 'rectification');
  await assignReview(p, { authorityId: AUTHORITY_A, reviewId, to: second.staffId, by: supervisor.staffId });
  const text = `planted-answer-words. ${reasonsText()}`;
  await decideReview(p, answer(reviewId, second, { reasons: { lang: 'fr', text } }));
  const files = (readdirSync(p.folder, { recursive: true }) as string[]).map((name) => join(p.folder, name));
  const bytes = Buffer.concat(files.filter((f) => statSync(f).isFile()).map((f) => readFileSync(f)));
  assert.ok(bytes.includes(reviewId), 'the store is among the files');
  for (const planted of ['planted-request', 'planted-contact', 'planted-answer', 'Prénom-second', '18734']) {
    assert.ok(!bytes.includes(planted), planted);
  }
});

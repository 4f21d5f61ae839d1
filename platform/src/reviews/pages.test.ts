import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import {
  qualified,
  reasonsText,
  refusalBy,
  reviewOfRefusal,
  staffMember,
  type TestReview,
  type TestStaff,
} from '../../test/reviewing.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { listAccess, ROLES, type WebEnv } from '../access/index.ts';
import { accessPages } from '../access/pages.tsx';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { readDecision } from '../decisions/view.ts';
import { changeStatus } from '../register/status.ts';
import { listCertificates, revokeCertificate } from '../training/index.ts';
import { requestReview, reviewsOfCase } from './index.ts';
import { reviewPages } from './pages.tsx';

const LIST = `/fr/staff/${AUTHORITY_A}/reviews`;

let p: TestPlatform;
let app: Hono<WebEnv>;
let first: TestStaff;
let second: TestStaff;
let supervisor: TestStaff;
let asFirst: Visitor;
let asSecond: Visitor;
let asSupervisor: Visitor;
before(async () => {
  p = await makePlatform();
  app = webApp(accessPages(p), reviewPages(p));
  first = await staffMember(p, 'first', ['reviewer'], { password: null });
  second = await staffMember(p, 'second', ['reviewer'], { password: null });
  supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  const visitor = (who: TestStaff) => signedIn(p, app, AUTHORITY_A, who.staffId);
  [asFirst, asSecond, asSupervisor] = [
    await visitor(first),
    await visitor(second),
    await visitor(supervisor),
  ];
});
after(() => p.dispose());

const page = ({ reviewId }: Pick<TestReview, 'reviewId'>) => `${LIST}/${reviewId}`;
const waiting = (more: Parameters<typeof reviewOfRefusal>[1] | object = {}) =>
  reviewOfRefusal(p, { by: first, to: second, supervisor, ...more });
const filled = (more: Record<string, string> = {}) => ({
  answer: 'rejected',
  lang: 'fr',
  text: reasonsText(),
  ...more,
});
const only = async (review: TestReview) => {
  const [found] = await reviewsOfCase(p, AUTHORITY_A, review.caseId);
  assert.ok(found);
  return found;
};
const answers = async ({ caseId }: TestReview) =>
  (await caseLife(p, AUTHORITY_A, caseId)).filter(
    (e) => e.type === 'review-upheld' || e.type === 'review-rejected',
  );

describe('the lists', () => {
  test('open for reviewers and supervisors only, each with their own', async () => {
    for (const role of ROLES) {
      const visitor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, [role]));
      const { status } = await visitor.get(LIST);
      assert.equal(status, role === 'reviewer' || role === 'supervisor' ? 200 : 403, role);
    }
    const open = await waiting({ to: undefined });
    const given = await waiting();
    const supervisors = await asSupervisor.get(LIST);
    assert.match(supervisors.html, new RegExp(`${LIST}/${open.reviewId}`));
    assert.doesNotMatch(supervisors.html, new RegExp(given.reviewId));
    assert.match((await asSupervisor.get(`${LIST}?list=assigned`)).html, new RegExp(given.reviewId));
    const mine = await asSecond.get(LIST);
    assert.match(mine.html, new RegExp(given.reviewId));
    assert.doesNotMatch(mine.html, new RegExp(open.reviewId));
    // A list of the supervisor's is not a reviewer's, whatever the address says.
    assert.doesNotMatch((await asFirst.get(`${LIST}?list=open`)).html, new RegExp(open.reviewId));
  });

  test('put the earliest date on top and go on from page to page', async () => {
    const early = await waiting({ to: undefined });
    const { html } = await asSupervisor.get(LIST);
    assert.match(html, new RegExp(early.reviewId));
    assert.equal((await asSupervisor.get(`${LIST}?list=open&after=nonsense`)).status, 400);
  });
});

describe('giving a request to a reviewer', () => {
  test('shows who can and who cannot, and nothing of the file', async () => {
    const review = await waiting({ to: undefined });
    const { html, status } = await asSupervisor.get(page(review));
    assert.equal(status, 200);
    assert.match(html, new RegExp(`value="${second.staffId}"`));
    assert.doesNotMatch(html, new RegExp(`value="${first.staffId}"`));
    assert.match(html, /a pris part à ce dossier/);
    assert.match(html, /délai/i);
    assert.doesNotMatch(html, /relise mon dossier/);
    const answer = await asSupervisor.post(`${page(review)}/assign`, { to: second.staffId }, page(review));
    assert.equal(answer.status, 303);
    assert.match((await asSupervisor.get(String(answer.location))).html, /a été attribuée à/);
    assert.equal((await only(review)).assigned?.to, second.staffId);
    const again = await asSupervisor.send(`${page(review)}/assign`, {
      csrf: await asSupervisor.token(page(review)),
      to: second.staffId,
    });
    assert.equal(again.status, 303);
    const given = (await caseLife(p, AUTHORITY_A, review.caseId)).filter((e) => e.type === 'review-assigned');
    assert.equal(given.length, 1);
  });

  test('refuses who took part, nobody, and a stranger, at the field', async () => {
    const review = await waiting({ to: undefined });
    for (const to of ['', first.staffId, 'stf_000000000000000000000000']) {
      const answer = await asSupervisor.post(`${page(review)}/assign`, { to }, page(review));
      assert.equal(answer.status, 422, to);
      assert.match(answer.html, /href="#field-to"/);
    }
    assert.equal((await only(review)).status, 'open');
  });

  test('takes the permission and the token', async () => {
    const review = await waiting({ to: undefined });
    const to = { to: second.staffId };
    assert.equal((await asSupervisor.send(`${page(review)}/assign`, to)).status, 403);
    const csrf = await asSecond.token(LIST).catch(() => '');
    assert.equal((await asSecond.send(`${page(review)}/assign`, { csrf, ...to })).status, 403);
    assert.equal((await only(review)).status, 'open');
  });
});

describe('a request stays closed', () => {
  test('to whoever took part, with the reason and nothing of the file', async () => {
    const review = await waiting();
    const { status, html } = await asFirst.get(page(review));
    assert.equal(status, 403);
    assert.match(html, /Vous avez signé une décision de ce dossier/);
    assert.match(html, /Un deuxième regard/);
    assert.doesNotMatch(html, /relise mon dossier|Pièces du logement/);
    const csrf = await asFirst.token(LIST).catch(() => '');
    const sent = await asFirst.send(page(review), { csrf, step: 'sign', ...filled() });
    assert.equal(sent.status, 403);
    assert.equal((await answers(review)).length, 0);
  });

  test('to whoever helped the person at the counter, even once it was given to them', async () => {
    const helper = await staffMember(p, 'helper', ['reviewer', 'counter'], { password: null });
    const review = await waiting({ to: helper });
    const visitor = await signedIn(p, app, AUTHORITY_A, helper.staffId);
    const csrf = await visitor.token(page(review));
    await recordCaseEvent(p, {
      authorityId: AUTHORITY_A,
      caseId: review.caseId,
      systemId: SYSTEM,
      type: 'assisted',
      facts: { visit: 'ast_1', by: { staff: helper.staffId }, document: 'passport', present: 'person' },
    });
    const { status, html } = await visitor.get(page(review));
    assert.equal(status, 403);
    assert.match(html, /Vous avez aidé la personne au guichet/);
    const sent = await visitor.send(page(review), { csrf, step: 'sign', ...filled() });
    assert.equal(sent.status, 403);
    assert.equal((await answers(review)).length, 0);
  });

  test('to a reviewer to whom it was not given', async () => {
    const review = await waiting();
    const third = await staffMember(p, 'third-closed', ['reviewer'], { password: null });
    const visitor = await signedIn(p, app, AUTHORITY_A, third.staffId);
    const { status, html } = await visitor.get(page(review));
    assert.equal(status, 403);
    assert.match(html, /ne vous a pas été attribuée/);
    assert.doesNotMatch(html, /relise mon dossier/);
  });

  test('when the certificate or the delegation lapsed meanwhile', async () => {
    const lapsing = await staffMember(p, 'lapsing', ['reviewer'], { password: null });
    const review = await waiting({ to: lapsing });
    const visitor = await signedIn(p, app, AUTHORITY_A, lapsing.staffId);
    const csrf = await visitor.token(page(review));
    const [held] = await listCertificates(p, AUTHORITY_A, { staffId: lapsing.staffId });
    await revokeCertificate(p, {
      authorityId: AUTHORITY_A,
      certificateId: held?.certificateId ?? '',
      by: supervisor.staffId,
    });
    const { status, html } = await visitor.get(page(review));
    assert.equal(status, 403);
    assert.match(html, /pas de certificat valable/);
    const sent = await visitor.send(page(review), { csrf, step: 'sign', ...filled() });
    assert.equal(sent.status, 403);
    assert.equal((await answers(review)).length, 0);
  });

  test('to another authority: no such page', async () => {
    const review = await waiting();
    const stranger = await makeStaff(p, AUTHORITY_B, ['reviewer', 'supervisor']);
    const visitor = await signedIn(p, app, AUTHORITY_B, stranger);
    assert.equal((await visitor.get(page(review))).status, 404);
    assert.equal((await visitor.get(page(review).replace(AUTHORITY_A, AUTHORITY_B))).status, 404);
    assert.equal((await visitor.get(LIST)).status, 404);
    const none = await asSupervisor.get(`${LIST}/rev_000000000000000000000000`);
    assert.equal(none.status, 404);
  });

  test('to nobody signed in: they are led to the sign-in page', async () => {
    const answer = await app.request(LIST);
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /sign-in/);
  });
});

describe('reading a request', () => {
  test('shows the words, the facts beside what is said, what weighed, the clock; and is logged', async () => {
    const review = await waiting({ corrections: { rooms: 2 } });
    const { status, html } = await asSecond.get(page(review));
    assert.equal(status, 200);
    assert.match(html, /relise mon dossier/);
    assert.match(html, /Selon la personne/);
    assert.match(html, /name="fact-rooms"[^>]*value="2"|value="2"[^>]*name="fact-rooms"/);
    assert.match(html, /ta-bars/);
    assert.match(html, /Prénom-first Nom/);
    // "The court deadline may already be running" stands on it, as the norm pack says it.
    assert.match(html, /court (?:peut-être )?déjà|déjà (?:courir|avoir commencé)/);
    const { entries } = await listAccess(p, AUTHORITY_A, { caseId: review.caseId });
    const read = entries.filter((e) => e.actor === second.staffId && e.action === 'review.read');
    assert.equal(read.length, 1);
  });

  test('escapes what the person wrote', async () => {
    const found = await refusalBy(p, first);
    const { reviewId } = await requestReview(p, {
      authorityId: AUTHORITY_A,
      ...found,
      ground: 'other',
      text: '<script>alert(1)</script>',
      contact: '"><img src=x>',
      filedBy: { kind: 'person' },
    });
    const qualifying = await asSupervisor.get(`${LIST}/${reviewId}/qualify`);
    assert.match(qualifying.html, /&lt;script&gt;alert/);
    await qualified(p, reviewId);
    await asSupervisor.post(`${LIST}/${reviewId}/assign`, { to: second.staffId }, `${LIST}/${reviewId}`);
    const { html } = await asSecond.get(`${LIST}/${reviewId}`);
    assert.match(html, /&lt;script&gt;alert/);
    assert.doesNotMatch(html, /<script>alert|<img src=x/);
  });

  test('previews the outcome on corrected facts and decides nothing', async () => {
    const review = await waiting();
    const answer = await asSecond.post(page(review), {
      step: 'preview',
      'fact-earnings': '٠',
      'fact-rooms': '1',
      'fact-members': '7',
      'fact-milieu': 'rural',
      'fact-dwelling': 'precarious',
      'fact-vehicle': 'no',
      'fact-schooling': 'none',
      text: 'déjà écrit',
    });
    assert.equal(answer.status, 200);
    assert.match(answer.html, /La règle donnerait/);
    assert.match(answer.html, /Aide accordée/);
    assert.match(answer.html, /déjà écrit/);
    assert.equal((await only(review)).status, 'assigned');
    assert.equal((await answers(review)).length, 0);
  });

  for (const [field, value] of [
    ['fact-rooms', 'beaucoup'],
    ['fact-rooms', '999'],
    ['fact-land', '1.25'],
    ['fact-milieu', 'lunar'],
    ['fact-vehicle', 'maybe'],
  ] as const) {
    test(`names a wrong ${field} (${value}) and keeps it`, async () => {
      const review = await waiting();
      const answer = await asSecond.post(page(review), { step: 'preview', [field]: value });
      assert.equal(answer.status, 422);
      assert.match(answer.html, new RegExp(`href="#field-${field}"`));
    });
  }
});

describe('answering', () => {
  test('check, then sign: a rejected request leaves the decision, with reasons and a name', async () => {
    const review = await waiting();
    const typed = filled();
    const checked = await asSecond.post(page(review), { step: 'check', ...typed });
    assert.equal(checked.status, 200);
    assert.match(checked.html, /Vérifiez avant de signer/);
    assert.match(checked.html, /Décision second-decide-review/);
    assert.equal((await answers(review)).length, 0);
    const signed = await asSecond.post(page(review), { step: 'sign', ...typed });
    assert.equal(signed.status, 303);
    const read = await asSecond.get(String(signed.location));
    assert.match(read.html, /signée et scellée/);
    assert.match(read.html, /Prénom-second Nom/);
    const found = await only(review);
    assert.equal(found.answered?.outcome, 'rejected');
    assert.equal((await readDecision(p, AUTHORITY_A, review.decisionId)).row.status, 'effective');
  });

  test('in the person’s favour against the score: a new decision takes the place of the old', async () => {
    const review = await waiting();
    const signed = await asSecond.post(page(review), { step: 'sign', ...filled({ answer: 'favour' }) });
    assert.equal(signed.status, 303);
    const { answered } = await only(review);
    const made = await readDecision(p, AUTHORITY_A, answered?.newDecisionId ?? '');
    assert.deepEqual(
      [made.effect, made.row.decided_by, made.row.supersedes],
      ['favourable', 'person', review.decisionId],
    );
    assert.equal(
      (await readDecision(p, AUTHORITY_A, review.decisionId)).row.superseded_by,
      made.row.decision_id,
    );
  });

  test('on a corrected record: the new decision is what the rule then gives', async () => {
    const review = await waiting({ corrections: { rooms: 7 } });
    const signed = await asSecond.post(page(review), {
      step: 'sign',
      ...filled({ answer: 'corrected', 'fact-rooms': '7' }),
    });
    assert.equal(signed.status, 303);
    const { answered } = await only(review);
    const made = await readDecision(p, AUTHORITY_A, answered?.newDecisionId ?? '');
    assert.deepEqual([made.effect, made.facts.rooms], ['adverse', 7]);
  });

  test('twice at the same moment: one answer, both are led to it', async () => {
    const review = await waiting();
    const csrf = await asSecond.token(page(review));
    const both = await Promise.all([
      asSecond.send(page(review), { csrf, step: 'sign', ...filled() }),
      asSecond.send(page(review), { csrf, step: 'sign', ...filled({ answer: 'favour' }) }),
    ]);
    assert.deepEqual(
      both.map((a) => a.status),
      [303, 303],
    );
    assert.equal((await answers(review)).length, 1);
    const late = await asSecond.send(page(review), { csrf, step: 'sign', ...filled() });
    assert.equal(late.status, 303);
    assert.equal((await answers(review)).length, 1);
  });

  test('without the token of the session nothing is signed', async () => {
    const review = await waiting();
    assert.equal((await asSecond.send(page(review), { step: 'sign', ...filled() })).status, 403);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    const csrf = await asSecond.token(page(review));
    assert.equal(
      (await asSecond.send(page(review), { csrf, step: 'sign', ...filled() }, foreign)).status,
      403,
    );
    assert.equal((await answers(review)).length, 0);
  });

  for (const [name, fields, at, words] of [
    ['no answer', { answer: '' }, 'answer', /Choisissez ce que vous décidez/],
    ['no fact corrected', { answer: 'corrected' }, 'answer', /Aucun fait n’est corrigé/],
    [
      'reasons without law',
      { text: 'Pièces du logement : 8, et le score dépasse le seuil du programme.' },
      'text',
      /Citez un article/,
    ],
    [
      'reasons without a fact',
      { text: 'Vu l’article 7 du règlement, il y a lieu de rejeter la demande présentée.' },
      'text',
      /Citez un fait/,
    ],
    ['reasons too short', { text: 'Non.' }, 'text', /trop courts/],
    ['a language that is none', { lang: 'xx' }, 'lang', /Choisissez la langue/],
  ] as const) {
    test(`refused with everything typed kept: ${name}`, async () => {
      const review = await waiting();
      for (const step of ['check', 'sign']) {
        const answer = await asSecond.post(page(review), {
          step,
          ...filled(),
          'fact-earners': '',
          ...fields,
        });
        assert.equal(answer.status, 422, step);
        assert.match(answer.html, new RegExp(`href="#field-${at}"`));
        assert.match(answer.html, words);
        if (!('text' in fields)) assert.match(answer.html, /le score dépasse le seuil/);
      }
      assert.equal((await answers(review)).length, 0);
    });
  }

  test('without a delegation for decisions against the person, a corrected record that still refuses is not signed', async () => {
    const kind = await staffMember(p, 'kind', ['reviewer'], { password: null, acts: ['decide-review'] });
    const review = await waiting({ to: kind });
    const visitor = await signedIn(p, app, AUTHORITY_A, kind.staffId);
    const answer = await visitor.post(page(review), {
      step: 'sign',
      ...filled({ answer: 'corrected', 'fact-rooms': '7' }),
    });
    assert.equal(answer.status, 422);
    assert.match(answer.html, /pas de délégation pour en signer une/);
    assert.equal((await answers(review)).length, 0);
  });

  test('a suspended system runs nothing on corrected facts, and what was typed stays', async () => {
    const review = await waiting();
    const status = (to: 'suspended' | 'live', by: string) =>
      changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });
    await status('suspended', 'stf_x');
    try {
      const typed = filled({ answer: 'corrected', 'fact-rooms': '7' });
      const answer = await asSecond.post(page(review), { step: 'sign', ...typed });
      assert.equal(answer.status, 422);
      assert.match(answer.html, /Le système est suspendu/);
      assert.match(answer.html, /le score dépasse le seuil/);
    } finally {
      await status('live', 'stf_x');
      await status('live', 'stf_y');
    }
    assert.equal((await answers(review)).length, 0);
  });
});

test('every page in every language', async () => {
  const open = await waiting({ to: undefined });
  const review = await waiting({ corrections: { rooms: 2 } });
  for (const lang of ['ar', 'zgh', 'fr', 'en']) {
    const at = (path: string) => path.replace('/fr/', `/${lang}/`);
    assert.equal((await asSupervisor.get(at(LIST))).status, 200);
    assert.equal((await asSupervisor.get(at(page(open)))).status, 200);
    assert.equal((await asSecond.get(at(page(review)))).status, 200);
    assert.equal((await asFirst.get(at(page(review)))).status, 403);
    const { html } = await asSecond.get(at(page(review)));
    assert.match(html, lang === 'ar' || lang === 'zgh' ? /dir="rtl"/ : /dir="ltr"/);
    const checked = await asSecond.post(at(page(review)), { step: 'check', ...filled() });
    assert.equal(checked.status, 200);
  }
});

// Last: the clock of these tests goes forward only, and sessions end with it.
test('nobody is ever told that it is too late', async () => {
  const open = await waiting({ to: undefined });
  const given = await waiting();
  p.clock.moveTo(p.clock.now().add({ hours: 24 * 90 }));
  const supervising = await signedIn(p, app, AUTHORITY_A, supervisor.staffId);
  const reviewing = await signedIn(p, app, AUTHORITY_A, second.staffId);
  for (const { html } of [
    await supervising.get(`${LIST}?list=open`),
    await supervising.get(page(open)),
    await reviewing.get(page(given)),
  ]) {
    assert.match(html, /la réponse reste due/);
    assert.doesNotMatch(html, /trop tard|forclos/i);
  }
});

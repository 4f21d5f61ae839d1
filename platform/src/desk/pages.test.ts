import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Hono } from 'hono';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { newCase, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { reasonsText } from '../../test/reviewing.ts';
import { makeStaff, signedIn, Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { listAccess, ROLES, type WebEnv } from '../access/index.ts';
import { decide } from '../decisions/decide.ts';
import { publishVersion } from '../register/publish.ts';
import { changeStatus } from '../register/status.ts';
import { typed } from '../store/index.ts';
import { grantCertificate, grantDelegation, listCertificates, revokeCertificate } from '../training/index.ts';
import { confirmProposal } from './decide-proposal.ts';
import { secondsSpent } from './openings.ts';
import { deskPages } from './pages.tsx';
import type { DeskTables } from './tables.ts';

const DESK = `/fr/staff/${AUTHORITY_A}/desk`;
const GRAVE = 'quatre-mains';

let p: TestPlatform;
let app: Hono<WebEnv>;
let reviewerId: string;
let reviewer: Visitor;
before(async () => {
  p = await makePlatform();
  app = webApp(deskPages(p));
  reviewerId = await signingReviewer(p, 'Nadia El Amrani');
  reviewer = await signedIn(p, app, AUTHORITY_A, reviewerId);
});
after(() => p.dispose());

const page = (decision: string) => `${DESK}/${decision}`;
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replaceAll('&#39;', "'");
const openings = async (decisionId: string) => {
  const rows = await typed<DeskTables>(p.store.read)
    .selectFrom('desk_openings')
    .select('staff_id')
    .where('decision_id', '=', decisionId)
    .execute();
  return rows.map((row) => row.staff_id);
};
const suspend = (to: 'suspended' | 'live', by = 'stf_a') =>
  changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });

describe('who gets in', () => {
  test('signing in comes first, and leads back', async () => {
    const { decision } = await newCase(p, 'adverse');
    for (const path of [DESK, page(decision), `${page(decision)}/check`, `${page(decision)}/signed`]) {
      const { status, location } = await new Visitor(app).get(path);
      assert.equal(status, 303, path);
      assert.equal(location, `/fr/staff/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  test('reviewers only', async () => {
    const { decision } = await newCase(p, 'adverse');
    for (const role of ROLES) {
      const visitor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, [role]));
      for (const path of [DESK, page(decision)]) {
        assert.equal((await visitor.get(path)).status, role === 'reviewer' ? 200 : 403, `${role} ${path}`);
      }
    }
  });

  test("another authority finds nothing: neither A's desk nor A's proposal on its own", async () => {
    const { decision } = await newCase(p, 'adverse');
    const other = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['reviewer']));
    const own = `/fr/staff/${AUTHORITY_B}/desk`;
    assert.equal((await other.get(DESK)).status, 404);
    assert.equal((await other.get(page(decision))).status, 404);
    assert.equal((await other.get(`${own}/${decision}`)).status, 404);
    assert.equal((await other.get(`${own}/${decision}/check`)).status, 404);
    const csrf = await other.token(own);
    for (const path of [page(decision), `${own}/${decision}`, `${own}/${decision}/check`]) {
      assert.equal((await other.send(path, { csrf, word: 'confirm', text: 'x', lang: 'fr' })).status, 404);
    }
    assert.doesNotMatch((await other.get(own)).html, /dec_/);
    assert.deepEqual(await openings(decision), []);
  });
});

describe('the queue', () => {
  test('says what will appear and when while nothing waits', async () => {
    const other = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['reviewer']));
    const { html } = await other.get(`/fr/staff/${AUTHORITY_B}/desk`);
    assert.match(words(html), /Rien n’attend une personne Une proposition apparaît ici dès qu/);
    assert.doesNotMatch(html, /<table/);
  });

  test('lists what waits with its number and the oldest, sorted and filtered by its address', async () => {
    const old = await newCase(p, 'adverse');
    p.clock.moveTo(p.clock.now().add({ hours: 24 * 8 }));
    reviewer = await signedIn(p, app, AUTHORITY_A, reviewerId);
    const young = await newCase(p, 'adverse');
    const granted = await newCase(p, 'favourable');
    const { html } = await reviewer.get(DESK);
    const rows = [...html.matchAll(/desk\/(dec_\w+)"/g)].map(([, id]) => id);
    assert.ok(rows.includes(old.decision) && rows.includes(young.decision));
    assert.ok(!rows.includes(granted.decision), 'what the rule may decide alone does not wait');
    assert.match(words(html), new RegExp(`En attente ${rows.length} La plus ancienne 8 jours`));
    assert.match(html, /data-queue/);
    assert.match(html, /aria-sort="ascending"/);
    const turned = await reviewer.get(`${DESK}?direction=descending`);
    const back = [...turned.html.matchAll(/desk\/(dec_\w+)"/g)].map(([, id]) => id);
    assert.deepEqual(back, rows.toReversed());
    const aged = await reviewer.get(`${DESK}?system=${SYSTEM}&days=7`);
    assert.match(aged.html, new RegExp(old.decision));
    assert.doesNotMatch(aged.html, new RegExp(young.decision));
    assert.match(words(aged.html), /propositions? correspond/);
    const none = await reviewer.get(`${DESK}?days=900`);
    assert.match(words(none.html), /Aucune proposition ne correspond.*Rien ne correspond à ce filtre/);
  });

  test('refuses a cursor that it did not give', async () => {
    assert.equal((await reviewer.get(`${DESK}?after=dec_${'0'.repeat(24)}`)).status, 400);
  });
});

describe('one proposal', () => {
  test('is logged as read and its opening recorded by the time it is shown', async () => {
    const answer = await newCase(p, 'adverse');
    assert.equal((await reviewer.get(page(answer.decision))).status, 200);
    const { entries } = await listAccess(p, AUTHORITY_A, { caseId: answer.case });
    assert.deepEqual(
      entries.map(({ actor, action, purpose }) => [actor, action, purpose]),
      [[reviewerId, 'case.read', 'desk']],
    );
    assert.deepEqual(await openings(answer.decision), [reviewerId]);
    p.clock.moveTo(p.clock.now().add({ seconds: 75 }));
    const of = { authorityId: AUTHORITY_A, decisionId: answer.decision, staffId: reviewerId };
    assert.equal(await secondsSpent(p, of), 75);
  });

  test('shows facts with unit and source, the outcome proposed, contributions that add up, and the law', async () => {
    const { decision } = await newCase(p, 'adverse');
    const { html } = await reviewer.get(page(decision));
    const text = words(html);
    assert.match(text, /Revenus déclarés du ménage 20 000 dirhams par mois oui/);
    assert.match(text, /Source : Registres sociaux \(inventés\)/);
    assert.match(text, /Issue proposée Aide refusée/);
    assert.match(text, /score et seuil, article 7/);
    assert.match(text, /Proposé par la règle, confié à une personne/);
    const figures = [...html.matchAll(/ta-figures-cell"><span class="ta-num">([^<]+)</g)].map(([, shown]) =>
      Math.round(Number(shown?.replace('−', '-').replace('+', '').replace(',', '.').trim()) * 1_000),
    );
    const [threshold, score, base] = [figures.pop(), figures.pop(), figures.pop()];
    assert.ok(figures.length > 10 && score !== undefined && base !== undefined && threshold !== undefined);
    assert.equal(
      figures.reduce((sum, value) => sum + value, base),
      score,
    );
    assert.ok(score > threshold);
  });

  test('never shows protected attributes nor the pseudonym', async () => {
    const { household } = clearCase('adverse');
    const answer = await decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: 'desk-protected',
      body: {
        subject: 'pseudonyme-planté',
        input: inputOf(household),
        audit: { gender: 'valeur-protégée', mother_tongue: 'langue-protégée' },
      },
    });
    for (const path of [DESK, page(answer.decision)]) {
      const { html } = await reviewer.get(path);
      assert.doesNotMatch(html, /planté|protégée|gender|mother_tongue/);
    }
  });

  test('is no page for what never was a proposal', async () => {
    const granted = await newCase(p, 'favourable');
    assert.equal((await reviewer.get(page(granted.decision))).status, 404);
    assert.equal((await reviewer.get(page(`dec_${'0'.repeat(24)}`))).status, 404);
  });

  test('once decided, shows what was decided and no form', async () => {
    const { decision } = await refusedCase(p, reviewerId);
    const before = await openings(decision);
    const { html, status } = await reviewer.get(page(decision));
    assert.equal(status, 200);
    assert.match(words(html), /Ce qui a été décidé Décision Aide refusée comme la règle le proposait/);
    assert.match(words(html), /Vu l'article 7 du règlement/);
    assert.match(words(html), /Par Nadia El Amrani.*Décision n° 12\/2026/);
    assert.doesNotMatch(html, /<textarea/);
    assert.deepEqual(await openings(decision), before, 'reading a decided case is no time spent on it');
    for (const more of ['/check', '/signed']) {
      const other = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['reviewer']));
      const { location } = await other.get(page(decision) + more);
      assert.equal(location, page(decision), more);
    }
  });

  test('of a system where two people must sign says so, seals the first signature, and gives its signer no second one', async () => {
    const bytes = modelFile({ version: 1, fault: false });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await publishVersion(p, AUTHORITY_A, GRAVE, { ...RECORD, impactLevel: 4 }, { bytes, sha256 });
    await changeStatus(p, { authorityId: AUTHORITY_A, systemId: GRAVE, to: 'live', by: 'stf_test' });
    await grantDelegation(p, {
      authorityId: AUTHORITY_A,
      staffId: reviewerId,
      act: 'confirm-adverse',
      scope: GRAVE,
      from: '2026-03-01',
      to: '2027-03-01',
      instrument: 'Décision n° 13/2026',
    });
    const { decision } = await decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: GRAVE,
      idempotencyKey: 'desk-two-people',
      body: { subject: 'H-2', input: inputOf(clearCase('adverse').household) },
    });
    const { html } = await reviewer.get(page(decision));
    assert.match(words(html), /demande ici deux signatures/);
    assert.match(html, /value="confirm"/);
    await confirmProposal(p, {
      authorityId: AUTHORITY_A,
      decisionId: decision,
      staffId: reviewerId,
      reasons: { lang: 'fr', text: reasonsText('première signature') },
    });
    const signed = await reviewer.get(`${page(decision)}/signed`);
    assert.match(words(signed.html), /attend une seconde personne/);
    const again = await reviewer.get(page(decision));
    assert.match(words(again.html), /Vous avez signé en premier/);
    assert.doesNotMatch(again.html, /value="confirm"/);
    assert.match(again.html, /value="override"/);
  });
});

describe('who may only read', () => {
  let staffId: string;
  let decision: string;
  beforeEach(async () => {
    staffId = await makeStaff(p, AUTHORITY_A, ['reviewer']);
    ({ decision } = await newCase(p, 'adverse'));
  });
  const dates = { from: '2026-03-01', to: '2027-03-01' };
  const certificate = (more: { from?: string; to?: string } = {}) =>
    grantCertificate(p, { authorityId: AUTHORITY_A, staffId, ...dates, ...more });
  const delegation = (scope: string, more: { from?: string; to?: string } = {}) =>
    grantDelegation(p, {
      authorityId: AUTHORITY_A,
      staffId,
      act: 'confirm-adverse',
      scope,
      ...dates,
      instrument: 'Décision n° 14/2026',
      ...more,
    });

  async function readsOnly(explained: RegExp, onQueue = true): Promise<void> {
    const visitor = await signedIn(p, app, AUTHORITY_A, staffId);
    const queue = await visitor.get(DESK);
    if (onQueue) assert.match(words(queue.html), explained);
    assert.match(words(queue.html), /lecture seule/);
    const { html, status } = await visitor.get(page(decision));
    assert.equal(status, 200);
    assert.match(words(html), explained);
    assert.match(words(html), /Ce que la règle propose/);
    assert.doesNotMatch(html, /<textarea/);
    const sent = {
      csrf: await visitor.token(DESK),
      word: 'confirm',
      lang: 'fr',
      text: 'Ce que j’avais écrit.',
    };
    const answer = await visitor.send(page(decision), sent);
    assert.equal(answer.status, 403);
    assert.match(words(answer.html), /Votre texte, non signé.*Ce que j’avais écrit\./);
    assert.match(answer.html, new RegExp(`href="/fr/staff/${AUTHORITY_A}/me"`));
  }

  test('no certificate', () => readsOnly(/Aucun certificat n’a été enregistré pour vous/));
  test('an expired certificate', async () => {
    await certificate({ from: '2026-01-01', to: '2026-03-20' });
    await delegation('all');
    p.clock.moveTo(Temporal.Instant.from('2026-03-21T09:00:00Z'));
    await readsOnly(/Votre certificat a expiré le 20 mars 2026/);
  });
  test('a certificate that has not begun', async () => {
    await certificate({ from: '2026-12-01' });
    await readsOnly(/valable qu’à partir du 1er décembre 2026/);
  });
  test('a certificate that was withdrawn', async () => {
    await certificate();
    const [held] = await listCertificates(p, AUTHORITY_A, { staffId });
    const by = await makeStaff(p, AUTHORITY_A, ['supervisor']);
    await revokeCertificate(p, {
      authorityId: AUTHORITY_A,
      certificateId: held?.certificateId ?? '',
      by,
    });
    await readsOnly(/Votre certificat a été retiré/);
  });
  test('no delegation', async () => {
    await certificate();
    await readsOnly(/pas de délégation de signature valable.*Sans délégation, il n’y a qu’une proposition/);
  });
  test('a delegation that is to come', async () => {
    await certificate();
    await delegation('all', { from: '2026-11-01' });
    await readsOnly(/La vôtre \( ?Décision n° 14\/2026 ?\) commence le 1er novembre 2026/);
  });
  test('a delegation for another system', async () => {
    await certificate();
    await delegation(GRAVE);
    await readsOnly(/pas de délégation de signature valable/, false);
  });
});

describe('a suspended system', () => {
  test('is marked, its cases are read-only and say the manual fallback', async () => {
    const { decision } = await newCase(p, 'adverse');
    reviewer = await signedIn(p, app, AUTHORITY_A, reviewerId);
    await suspend('suspended');
    try {
      const queue = await reviewer.get(DESK);
      assert.match(words(queue.html), /Un système est suspendu.*Soutien aux ménages.*système suspendu/);
      const { html } = await reviewer.get(page(decision));
      assert.match(words(html), /Ce système est suspendu : rien ne se décide ici/);
      assert.match(words(html), /déposées et examinées à la main au guichet/);
      assert.match(html, new RegExp(`href="/fr/register/${AUTHORITY_A}/${SYSTEM}"`));
      assert.doesNotMatch(html, /<textarea/);
      const sent = { csrf: await reviewer.token(DESK), word: 'confirm', lang: 'fr', text: 'Mon texte.' };
      const answer = await reviewer.send(page(decision), sent);
      assert.equal(answer.status, 409);
      assert.match(words(answer.html), /Mon texte\./);
    } finally {
      await suspend('live', 'stf_a');
      await suspend('live', 'stf_b');
    }
    assert.match((await reviewer.get(page(decision))).html, /<textarea/);
  });
});

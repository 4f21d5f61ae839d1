import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { newCase, REASONS, signingReviewer } from '../../test/opened-file.ts';
import { reasonsText, reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import type { WebEnv } from '../access/index.ts';
import { caseLife } from '../cases/events.ts';
import { findDecisionRow } from '../decisions/view.ts';
import { changeStatus } from '../register/status.ts';
import { decideReview } from '../reviews/index.ts';
import { typed } from '../store/index.ts';
import { grantDelegation, listDelegations, revokeDelegation } from '../training/index.ts';
import { deskPages } from './pages.tsx';
import type { DeskTables } from './tables.ts';

const DESK = `/fr/staff/${AUTHORITY_A}/desk`;

let p: TestPlatform;
let app: Hono<WebEnv>;
let reviewerId: string;
let reviewer: Visitor;
let second: Visitor;
let supervisor: string;
before(async () => {
  p = await makePlatform();
  app = webApp(deskPages(p));
  reviewerId = await signingReviewer(p, 'Nadia El Amrani');
  reviewer = await signedIn(p, app, AUTHORITY_A, reviewerId);
  second = await signedIn(p, app, AUTHORITY_A, await signingReviewer(p, 'Karim Bennis'));
  supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor']);
});
after(() => p.dispose());

let decision: string;
let caseId: string;
let page: string;
let text: string;
let written = 0;
beforeEach(async () => {
  ({ decision, case: caseId } = await newCase(p, 'adverse'));
  page = `${DESK}/${decision}`;
  text = `${REASONS.fr} (${written++})`;
});

const filled = (more: Record<string, string> = {}) => ({ word: 'confirm', lang: 'fr', text, ...more });
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replaceAll('&#39;', "'");
const settlements = async () =>
  (await caseLife(p, AUTHORITY_A, caseId)).filter((e) => /^proposal-/.test(e.type));
const waits = async () => {
  assert.equal((await findDecisionRow(p, AUTHORITY_A, decision))?.status, 'awaiting-person');
  assert.deepEqual(await settlements(), []);
};
const drafts = () =>
  typed<DeskTables>(p.store.read)
    .selectFrom('desk_drafts')
    .selectAll()
    .where('decision_id', '=', decision)
    .execute();
/** Sends the form; the fields of the button that signs. */
async function toCheck(visitor: Visitor, fields = filled()): Promise<{ csrf: string; shown: string }> {
  const { status, location } = await visitor.post(page, fields);
  assert.deepEqual([status, location], [303, `${page}/check`]);
  return signFields(visitor);
}
async function signFields(visitor: Visitor): Promise<{ csrf: string; shown: string }> {
  const { html } = await visitor.get(`${page}/check`);
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
  return { csrf: field('csrf'), shown: field('shown') };
}

describe('the form', () => {
  for (const [what, change, said, field] of [
    ['no answer', { word: '' }, /Choisissez ce que vous décidez/, 'word'],
    ['an answer that is not offered', { word: 'delete' }, /Choisissez ce que vous décidez/, 'word'],
    ['no language', { lang: '' }, /Choisissez la langue de votre texte/, 'lang'],
    [
      'no article',
      { text: 'Le ménage est trop aisé. Revenus déclarés du ménage : 20 000 dirhams par mois. <b>Fin</b>.' },
      /Il manque le motif de droit : nommez un article de la base légale, par exemple « article 4 »/,
      'text',
    ],
    [
      'no fact',
      { text: "Vu l'article 7 du règlement, le ménage ne remplit pas les conditions. <b>Fin</b>." },
      /Il manque le motif de fait : nommez un fait de ce dossier avec sa valeur, par exemple « .+ : .+ »/,
      'text',
    ],
    [
      'a short text',
      { text: 'Non.' },
      /Écrivez de 40 à 4000 caractères\..*motif de droit.*motif de fait/,
      'text',
    ],
    [
      'a long text',
      { text: `${REASONS.fr} ${'x'.repeat(4_000)}` },
      /Écrivez de 40 à 4000 caractères/,
      'text',
    ],
  ] as const) {
    test(`with ${what} comes back with the fault beside its field and everything typed`, async () => {
      const fields = filled(change as Record<string, string>);
      const { status, html } = await reviewer.post(page, fields);
      assert.equal(status, 422);
      assert.match(words(html), said);
      assert.match(html, new RegExp(`href="#field-${field}"`));
      assert.match(html, new RegExp(`id="field-${field}-error"`));
      const kept = /<textarea[^>]*>\n([^<]*)<\/textarea>/.exec(html)?.[1] ?? '';
      const typed = kept.replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      assert.equal(typed, fields.text);
      if (fields.word === 'confirm') assert.match(html, /value="confirm" checked/);
      if (fields.lang === 'fr') assert.match(html, /<option value="fr" selected/);
      await waits();
    });
  }

  test('says every fault at once', async () => {
    const { html } = await reviewer.post(page, { word: '', lang: '', text: '' });
    assert.match(words(html), /Il y a 3 points à corriger/);
  });

  test('refuses a text that stands in too many other files', async () => {
    const same = `${REASONS.fr} Texte recopié.`;
    for (let i = 0; i < 5; i++) {
      const { decision: other } = await newCase(p, 'adverse');
      [page, decision] = [`${DESK}/${other}`, other];
      await reviewer.send(`${page}/check`, await toCheck(reviewer, filled({ text: same })));
    }
    const { decision: sixth } = await newCase(p, 'adverse');
    const { status, html } = await reviewer.post(`${DESK}/${sixth}`, filled({ text: same }));
    assert.equal(status, 422);
    assert.match(words(html), /Le même texte figure déjà dans d’autres dossiers/);
    assert.match(html, /Texte recopié/);
  });

  test('keeps what was typed for its writer, in every language, sealed', async () => {
    const typed = 'Phrase inachevée à retrouver';
    await reviewer.post(page, filled({ text: typed }));
    for (const lang of ['fr', 'ar', 'en', 'zgh']) {
      assert.match((await reviewer.get(page.replace('/fr/', `/${lang}/`))).html, new RegExp(typed));
    }
    assert.match(words((await reviewer.get(DESK)).html), /texte commencé/);
    assert.doesNotMatch((await second.get(page)).html, new RegExp(typed));
    const [row] = await drafts();
    assert.ok(row && !Buffer.from(row.sealed).includes(Buffer.from('inachev')));
  });

  test('offers citations in the language of the page, the heaviest facts first', async () => {
    const french = words((await reviewer.get(page)).html);
    assert.match(
      french,
      /article 4 article 7 Faits qui ont le plus pesé Revenus déclarés du ménage : 20 000 dirhams par mois/,
    );
    const arabic = words((await reviewer.get(page.replace('/fr/', '/ar/'))).html);
    assert.match(arabic, /المادة 4 المادة 7/);
    assert.match(arabic, /الدخل المصرَّح به للأسرة: 20\.000 درهم في الشهر/);
  });
});

describe('check before you sign', () => {
  test('shows exactly what is then sealed, and decides nothing by being shown', async () => {
    const fields = await toCheck(reviewer);
    const shown = words((await reviewer.get(`${page}/check`)).html);
    assert.match(shown, /Décision Aide refusée comme la règle le proposait/);
    assert.ok(shown.includes(text.replace(/\s+/g, ' ')));
    assert.match(shown, /score et seuil, article 7/);
    assert.match(shown, /Revenus déclarés du ménage : 20 000 dirhams par mois Type de logement : villa/);
    assert.match(
      shown,
      /Nadia El Amrani.*Décision n° 12\/2026 du 1er mars 2026 au 1er mars 2027, pour ce système/,
    );
    await waits();
    const { status, location } = await reviewer.send(`${page}/check`, fields);
    assert.deepEqual([status, location], [303, `${page}/signed`]);
    const [sealed] = await settlements();
    assert.equal(sealed?.type, 'proposal-confirmed');
    assert.deepEqual(sealed?.facts.reasons, {
      text,
      lang: 'fr',
      articles: ['spec_threshold'],
      facts: ['earnings', 'dwelling'],
    });
    const by = sealed?.facts.decided_by as { staff: string; delegation: { instrument: string } };
    assert.deepEqual([by.staff, by.delegation.instrument], [reviewerId, 'Décision n° 12/2026']);
    assert.equal(typeof sealed?.facts.seconds, 'number');
    assert.deepEqual(await drafts(), [], 'nothing stays of the draft');
  });

  test('an override is in the person’s favour', async () => {
    const fields = await toCheck(reviewer, filled({ word: 'override' }));
    assert.match(words((await reviewer.get(`${page}/check`)).html), /Aide accordée contre la proposition/);
    await reviewer.send(`${page}/check`, fields);
    const row = await findDecisionRow(p, AUTHORITY_A, decision);
    assert.deepEqual([row?.status, row?.effect, row?.overridden], ['effective', 'favourable', 1]);
  });

  test('is only reached with a text that suffices', async () => {
    assert.equal((await reviewer.get(`${page}/check`)).location, page);
    await reviewer.post(page, filled({ word: '' }));
    assert.equal((await reviewer.get(`${page}/check`)).location, page);
    await reviewer.post(page, filled({ text: 'Non.' }));
    assert.match(words((await reviewer.get(`${page}/check`)).html), /Il manque le motif de droit/);
    const sent = { csrf: await reviewer.token(DESK), shown: 'x' };
    assert.equal((await reviewer.send(`${page}/check`, sent)).status, 422);
    await waits();
  });

  test('signs nothing else than what was shown', async () => {
    const fields = await toCheck(reviewer);
    await toCheck(reviewer, filled({ word: 'override', text: `${text} Autre.` }));
    const { status, html } = await reviewer.send(`${page}/check`, fields);
    assert.equal(status, 409);
    assert.match(words(html), /Quelque chose a changé.*Aide accordée.*Autre\./);
    await waits();
    assert.equal((await reviewer.send(`${page}/check`, await signFields(reviewer))).status, 303);
  });

  test('signs under the delegation shown, or not at all', async () => {
    const staffId = await signingReviewer(p, 'Hind Tazi');
    const visitor = await signedIn(p, app, AUTHORITY_A, staffId);
    const fields = await toCheck(visitor);
    const held = (await listDelegations(p, AUTHORITY_A, { staffId })).filter(
      (d) => d.act === 'confirm-adverse',
    );
    const [old] = held;
    await revokeDelegation(p, {
      authorityId: AUTHORITY_A,
      delegationId: old?.delegationId ?? '',
      by: supervisor,
    });
    const refused = await visitor.send(`${page}/check`, fields);
    assert.equal(refused.status, 403);
    assert.match(words(refused.html), /a été retirée.*Votre texte, non signé/);
    assert.ok(words(refused.html).includes(text));
    await grantDelegation(p, {
      authorityId: AUTHORITY_A,
      staffId,
      act: 'confirm-adverse',
      scope: 'all',
      from: '2026-03-01',
      to: '2027-03-01',
      instrument: 'Décision n° 15/2026',
    });
    const changed = await visitor.send(`${page}/check`, fields);
    assert.equal(changed.status, 409);
    assert.match(words(changed.html), /Quelque chose a changé.*Décision n° 15\/2026.*pour tous les systèmes/);
    await waits();
  });
});

describe('after signing', () => {
  test('the page says what happens next and leads to the next file', async () => {
    const { decision: other } = await newCase(p, 'adverse');
    await reviewer.send(`${page}/check`, await toCheck(reviewer));
    const { html, status } = await reviewer.get(`${page}/signed`);
    assert.equal(status, 200);
    assert.match(
      words(html),
      /Décision signée.*Aide refusée.*L’avis est prêt.*La notification.*peut demander un réexamen/,
    );
    const next = [...html.matchAll(/href="([^"]+\/desk\/dec_\w+)"/g)].map(([, href]) => href);
    assert.ok(next[0] !== undefined && next[0] !== page);
    assert.equal((await reviewer.get(next[0])).status, 200);
    assert.match(words(html), /propositions? vous attend/);
    assert.notEqual(other, decision);
  });

  test('a second sending says that it was signed once', async () => {
    const fields = await toCheck(reviewer);
    assert.equal((await reviewer.send(`${page}/check`, fields)).status, 303);
    const again = await reviewer.send(`${page}/check`, fields);
    assert.equal(again.status, 409);
    assert.match(words(again.html), /Vous avez déjà signé cette décision.*scellée une seule fois/);
    assert.doesNotMatch(words(again.html), /non signé/);
    const form = await reviewer.send(page, { csrf: fields.csrf, ...filled() });
    assert.equal(form.status, 409);
    assert.equal((await settlements()).length, 1);
  });

  test('two sendings at the same moment sign once', async () => {
    const fields = await toCheck(reviewer);
    const answers = await Promise.all([1, 2, 3].map(() => reviewer.send(`${page}/check`, fields)));
    const statuses = answers.map((answer) => answer.status).sort();
    assert.equal(statuses.filter((status) => status === 303).length, 1, statuses.join());
    assert.deepEqual(statuses.slice(1), [409, 409]);
    for (const { status, html } of answers) if (status === 409) assert.match(words(html), /déjà signé/);
    assert.equal((await settlements()).length, 1);
  });

  test('who comes second reads who was faster, and gets the own text back', async () => {
    const mine = await toCheck(second, filled({ text: `${text} De Karim.` }));
    await reviewer.send(`${page}/check`, await toCheck(reviewer));
    const late = await second.send(`${page}/check`, mine);
    assert.equal(late.status, 409);
    assert.match(words(late.html), /Nadia El Amrani a signé le.*Aide refusée.*non signé.*De Karim\./);
    assert.equal((await settlements()).length, 1);
    assert.equal((await second.get(`${page}/signed`)).location, page);
    const form = await second.send(page, { csrf: mine.csrf, ...filled({ text: 'Encore autre chose.' }) });
    assert.match(words(form.html), /Encore autre chose\./);
  });

  test('a later decision that replaced it is said', async () => {
    const first = await staffMember(p, 'first', ['reviewer'], { password: null });
    const other = await staffMember(p, 'other', ['reviewer'], { password: null });
    const review = await reviewOfRefusal(p, {
      by: first,
      to: other,
      supervisor: { staffId: supervisor, account: '' },
    });
    await decideReview(p, {
      authorityId: AUTHORITY_A,
      reviewId: review.reviewId,
      staffId: other.staffId,
      outcome: 'upheld',
      reasons: { lang: 'fr', text: reasonsText() },
    });
    const { html } = await reviewer.get(`${DESK}/${review.decisionId}`);
    assert.match(words(html), /Une décision ultérieure a remplacé celle-ci/);
  });
});

describe('every form', () => {
  test('is refused without its token, with another’s, and from another site', async () => {
    const { csrf, shown } = await toCheck(reviewer);
    const foreign = await second.token(DESK);
    for (const path of [page, `${page}/check`]) {
      const fields = { ...filled(), shown };
      assert.equal((await reviewer.send(path, fields)).status, 403);
      assert.equal((await reviewer.send(path, { ...fields, csrf: foreign })).status, 403);
      const elsewhere = { origin: 'https://ailleurs.example' };
      assert.equal((await reviewer.send(path, { ...fields, csrf }, elsewhere)).status, 403);
    }
    await waits();
  });

  test('signs nothing once the system is suspended', async () => {
    const fields = await toCheck(reviewer);
    const change = { authorityId: AUTHORITY_A, systemId: SYSTEM, reason: { fr: 'essai' } };
    await changeStatus(p, { ...change, to: 'suspended', by: 'stf_a' });
    try {
      const answer = await reviewer.send(`${page}/check`, fields);
      assert.equal(answer.status, 409);
      assert.match(words(answer.html), /Ce système est suspendu.*Votre texte, non signé/);
      await waits();
    } finally {
      for (const by of ['stf_a', 'stf_b']) await changeStatus(p, { ...change, to: 'live', by });
    }
    assert.equal((await reviewer.send(`${page}/check`, fields)).status, 303, 'the draft is still there');
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../../test/make-platform.ts';
import { newLetter, openedBy, refusedCase, signingReviewer } from '../../../test/opened-file.ts';
import { qualified } from '../../../test/reviewing.ts';
import { Visitor } from '../../../test/visitor.ts';
import { webApp } from '../../../test/web-app.ts';
import type { WebEnv } from '../../access/index.ts';
import { assignReview, decideReview, reviewsOfCase } from '../../reviews/index.ts';
import { citizenPages } from '../index.ts';

let p: TestPlatform;
let app: Hono<WebEnv>;
let reviewer: string;
before(async () => {
  p = await makePlatform();
  app = webApp(citizenPages(p));
  reviewer = await signingReviewer(p);
});
after(() => p.dispose());

const AT = '/fr/case/review';
const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const step = async (visitor: Visitor, name: string, fields: Record<string, string>) =>
  (await visitor.post(`${AT}/${name}`, fields)).location?.replace(`${AT}/`, '');
const reviews = (caseId: string) => reviewsOfCase(p, AUTHORITY_A, caseId);

async function ready() {
  const answer = await refusedCase(p, reviewer);
  return { answer, visitor: await openedBy(p, app, answer.case) };
}

test('a wrong fact: asked one by one, checked, sent once, acknowledged with its clock', async () => {
  const { answer, visitor } = await ready();
  assert.equal(await step(visitor, 'ground', { ground: 'data-wrong' }), 'facts');
  assert.equal(await step(visitor, 'facts', { facts: 'earnings' }), 'values');
  assert.equal(await step(visitor, 'values', { 'value-earnings': '٢ ٥٠٠' }), 'text');
  assert.equal(await step(visitor, 'text', { text: '' }), 'files');
  assert.equal(await step(visitor, 'files', {}), 'contact');
  assert.equal(await step(visitor, 'contact', { contact: '06 12 34 56 78' }), 'who');
  assert.equal(await step(visitor, 'who', { who: 'self' }), 'check');
  const check = text((await visitor.get(`${AT}/check`)).html);
  assert.match(check, /2\s500\sdirhams par mois au lieu de 20\s000/);
  assert.equal((await reviews(answer.case)).length, 0);

  const token = await visitor.token(`${AT}/check`);
  const sent = await visitor.send(`${AT}/check`, { csrf: token });
  assert.equal(sent.location, `${AT}/sent`);
  const again = await visitor.send(`${AT}/check`, { csrf: token });
  assert.equal(again.location, `${AT}/follow`, 'sending twice sends once');
  const [review, ...others] = await reviews(answer.case);
  assert.equal(others.length, 0);
  assert.deepEqual(review?.asked.corrections, { earnings: 2500 });
  assert.equal(review?.asked.contact, '06 12 34 56 78');
  assert.deepEqual(review?.asked.filedBy, { kind: 'person' });
  const page = text((await visitor.get(`${AT}/sent`)).html);
  assert.ok(page.includes('Nous avons votre demande') && page.includes('peut-être déjà'), page);
  assert.match(page, /L'administration traite votre réclamation.*Jusqu’au \d+(?:er)? (?:avril|mai) 2026/);
  assert.match(text((await visitor.get('/fr/case/decision')).html), /Vous avez demandé un réexamen/);
});

test('a fact whose right value nobody knows goes along in words', async () => {
  const { answer, visitor } = await ready();
  await step(visitor, 'ground', { ground: 'data-wrong' });
  await step(visitor, 'facts', { facts: 'vehicle' });
  assert.equal(await step(visitor, 'values', {}), 'text');
  const refused = await visitor.post(`${AT}/text`, { text: ' ' });
  assert.equal(refused.status, 422, 'words are needed where no value is given');
  await step(visitor, 'text', { text: 'La voiture est vendue.' });
  await step(visitor, 'files', {});
  await step(visitor, 'contact', { contact: '' });
  await step(visitor, 'who', { who: 'self' });
  await visitor.post(`${AT}/check`, {});
  const [review] = await reviews(answer.case);
  assert.deepEqual(review?.asked.corrections, {});
  assert.match(
    review?.asked.text ?? '',
    /^La voiture est vendue\.\nVoiture immatriculée.*n’est pas connue$/s,
  );
});

test('who only wants a person answers four questions', async () => {
  const { answer, visitor } = await ready();
  assert.equal(await step(visitor, 'ground', { ground: 'want-person' }), 'text');
  assert.equal(await step(visitor, 'text', { text: '' }), 'files');
  assert.equal(await step(visitor, 'files', {}), 'contact');
  assert.equal(await step(visitor, 'contact', { contact: '' }), 'who');
  assert.equal(await step(visitor, 'who', { who: 'self' }), 'check');
  await visitor.post(`${AT}/check`, {});
  assert.equal((await reviews(answer.case))[0]?.asked.ground, 'want-person');
});

test('wrong answers are shown beside their field with everything typed still there', async () => {
  const { visitor } = await ready();
  const none = await visitor.post(`${AT}/ground`, {});
  assert.equal(none.status, 422);
  assert.match(none.html, /Erreur/);
  await step(visitor, 'ground', { ground: 'data-wrong' });
  assert.equal((await visitor.post(`${AT}/facts`, { facts: 'no-such-fact' })).status, 422);
  await step(visitor, 'facts', { facts: 'earnings' });
  for (const typed of ['beaucoup', '-1', '999999999', '1,5', '1e3']) {
    const page = await visitor.post(`${AT}/values`, { 'value-earnings': typed });
    assert.equal(page.status, 422, typed);
    assert.ok(page.html.includes(`value="${typed}"`), typed);
  }
  const long = 'a'.repeat(4001);
  const page = await visitor.post(`${AT}/text`, { text: long });
  assert.equal(page.status, 422);
  assert.ok(page.html.includes(long));
  assert.equal((await visitor.post(`${AT}/who`, { who: 'rep_somebody' })).status, 422);
});

test('what was typed survives a lost session and a restart, and only in the same file', async () => {
  const { answer, visitor } = await ready();
  await step(visitor, 'ground', { ground: 'other' });
  const token = await visitor.token(`${AT}/text`);
  const words = 'Une longue explication, écrite lentement.';
  p.clock.moveTo(p.clock.now().add({ minutes: 45 }));
  const ended = await visitor.send(`${AT}/text`, { csrf: token, text: words });
  assert.equal(ended.status, 200);
  const keep = /name="keep" value="([^"]+)"/.exec(ended.html)?.[1] ?? '';
  assert.ok(keep !== '' && !Buffer.from(keep, 'base64url').includes('explication'));

  const stranger = await refusedCase(p, reviewer);
  const other = new Visitor(app);
  const { reference, code } = await newLetter(p, stranger.case);
  const { location } = await other.post('/fr/case', { reference, code, keep });
  assert.equal(location, '/fr/case/decision');
  assert.ok(!(await other.get(`${AT}/text`)).html.includes(words));

  const letter = await newLetter(p, answer.case);
  const back = await visitor.post('/fr/case', { reference: letter.reference, code: letter.code, keep });
  assert.equal(back.location, `${AT}/text`);
  assert.ok((await visitor.get(`${AT}/text`)).html.includes(words));
  assert.equal((await visitor.get(AT)).html.includes('Continuer'), true);
});

test('a draft can be thrown away', async () => {
  const { visitor } = await ready();
  await step(visitor, 'ground', { ground: 'other' });
  await visitor.post(`${AT}/discard`, {}, AT);
  assert.ok(!(await visitor.get(`${AT}/ground`)).html.includes('checked'));
});

test('following: rejected with its reasons, then a new request; upheld shows the new decision first', async () => {
  const { answer, visitor } = await ready();
  await signingReviewer(p, 'Hicham Ziani');
  await signingReviewer(p, 'Hicham Ziani');
  const ask = async () => {
    p.clock.moveTo(p.clock.now().add({ minutes: 1 }));
    for (const [name, fields] of [
      ['ground', { ground: 'reasons-wrong' }],
      ['text', { text: 'La maison n’est pas une villa.' }],
      ['files', {}],
      ['contact', {}],
      ['who', { who: 'self' }],
      ['check', {}],
    ] as const) {
      await visitor.post(`${AT}/${name}`, { ...fields });
    }
    return (await reviews(answer.case))[0]?.reviewId as string;
  };
  const decideOn = async (reviewId: string, outcome: 'upheld' | 'rejected', words: string) => {
    await qualified(p, reviewId);
    const { to: staffId } = await assignReview(p, { authorityId: AUTHORITY_A, reviewId });
    const reasons = { lang: 'fr', text: words } as const;
    await decideReview(p, { authorityId: AUTHORITY_A, reviewId, staffId, outcome, reasons });
  };
  await decideOn(
    await ask(),
    'rejected',
    "Vu l'article 7 : le type de logement est villa, le dossier le confirme. Demande rejetée.",
  );
  const rejected = text((await visitor.get(`${AT}/follow`)).html);
  assert.ok(
    rejected.includes('non acceptée') &&
      rejected.includes('Demande rejetée.') &&
      rejected.includes('Médiateur'),
  );

  await decideOn(
    await ask(),
    'upheld',
    "Vu l'article 7 : type de logement villa, inscrit à tort. La demande est acceptée ici.",
  );
  const decision = text((await visitor.get('/fr/case/decision')).html);
  assert.ok(decision.includes('Aide accordée') && decision.includes('Hicham Ziani'));
  assert.ok(decision.includes('Cette décision en remplace une autre'));
  const earlier = text((await visitor.get('/fr/case/earlier/1')).html);
  assert.ok(earlier.includes('Cette décision ne s’applique plus') && earlier.includes('Nadia El Amrani'));
  assert.equal((await visitor.get('/fr/case/earlier/2')).status, 404);
});

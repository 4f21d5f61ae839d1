import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Hono } from 'hono';
import {
  AUTHORITY_A,
  inputOf,
  makePlatform,
  people,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { newCase, newLetter, openedBy, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import type { WebEnv } from '../access/index.ts';
import { listAccess } from '../access/index.ts';
import { verifyReceiptText } from '../notices/index.ts';
import { loadLive, type PublishedSystem } from '../register/systems.ts';
import { citizenPages, publicPages, whatWouldChange } from './index.ts';

let p: TestPlatform;
let app: Hono<WebEnv>;
let reviewer: string;
before(async () => {
  p = await makePlatform();
  app = webApp(publicPages(p), citizenPages(p));
  reviewer = await signingReviewer(p);
});
after(() => p.dispose());

const PAGES = ['decision', 'reasons', 'facts', 'life', 'receipt', 'receipt/check', 'letter', 'review'];
const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

test('a letter opens its file; the cookie is for this browser and server alone', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const { reference, code } = await newLetter(p, caseId);
  const visitor = new Visitor(app);
  const { status, location, response } = await visitor.post('/fr/case', {
    reference: ` ${reference.toLowerCase().replace('-', ' ').replaceAll('0', 'o')} `,
    code: code.replace(/(....)/g, '$1-').replace(/[0-9]/g, (d) => '٠١٢٣٤٥٦٧٨٩'[Number(d)] as string),
  });
  assert.deepEqual([status, location], [303, '/fr/case/decision']);
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('taalil-citizen='));
  assert.match(cookie ?? '', /HttpOnly/i);
  assert.match(cookie ?? '', /SameSite=Lax/i);
  assert.ok(!cookie?.includes(caseId) && !cookie?.includes(reference));
  const page = await visitor.get('/fr/case/decision');
  assert.equal(page.status, 200);
  assert.equal(page.response.headers.get('cache-control'), 'no-store');
  const { entries } = await listAccess(p, AUTHORITY_A, { caseId });
  assert.deepEqual(
    entries.map((e) => [e.actor, e.action]),
    [['citizen', 'case.open']],
  );
});

test('a refusal: reasons of law and fact first, in the words and under the name of the person who decided', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const visitor = await openedBy(p, app, caseId);
  const page = text((await visitor.get('/fr/case/decision')).html);
  for (const part of [
    'Aide refusée',
    "Vu l'article 7",
    'Nadia El Amrani',
    'Décision n° 12/2026',
    'Demander un réexamen',
  ]) {
    assert.ok(page.includes(part), part);
  }
  assert.ok(page.indexOf("Vu l'article 7") < page.indexOf('Nadia El Amrani'));
  assert.ok(page.includes('Le délai pour saisir le tribunal court peut-être déjà'));
});

test('the points on the page add up to the last digit', async () => {
  const visitor = await openedBy(p, app, (await refusedCase(p, reviewer)).case);
  const { html } = await visitor.get('/fr/case/reasons');
  const cells = [...html.matchAll(/class="ta-figures-cell"[^>]*>(.*?)<\/td>/g)].map((m) =>
    text(m[1] ?? '')
      .replace(/[\s\u00a0\u202f]/g, '')
      .replace('−', '-')
      .replace(',', '.'),
  );
  const thousandths = cells.map((cell) => Math.round(Number(cell) * 1000));
  assert.ok(
    thousandths.every((n) => Number.isInteger(n)) && cells.every((c) => /^[+-]?\d+\.\d{3}$/.test(c)),
    cells.join(),
  );
  const [base, score, limit] = thousandths.slice(-3) as [number, number, number];
  assert.equal(
    thousandths.slice(0, -3).reduce((a, b) => a + b, base),
    score,
  );
  assert.ok(score > limit);
});

test('where a corrected record would change the outcome, the page says so, and never on a forbidden topic', async () => {
  const { model, record } = (await loadLive(p.store, AUTHORITY_A, SYSTEM)) as PublishedSystem;
  const villa = people(1500, 'facts-page').map(({ household }) =>
    inputOf({ ...household, dwelling: 'villa' }),
  );
  let facts: (typeof villa)[number] | undefined;
  for (const one of villa) {
    const explanation = await model.explain(one);
    const effect = explanation.favourable ? 'favourable' : 'adverse';
    const answer = await whatWouldChange({ record, model, facts: one, explanation, effect });
    if (!answer.nothingToChange) {
      facts = one;
      break;
    }
  }
  assert.ok(facts);
  const { case: caseId } = await refusedCase(p, reviewer, 'fr', facts);
  const visitor = await openedBy(p, app, caseId);
  const page = text((await visitor.get('/fr/case/facts')).html);
  assert.match(page, /Si la vraie valeur est .+?, la règle donne : Aide accordée/);
  assert.ok(page.includes('Ceci n’est pas un conseil') && !page.includes('Vous n’avez rien à changer'));
  const none = await openedBy(p, app, (await refusedCase(p, reviewer)).case);
  assert.ok(text((await none.get('/fr/case/facts')).html).includes('Vous n’avez rien à changer'));
});

test('a proposal shows no outcome, no score and no reason on any page or in the receipt', async () => {
  const { case: caseId } = await newCase(p, 'adverse');
  const visitor = await openedBy(p, app, caseId);
  for (const page of [...PAGES.filter((x) => x !== 'review'), 'receipt.json']) {
    const { html: whole, status } = await visitor.get(`/fr/case/${page}`);
    assert.equal(status, 200, page);
    // Names of every kind of event, whatever the case, for the script that checks receipts.
    const html = whole.replace(/<template data-part="titles">.*?<\/template>/s, '');
    for (const said of [
      'refus',
      'Refus',
      'accord',
      'adverse',
      'favourable',
      '12,778',
      'contre vous',
      'outcome',
    ]) {
      assert.ok(!html.includes(said), `${page} says "${said}"`);
    }
  }
  assert.match((await visitor.get('/fr/case/decision')).html, /Une personne examine votre dossier/);
  assert.equal((await visitor.get('/fr/case/review/ground')).location, '/fr/case/decision');
});

test('a wrong code opens nothing, keeps what was typed, and too many make one wait', async () => {
  const { reference, code } = await newLetter(p, (await refusedCase(p, reviewer)).case);
  const visitor = new Visitor(app);
  const wrong = code.replace(/.$/, (d) => String((Number(d) + 1) % 10));
  for (let i = 0; i < 5; i++) {
    const page = await visitor.post('/fr/case', { reference, code: wrong });
    assert.equal(page.status, 422);
    assert.ok(page.html.includes(`value="${reference}"`) && page.html.includes(`value="${wrong}"`));
    assert.ok(text(page.html).includes('ne vont pas ensemble'));
    assert.ok(!visitor.cookies.has('taalil-citizen'));
  }
  const locked = await visitor.post('/fr/case', { reference, code });
  assert.equal(locked.status, 429);
  assert.equal(locked.response.headers.get('retry-after'), '60');
  assert.ok(text(locked.html).includes('dans 1 minute.'));
  const shape = await new Visitor(app).post('/fr/case', { reference: 'x', code: '12' });
  assert.equal(shape.status, 422);
});

test('an old code opens nothing after a new one, and the file it had opened is closed', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const { reference, code } = await newLetter(p, caseId);
  const visitor = new Visitor(app);
  await visitor.post('/fr/case', { reference, code });
  await newLetter(p, caseId);
  const page = await visitor.get('/fr/case/decision');
  assert.deepEqual([page.status, page.location], [303, '/fr/case?ended']);
  assert.equal((await visitor.post('/fr/case', { reference, code })).status, 422);
});

test('leaving closes the file on this device', async () => {
  const visitor = await openedBy(p, app, (await refusedCase(p, reviewer)).case);
  const left = await visitor.post('/fr/case/leave', {}, '/fr/case/decision');
  assert.equal(left.location, '/fr/case/left');
  assert.ok(!visitor.cookies.has('taalil-citizen'));
  assert.equal((await visitor.get('/fr/case/decision')).location, '/fr/case');
});

test('every form needs its token; no page needs JavaScript', async () => {
  const visitor = await openedBy(p, app, (await refusedCase(p, reviewer)).case);
  for (const page of PAGES) {
    const { html } = await visitor.get(`/fr/case/${page}`);
    // The script that checks the receipt once more is all there is; nothing waits for it.
    const without = html.replace(/<script src="\/assets\/check-receipt\.\w+\.js" defer=""><\/script>/, '');
    assert.ok(!/<script|onclick|javascript:/i.test(without), page);
    for (const form of html.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? []) {
      assert.match(form, /name="csrf"/, page);
      assert.match(form, /type="submit"/, page);
    }
  }
  const { csrf: _, ...fields } = { csrf: '', ground: 'other' };
  await visitor.get('/fr/case/review/ground');
  assert.equal((await visitor.send('/fr/case/review/ground', fields)).status, 403);
});

test('nothing of the case stands in an address', async () => {
  const { case: caseId, decision } = await refusedCase(p, reviewer);
  const { reference, code } = await newLetter(p, caseId);
  const visitor = new Visitor(app);
  await visitor.post('/fr/case', { reference, code });
  const secrets = [reference, code, caseId, decision, '20000', 'villa', 'earnings', 'Nadia'];
  for (const page of [...PAGES, 'review/ground', 'review/facts']) {
    const { html } = await visitor.get(`/fr/case/${page}`);
    for (const [, address = ''] of html.matchAll(/(?:href|action|src)="([^"]*)"/g)) {
      for (const secret of secrets) assert.ok(!address.includes(secret), `${page}: ${address}`);
    }
    assert.ok(!html.includes(code), page);
  }
});

test('a saved receipt is good; a forged one is not, whoever checks it', async () => {
  const visitor = await openedBy(p, app, (await refusedCase(p, reviewer)).case);
  const saved = await visitor.get('/fr/case/receipt.json');
  assert.match(
    saved.response.headers.get('content-disposition') ?? '',
    /attachment; filename=".{11}\.taalil\.json"/,
  );
  assert.equal((await verifyReceiptText(p, saved.html)).kind, 'valid');
  assert.ok(text((await visitor.get('/fr/case/receipt/check')).html).includes('Cette preuve est bonne'));
  const anybody = new Visitor(app);
  const check = async (receipt: string) => {
    const page = await anybody.send('/fr/receipt', { text: receipt });
    return [page.status, text(page.html)] as const;
  };
  const [good, said] = await check(saved.html);
  assert.equal(good, 200);
  assert.ok(said.includes('Cette preuve est bonne') && said.includes('Agence spécimen du soutien'));
  const [bad, broken] = await check(saved.html.replace('"effect":"adverse"', '"effect":"favourable"'));
  assert.equal(bad, 422);
  assert.ok(broken.includes('Quelque chose ne tient pas'));
  assert.ok((await check('{"v":1}'))[1].includes('Ce n’est pas une preuve'));
  assert.ok((await check(''))[1].includes('Choisissez un fichier'));
  assert.equal(anybody.cookies.size, 0);
});

test('a file too large to be a receipt is refused without being read', async () => {
  const body = new FormData();
  body.set('file', new File([new Uint8Array(5 * 1024 * 1024)], 'x.json'));
  const answer = await app.request('/fr/receipt', { method: 'POST', body });
  assert.equal(answer.status, 413);
  const form = new FormData();
  form.set('file', new File(['<script>alert(1)</script>'], 'x.json'));
  const page = await app.request('/fr/receipt', { method: 'POST', body: form });
  assert.equal(page.status, 422);
  assert.ok(!(await page.text()).includes('<script>alert'));
});

test('public pages are the same for everybody and may be cached', async () => {
  for (const path of ['/fr', '/ar', '/zgh/human', '/en/receipt']) {
    const { status, response } = await new Visitor(app).get(path);
    assert.equal(status, 200, path);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
    assert.equal(response.headers.getSetCookie().length, 0);
  }
  assert.equal((await app.request('/fr/nothing-here')).status, 404);
});

test('who checks receipts without end must wait', async () => {
  const alone = webApp(publicPages(p));
  const statuses = new Set<number>();
  for (let i = 0; i < 35; i++)
    statuses.add((await new Visitor(alone).send('/fr/receipt', { text: '{}' })).status);
  assert.deepEqual([...statuses], [422, 429]);
});

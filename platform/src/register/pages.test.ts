import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { addEvents } from '../../test/register-figures.ts';
import { makeStaff, signedIn, Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { endStaff } from '../access/index.ts';
import { logRoutes } from '../ledger/routes.ts';
import { LANGS } from '../web/index.ts';
import { registerPages } from './pages.tsx';
import { publishVersion } from './publish.ts';
import { snapshotIfDue } from './snapshots.ts';
import { changeStatus } from './status.ts';

let p: TestPlatform;
let app: ReturnType<typeof webApp>;
let anybody: Visitor;
before(async () => {
  p = await makePlatform();
  app = webApp(registerPages(p), logRoutes(p));
  anybody = new Visitor(app);
  await publish('bourses', {
    name: { fr: 'Bourses d’excellence' },
    purpose: { fr: 'Classer' },
    kindOfDecision: { fr: 'Bourse' },
    impactLevel: 2,
  });
  await live('bourses');
  await publish('brouillon', { name: { fr: 'Pas encore public' } });
});
after(() => p.dispose());

async function publish(system: string, change: object, version: 1 | 2 = 1) {
  const bytes = modelFile({ version, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(p, AUTHORITY_A, system, { ...RECORD, ...change }, { bytes, sha256 });
}
const live = (systemId: string) =>
  changeStatus(p, { authorityId: AUTHORITY_A, systemId, to: 'live', by: 'stf_x' });

const page = async (path: string) => {
  const { status, html } = await anybody.get(path);
  return {
    status,
    html,
    text: html
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', "'")
      .replace(/[\s\u00a0\u202f]+/g, ' '),
  };
};
const systemPath = (lang: string, system = SYSTEM) => `/${lang}/register/${AUTHORITY_A}/${system}`;
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href as string);

test('the list shows what is public, in every language, and no draft', async () => {
  for (const lang of LANGS) {
    const { status, html, text } = await page(`/${lang}/register`);
    assert.equal(status, 200);
    assert.ok(hrefs(html).includes(systemPath(lang)));
    assert.match(text, /Bourses d’excellence/);
    assert.doesNotMatch(html, /brouillon|Pas encore public/);
  }
});

test('a search finds with and without accents, in both scripts; a filter narrows', async () => {
  const found = async (query: string) =>
    hrefs((await page(`/fr/register?${query}`)).html).filter((href) =>
      href.startsWith(`/fr/register/${AUTHORITY_A}/`),
    );
  assert.deepEqual(await found('q=MENAGES'), [systemPath('fr')]);
  assert.deepEqual(await found(`q=${encodeURIComponent('الاسر')}`), [systemPath('fr')]);
  assert.deepEqual(await found('q=&authority=&status=live&level=2'), [systemPath('fr', 'bourses')]);
  assert.deepEqual(await found('status=retired'), []);
  assert.equal((await found('status=nonsense&level=9')).length, 2, 'what is not understood is left out');
});

test('what was typed stays in the form, escaped', async () => {
  const { html } = await page(`/fr/register?q=${encodeURIComponent('"><script>x</script>')}`);
  assert.match(html, /value="&quot;&gt;&lt;script&gt;/);
  assert.doesNotMatch(html, /<script>x/);
});

test('a long list is walked by cursor and back to its first page', async () => {
  const many = await makePlatform();
  try {
    const walker = new Visitor(webApp(registerPages(many)));
    const bytes = modelFile({ version: 1, fault: false });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    for (let n = 10; n < 35; n++) {
      await publishVersion(many, AUTHORITY_A, `sys-${n}`, RECORD, { bytes, sha256 });
      await changeStatus(many, { authorityId: AUTHORITY_A, systemId: `sys-${n}`, to: 'live', by: 'stf_x' });
    }
    const linked = (html: string) => hrefs(html).filter((href) => href.includes(`/register/${AUTHORITY_A}/`));
    const first = (await walker.get('/fr/register?q=menages')).html;
    assert.equal(linked(first).length, 20);
    const next = hrefs(first)
      .find((href) => href.includes('after='))
      ?.replaceAll('&amp;', '&');
    const second = (await walker.get(next as string)).html;
    assert.equal(linked(second).length, 6);
    assert.deepEqual(
      linked(first).filter((href) => linked(second).includes(href)),
      [],
    );
    assert.ok(hrefs(second).includes('/fr/register?q=menages'));
  } finally {
    await many.dispose();
  }
});

test('a system’s page says everything that the record says, with the model file and its hash', async () => {
  const { html, text } = await page(systemPath('fr'));
  for (const said of [
    RECORD.purpose.fr,
    RECORD.kindOfDecision.fr,
    RECORD.outcomes.adverse.fr,
    RECORD.humanInvolvement.fr,
    RECORD.manualFallback.fr,
    RECORD.humanContact.telephone,
    'article 7',
    'Niveau d’impact 3 sur 4',
    'nombre entier de 0 à 100 000 (dirhams par mois)',
    'Registres sociaux (inventés)',
    'Une grille de points',
    'Motifs de chaque décision Exacts',
    ...RECORD.reasons.map((reason) => reason.label.fr),
  ]) {
    assert.ok(text.includes(said ?? '?'), `it does not say: ${said}`);
  }
  const model = hrefs(html).find((href) =>
    href.startsWith(`/api/v1/register/${AUTHORITY_A}/${SYSTEM}/models/`),
  );
  assert.ok(model && text.includes(model.slice(-64)));
  assert.ok(hrefs(html).includes(`/fr/log/${AUTHORITY_A}`));
});

test('a text that the agency did not give in the page’s language is marked with its own', async () => {
  const { html } = await page(systemPath('ar', 'bourses'));
  assert.match(html, /<h1><span lang="fr" dir="ltr">Bourses d’excellence<\/span><\/h1>/);
  assert.match(html, /الاسم متوفر بالفرنسية فقط/);
});

test('drafts, unknown systems, authorities and versions are not found', async () => {
  for (const path of [
    systemPath('fr', 'brouillon'),
    systemPath('fr', 'nowhere'),
    `/fr/register/${AUTHORITY_B}/${SYSTEM}`,
    `${systemPath('fr')}/versions/7`,
    '/fr/log/nobody',
    '/log/nobody/checkpoint',
  ]) {
    assert.equal((await anybody.get(path)).status, 404, path);
  }
});

test('figures appear with their intervals, and small ones are withheld in words', async () => {
  assert.match((await page(systemPath('fr'))).text, /Pas encore de chiffres/);
  await addEvents(p, '2026-03-05', { byRule: 400, confirmed: 100, overridden: 3 });
  p.clock.moveTo(Temporal.Instant.from('2026-04-01T08:00:00Z'));
  await snapshotIfDue(p);
  const { text } = await page(systemPath('fr'));
  assert.match(text, /Dossiers décidés 503/);
  assert.match(text, /19,9 % 100 sur 503 intervalle à 95 % : de 16,6 % à 23,6 %/);
  assert.match(text, /Propositions écartées par une personne Non publié moins de dix personnes/);
  assert.doesNotMatch(text, /3 sur 103/);
});

test('a suspension is public at once, with its reason, its date and the manual fallback', async () => {
  await publish('arret', { name: { fr: 'À suspendre' } });
  await live('arret');
  await changeStatus(p, {
    authorityId: AUTHORITY_A,
    systemId: 'arret',
    to: 'suspended',
    reason: { fr: 'Un coefficient est faux.' },
    by: 'stf_secret',
  });
  const { text, html } = await page(systemPath('fr', 'arret'));
  assert.match(text, /suspendu depuis le 1er avril 2026 : il ne décide de rien/);
  assert.match(text, /Un coefficient est faux\./);
  assert.ok(text.includes(RECORD.manualFallback.fr ?? '?'));
  assert.doesNotMatch(html, /stf_secret/);
  const arabic = await page(systemPath('ar', 'arret'));
  assert.match(arabic.html, /<span lang="fr" dir="ltr">Un coefficient est faux\.<\/span>/);
});

test('an earlier version is kept, and says that it is one', async () => {
  await publish('bourses', { name: { fr: 'Bourses d’excellence' }, purpose: { fr: 'Nouvelle finalité' } });
  assert.match((await page(systemPath('fr', 'bourses'))).text, /Nouvelle finalité/);
  const { text } = await page(`${systemPath('fr', 'bourses')}/versions/1`);
  assert.match(text, /Vous lisez la version 1/);
  assert.doesNotMatch(text, /Nouvelle finalité/);
});

test('the log’s page gives origin, key and checkpoint; the checkpoint is plain text', async () => {
  const { html, text } = await page(`/en/log/${AUTHORITY_A}`);
  const vkey = await p.ledger.vkey(AUTHORITY_A);
  assert.ok(text.includes(await p.ledger.origin(AUTHORITY_A)));
  assert.ok(
    text.includes(vkey) && text.includes(`receipt verify FILE --key '${vkey}`),
    'it says how to verify',
  );
  assert.ok(hrefs(html).includes(`/log/${AUTHORITY_A}/checkpoint`));
  const { response, html: note } = await anybody.get(`/log/${AUTHORITY_A}/checkpoint`);
  assert.equal(note, (await p.ledger.published(AUTHORITY_A))?.note);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
});

test('staff: suspend with a reason, then two supervisors re-arm', async () => {
  await publish('garde', { name: { fr: 'Gardé' } });
  const base = `/fr/staff/${AUTHORITY_A}/systems`;
  const registrar = await staff(['registrar']);
  assert.equal((await registrar.post(`${base}/garde/publish`, {})).location, `${base}/garde?done=done`);
  const [leila, omar] = [await staff(['supervisor'], 'Leila'), await staff(['supervisor'], 'Omar')];
  const suspend = `${base}/garde/suspend`;
  const empty = await leila.post(suspend, { reason_ar: ' ', reason_fr: '' });
  assert.equal(empty.status, 422);
  assert.match(empty.html, /Écrivez le motif dans une langue au moins/);
  const long = await leila.post(suspend, { reason_ar: 'سبب', reason_fr: 'x'.repeat(1_001) });
  assert.equal(long.status, 422);
  assert.match(long.html, /سبب/, 'nothing typed is lost');
  await leila.post(suspend, { reason_ar: 'معامل خاطئ', reason_fr: '' });
  assert.match((await page(systemPath('ar', 'garde'))).text, /معامل خاطئ/);
  const rearm = `${base}/garde/rearm`;
  assert.equal((await leila.post(rearm, { reason_fr: 'Corrigé' })).location, `${base}/garde?done=asked`);
  const waiting = await omar.get(`${base}/garde`);
  assert.match(waiting.html, /Leila[\s\S]*a demandé le 1er avril 2026 à 09:00[\s\S]*Corrigé/);
  const again = await leila.post(rearm, { reason_fr: 'Encore' });
  assert.equal(again.status, 409);
  assert.match(again.html, /seconde personne, différente/);
  assert.match((await page(systemPath('fr', 'garde'))).text, /suspendu depuis/);
  assert.equal((await omar.post(rearm, { reason_fr: 'Vérifié' })).location, `${base}/garde?done=done`);
  assert.match((await page(systemPath('fr', 'garde'))).text, /Remise en service, par deux personnes/);
});

test('staff: who asked to re-arm and has left is not one of the two', async () => {
  await publish('partant', { name: { fr: 'Partant' } });
  await live('partant');
  await changeStatus(p, {
    authorityId: AUTHORITY_A,
    systemId: 'partant',
    to: 'suspended',
    reason: { fr: 'Arrêt' },
    by: 'stf_x',
  });
  const rearm = `/fr/staff/${AUTHORITY_A}/systems/partant/rearm`;
  const staffId = await makeStaff(p, AUTHORITY_A, ['supervisor']);
  const leaver = await signedIn(p, app, AUTHORITY_A, staffId);
  assert.match((await leaver.post(rearm, { reason_fr: 'Moi' })).location ?? '', /done=asked$/);
  await endStaff(p, {
    authorityId: AUTHORITY_A,
    staffId,
    by: await makeStaff(p, AUTHORITY_A, ['supervisor']),
  });
  const omar = await staff(['supervisor']);
  assert.match((await omar.post(rearm, { reason_fr: 'Moi' })).location ?? '', /done=asked$/);
  assert.match((await page(systemPath('fr', 'partant'))).text, /suspendu depuis/);
});

test('staff: each role does what its permissions say, and no more', async () => {
  await publish('droits', { name: { fr: 'Droits' } });
  const base = `/fr/staff/${AUTHORITY_A}/systems`;
  for (const roles of [['reviewer'], ['counter'], ['auditor'], ['dpo']] as const) {
    assert.equal((await (await staff(roles)).get(base)).status, 403, roles[0]);
  }
  const supervisor = await staff(['supervisor']);
  assert.equal((await supervisor.get(`${base}/droits/publish`)).location, `${base}/droits`);
  const token = await supervisor
    .token(`${base}/droits`)
    .catch(() => supervisor.token(`/fr/staff/${AUTHORITY_A}/systems`));
  assert.equal((await supervisor.send(`${base}/droits/publish`, { csrf: token })).status, 403);
  const integrator = await staff(['integrator']);
  assert.equal((await integrator.get(base)).status, 200);
  assert.equal((await integrator.get(`${base}/droits/publish`)).location, `${base}/droits`);
  assert.equal((await page(systemPath('fr', 'droits'))).status, 404, 'still a draft');
});

test('staff: another authority, no session, no token, and somebody who has left', async () => {
  const base = `/fr/staff/${AUTHORITY_A}/systems`;
  assert.match((await anybody.get(base)).location ?? '', /^\/fr\/staff\/sign-in\?next=/);
  const stranger = await signedIn(
    p,
    app,
    AUTHORITY_B,
    await makeStaff(p, AUTHORITY_B, ['supervisor', 'registrar']),
  );
  assert.equal((await stranger.get(base)).status, 404);
  assert.equal((await stranger.get(`/fr/staff/${AUTHORITY_B}/systems/${SYSTEM}`)).status, 404);
  const supervisor = await staff(['supervisor']);
  assert.equal((await supervisor.send(`${base}/${SYSTEM}/suspend`, { reason_fr: 'x' })).status, 403);
  const staffId = await makeStaff(p, AUTHORITY_A, ['supervisor']);
  const leaver = await signedIn(p, app, AUTHORITY_A, staffId);
  const token = await leaver.token(`${base}/${SYSTEM}/suspend`);
  await endStaff(p, {
    authorityId: AUTHORITY_A,
    staffId,
    by: await makeStaff(p, AUTHORITY_A, ['supervisor']),
  });
  assert.match(
    (await leaver.send(`${base}/${SYSTEM}/suspend`, { csrf: token, reason_fr: 'x' })).location ?? '',
    /sign-in/,
  );
  assert.doesNotMatch((await page(systemPath('fr'))).text, /suspendu depuis/);
});

async function staff(roles: Parameters<typeof makeStaff>[2], name?: string): Promise<Visitor> {
  return signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, roles, name));
}

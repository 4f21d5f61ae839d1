import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ARCHIVE, eraseCase, readyToErase } from '../../test/erasing.ts';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { newCase, newLetter } from '../../test/opened-file.ts';
import { makeStaff, signedIn, Visitor } from '../../test/visitor.ts';
import { createApiKey } from '../access/index.ts';
import { createApp } from '../app.tsx';
import { findCase } from '../cases/cases.ts';
import { caseLife } from '../cases/events.ts';

let p: TestPlatform;
let people: Awaited<ReturnType<typeof readyToErase>>;
let app: ReturnType<typeof createApp>;
let officer: Visitor;
let second: Visitor;
before(async () => {
  p = await makePlatform();
  people = await readyToErase(p);
  app = createApp(p);
});
after(() => p.dispose());

const HOME = `/fr/staff/${AUTHORITY_A}/erasures`;
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const later = (months: number) =>
  p.clock.moveTo(p.clock.now().toZonedDateTimeISO('Africa/Casablanca').add({ months, days: 1 }).toInstant());

test('from due to gone, by two people, in their browsers', async () => {
  const { case: caseId } = await newCase(p, 'favourable');
  const { case: kept } = await newCase(p, 'adverse');
  const { reference = '' } = (await findCase(p, AUTHORITY_A, caseId)) ?? {};
  later(12);
  officer = await signedIn(p, app, AUTHORITY_A, people.officer);
  second = await signedIn(p, app, AUTHORITY_A, people.second);

  const list = (await officer.get(HOME)).html;
  assert.ok(text(list).includes('12 mois après le dernier événement'));
  assert.ok(list.includes(`value="${caseId}"`) && !list.includes(`value="${kept}"`));
  assert.ok(text(list).includes('une personne doit encore décider'));
  const ask = await officer.post(`${HOME}/ask`, { case: caseId }, HOME);
  assert.ok(text(ask.html).includes(reference) && ask.html.includes('name="instrument"'));
  const typed = { case: caseId, step: 'ask', archive: 'eliminate', instrument: 'x', ...day('2027-03-01') };
  const wrong = await officer.post(`${HOME}/ask`, typed, HOME);
  assert.equal(wrong.status, 422);
  assert.ok(
    text(wrong.html).includes('Citez l’acte en 5 à 200 caractères') && wrong.html.includes('value="x"'),
  );
  const asked = await officer.post(`${HOME}/ask`, { ...typed, instrument: ARCHIVE.instrument }, HOME);
  assert.deepEqual([asked.status, asked.location], [303, `${HOME}?asked=1`]);

  const own = await officer.post(`${HOME}/confirm`, { case: caseId, step: 'erase' }, HOME);
  assert.equal(own.location, `${HOME}?refused=1`);
  assert.ok(text((await officer.get(`${HOME}?refused=1`)).html).includes('Un dossier est resté tel quel'));
  const sure = await second.post(`${HOME}/confirm`, { case: caseId }, HOME);
  assert.ok(text(sure.html).includes('Personne ne pourra revenir en arrière'));
  assert.equal((await caseLife(p, AUTHORITY_A, caseId)).length, 1);
  const gone = await second.post(`${HOME}/confirm`, { case: caseId, step: 'erase' }, HOME);
  assert.equal(gone.location, `${HOME}?erased=1`);
  const after = text((await second.get(`${HOME}/${caseId}`)).html);
  for (const said of ['Ce dossier a été effacé', 'Salma Bennis', 'Yassine Alaoui', '2 avril 2027']) {
    assert.ok(after.includes(said), said);
  }
  await assert.rejects(caseLife(p, AUTHORITY_A, caseId), { code: 'erased' });
});

const day = (iso: string) => {
  const [year = '', month = '', d = ''] = iso.split('-');
  return { 'day-year': year, 'day-month': String(Number(month)), 'day-day': String(Number(d)) };
};

test('a supervisor confirms and sets nothing; nobody else comes in; another authority does not exist', async () => {
  const supervisor = await signedIn(p, app, AUTHORITY_A, people.supervisor);
  const page = await supervisor.get(HOME);
  assert.equal(page.status, 200);
  assert.ok(!page.html.includes('/erasures/schedule/') && !page.html.includes('/erasures/ask'));
  for (const path of [`${HOME}/schedule/${SYSTEM}`]) assert.equal((await supervisor.get(path)).status, 403);
  assert.equal((await supervisor.post(`${HOME}/ask`, { case: 'x' }, HOME)).status, 403);
  const auditor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['auditor']));
  assert.equal((await auditor.get(HOME)).status, 403);
  const foreign = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['dpo']));
  assert.equal((await foreign.get(HOME)).status, 404);
  const { case: caseId } = await newCase(p, 'favourable');
  const theirs = `/fr/staff/${AUTHORITY_B}/erasures`;
  assert.equal((await foreign.get(`${theirs}/${caseId}`)).status, 404);
  assert.equal((await foreign.post(`${theirs}/ask`, { case: caseId, step: 'ask' }, theirs)).location, theirs);
});

test('the retention is set on its page, and the public register says it', async () => {
  officer = await signedIn(p, app, AUTHORITY_A, people.officer);
  const path = `${HOME}/schedule/${SYSTEM}`;
  const values = {
    delay: '60',
    months: '18',
    backupDays: '20',
    archive: 'transferred',
    basis: 'Décision n° 9/2027',
  };
  const wrong = await officer.post(path, { ...values, months: '1.5' });
  assert.equal(wrong.status, 422);
  assert.ok(text(wrong.html).includes('un nombre entier de mois') && wrong.html.includes('value="1.5"'));
  assert.equal((await officer.post(path, values)).location, `${HOME}?set=1`);
  assert.ok(text((await officer.get(HOME)).html).includes('toutes les 60 minutes'));
  const page = text(await (await app.request(`/fr/register/${AUTHORITY_A}/${SYSTEM}`)).text());
  assert.ok(page.includes('18 mois après le dernier événement') && page.includes('Décision n° 9/2027'));
  assert.equal(
    (await officer.post(path, { ...values, delay: '0', months: '12', archive: 'eliminate' })).status,
    303,
  );
});

test('every page that shows a file says that it was erased; lists and figures stay', async () => {
  const { case: caseId, decision } = await newCase(p, 'favourable');
  const letter = await newLetter(p, caseId);
  const { secret } = await createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'erasure',
    scopes: ['decisions:read', 'events:read'],
    systems: [SYSTEM],
  });
  const figures = async () =>
    text(await (await app.request(`/fr/register/${AUTHORITY_A}/${SYSTEM}`)).text()).replace(/\d+:\d+/g, '');
  later(12);
  const before = await figures();
  await eraseCase(p, caseId, people.officer, people.second);
  assert.equal(await figures(), before);

  const person = new Visitor(app);
  assert.equal(
    (await person.post('/fr/case', { reference: letter.reference, code: letter.code })).status,
    303,
  );
  for (const page of [
    'decision',
    'reasons',
    'facts',
    'life',
    'letter',
    'receipt',
    'receipt/check',
    'receipt.json',
  ]) {
    const answer = await person.get(`/fr/case/${page}`);
    assert.equal(answer.status, 410, page);
    assert.ok(text(answer.html).includes('Ce dossier a été effacé'), page);
    assert.ok(answer.html.includes('/fr/receipt'), page);
  }
  const headers = { authorization: `Bearer ${secret}` };
  const api = await app.request(`/api/v1/decisions/${decision}`, { headers });
  assert.equal(api.status, 410);
  assert.equal(((await api.json()) as { code: string }).code, 'erased');
  assert.equal((await app.request('/api/v1/events', { headers })).status, 200);
  for (const [role, paths] of [
    ['reviewer', ['desk', `desk/${decision}`, 'reviews']],
    ['supervisor', ['reviews']],
    ['auditor', ['access-log']],
    ['dpo', ['erasures', 'access-log']],
  ] as const) {
    const visitor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, [role]));
    for (const path of paths) {
      const { status } = await visitor.get(`/fr/staff/${AUTHORITY_A}/${path}`);
      assert.ok(status === 200 || status === 410 || status === 303, `${role} ${path}: ${status}`);
    }
  }
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allAnswers, assessors, RULE } from '../../test/assessing.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { signedIn, type Visitor } from '../../test/visitor.ts';
import { createApp } from '../app.tsx';
import { fieldOf } from './parts.tsx';

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let author: Visitor;
let approver: Visitor;
const at = `/fr/staff/${AUTHORITY_A}`;

before(async () => {
  p = await makePlatform();
  app = createApp(p);
  const rights = await assessors(p, SYSTEM);
  author = await signedIn(p, app, AUTHORITY_A, rights.author);
  approver = await signedIn(p, app, AUTHORITY_A, rights.approver);
});
after(() => p.dispose());

/** The fields of a section with our answers, as a browser sends them. */
const fields = (html: string) => {
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const asked = hidden('asked').split(' ');
  const answers = Object.entries(allAnswers('most')).filter(([id]) => asked.includes(id));
  return {
    seen: hidden('seen'),
    asked: hidden('asked'),
    ...Object.fromEntries(answers.map(([id, value]) => [fieldOf(id), String(value)])),
  };
};

test('from the first question to the register, with forms only', async () => {
  const list = `${at}/systems/${SYSTEM}/assessments`;
  assert.match((await author.get(`${at}/systems/${SYSTEM}`)).html, /\/assessments"/);
  const wrong = await author.post(list, {});
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /href="#field-rule"/);
  const opened = await author.post(list, { rule: RULE });
  assert.equal(opened.status, 303);
  const here = opened.location ?? '';
  assert.equal((await author.post(list, { rule: RULE })).status, 422, 'one at a time');

  for (const section of ['system', 'impact', 'mitigation']) {
    const path = `${here}/sections/${section}`;
    for (let again = 0; again < 3; again++) {
      const { html } = await author.get(path);
      const { location, status } = await author.post(path, fields(html));
      assert.equal(status, 303);
      if (!location?.endsWith('told=more')) break;
      assert.match((await author.get(location)).html, /ouvrent d’autres questions/);
    }
  }
  const ready = await author.get(here);
  assert.match(ready.html, /Soumettre à l’approbation/);
  assert.match(ready.html, /4 sur 4/);
  await author.post(`${here}/submit`, {}, here);
  assert.match((await author.get(here)).html, /attend l’approbation/);
  assert.doesNotMatch((await author.get(here)).html, /\/approve"/);

  const empty = await approver.post(`${here}/return`, { note: '' }, here);
  assert.equal(empty.status, 422);
  const publicPage = `/fr/register/${AUTHORITY_A}/${SYSTEM}`;
  assert.match((await approver.get(publicPage)).html, /Aucune évaluation n’est encore approuvée/);
  const seen = /name="seen" value="(\d+)"/.exec((await approver.get(here)).html)?.[1] ?? '';
  assert.equal((await approver.post(`${here}/approve`, { seen: '0' }, here)).status, 409, 'another revision');
  assert.equal((await approver.post(`${here}/approve`, { seen }, here)).status, 303);
  const shown = await approver.get(publicPage);
  assert.match(shown.html, /id="assessment"/);
  const all = await approver.get(`${publicPage}/assessment`);
  assert.match(all.html, /Une aide mensuelle/);
  assert.doesNotMatch(all.html, /Amina/, 'nobody is named in public');
  const json = (await (await app.request(`/api/v1/register/${AUTHORITY_A}/${SYSTEM}/assessment`)).json()) as {
    assessments: { level: number; answers: Record<string, unknown> }[];
  };
  assert.equal(json.assessments[0]?.level, 4);
  assert.doesNotMatch(JSON.stringify(json), /stf_/);
});

test('a wrong answer is told at the top and beside the field, and nothing typed is lost', async () => {
  const opened = await author.post(`${at}/systems/${SYSTEM}/assessments`, { rule: 'ca.aia.level' });
  const path = `${opened.location}/sections/projectDetails`;
  const { html } = await author.get(path);
  assert.match(html, /Détails du projet/);
  const text = /<textarea[^>]*name="(q-[^"]+)"/.exec(html)?.[1] ?? '';
  const given = { ...fields(html), [text]: 'Un texte long \u0007 avec un signe interdit' };
  const refused = await author.post(path, given);
  assert.equal(refused.status, 422);
  assert.match(refused.html, new RegExp(`href="#field-${text}"`));
  assert.match(refused.html, new RegExp(`id="field-${text}-error"`));
  assert.match(refused.html, /Un texte long/);
  const arabic = await author.get(path.replace('/fr/', '/ar/'));
  assert.match(arabic.html, /غير محرر بالعربية/, 'says which language it is shown in');
});

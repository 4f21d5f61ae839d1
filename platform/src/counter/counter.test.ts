import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Hono } from 'hono';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newCase, newLetter, openedBy, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { qualified } from '../../test/reviewing.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { listAccess, type WebEnv } from '../access/index.ts';
import { findCase } from '../cases/cases.ts';
import { caseLife } from '../cases/events.ts';
import { citizenPages, representativesOf } from '../citizen/index.ts';
import { notifiedOn, openWithCode } from '../notices/index.ts';
import { assignReview, decideReview, reviewsOfCase } from '../reviews/index.ts';
import { sentencesOf } from './aloud.ts';
import { counterPages } from './index.ts';

const AT = `/fr/staff/${AUTHORITY_A}/counter`;
let p: TestPlatform;
let app: Hono<WebEnv>;
let agent: Visitor;
let agentId: string;
let reviewer: string;
before(async () => {
  p = await makePlatform();
  app = webApp(counterPages(p), citizenPages(p));
  reviewer = await signingReviewer(p);
  agentId = await makeStaff(p, AUTHORITY_A, ['counter'], 'Amina Guichet');
  agent = await signedIn(p, app, AUTHORITY_A, agentId);
});
after(() => p.dispose());

const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const life = (caseId: string) => caseLife(p, AUTHORITY_A, caseId);
const present = { document: 'national-card', present: 'person' };
const dated = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
};

async function visited(caseId: string, visitor = agent): Promise<string> {
  const { reference = '' } = (await findCase(p, AUTHORITY_A, caseId)) ?? {};
  const { location, html } = await visitor.post(AT, { reference, ...present });
  assert.ok(location, text(html));
  return location;
}

test('a file opens only in the presence of the person, and the help is part of the file', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const { reference = '' } = (await findCase(p, AUTHORITY_A, caseId)) ?? {};
  for (const fields of [
    { reference },
    { reference, document: 'national-card' },
    { ...present },
    { reference, document: 'x', present: 'y' },
  ]) {
    assert.equal((await agent.post(AT, fields as Record<string, string>)).status, 422);
  }
  assert.ok(!(await life(caseId)).some((e) => e.type === 'assisted'));
  const at = await visited(caseId);
  assert.ok(!at.includes(reference) && !at.includes(caseId));
  const assisted = (await life(caseId)).find((e) => e.type === 'assisted');
  assert.deepEqual(assisted?.facts.by, { staff: agentId });
  assert.equal(assisted?.facts.document, 'national-card');
  const { entries } = await listAccess(p, AUTHORITY_A, { caseId });
  assert.deepEqual([entries[0]?.actor, entries[0]?.purpose], [agentId, 'counter']);
});

test('who lost the letter is found by the file number of the agency', async () => {
  const { decision, case: caseId } = await refusedCase(p, reviewer);
  const subject = (await life(caseId)).find((e) => e.decisionId === decision)?.facts.subject as string;
  assert.match((await agent.post(AT, { fileNumber: subject, ...present })).location ?? '', /\/counter\/ast_/);
  assert.equal((await agent.post(AT, { fileNumber: 'H-999999', ...present })).status, 422);
});

test('another authority, another role, another agent: no file', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const at = await visited(caseId);
  const foreign = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['counter']));
  const { reference = '' } = (await findCase(p, AUTHORITY_A, caseId)) ?? {};
  assert.equal((await foreign.get(AT)).status, 404);
  const there = `/fr/staff/${AUTHORITY_B}/counter`;
  assert.equal((await foreign.post(there, { reference, ...present })).status, 422);
  assert.equal((await foreign.get(at)).status, 404);
  const other = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['reviewer']));
  assert.equal((await other.get(at)).status, 403);
  const colleague = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['counter']));
  assert.equal((await colleague.get(at)).location, `${AT}?ended`);
});

test('a visit ends when the agent ends it, and by itself after an hour', async () => {
  const at = await visited((await refusedCase(p, reviewer)).case);
  await agent.post(`${at}/end`, {}, at);
  assert.equal((await agent.get(at)).location, `${AT}?ended`);
  const second = await visited((await refusedCase(p, reviewer)).case);
  for (let i = 0; i < 3; i++) {
    p.clock.moveTo(p.clock.now().add({ minutes: 21 }));
    await agent.get(AT);
  }
  assert.equal((await agent.get(second)).location, `${AT}?ended`);
});

test('an agent who searches more than people can come must wait', async () => {
  const curious = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['counter']));
  const token = await curious.token(AT);
  const statuses = new Set<number>();
  for (let i = 0; i < 35; i++) {
    const reference = `ABCDE${String(i).padStart(5, '0')}`;
    statuses.add((await curious.send(AT, { csrf: token, reference, ...present })).status);
  }
  assert.deepEqual([...statuses], [422, 429]);
});

test('reading aloud: sentence by sentence, in the language of the page, without an outcome for a proposal', async () => {
  const at = await visited((await refusedCase(p, reviewer)).case);
  const { html } = await agent.get(at);
  const lines = [...html.matchAll(/<li lang[^>]*>(.*?)<\/li>/g)].map((m) => text(m[1] ?? '').trim());
  assert.ok(lines.includes('La décision est : Aide refusée.'), lines.join('\n'));
  assert.ok(lines.some((l) => l.startsWith('Vu l')) && lines.includes('Type de logement : villa.'));
  assert.ok(lines.every((l) => l.split(' ').length < 45));
  assert.match((await agent.get(at.replace('/fr/', '/ar/'))).html, /القرار هو: رفض الإعانة/);
  const waiting = await agent.get(await visited((await newCase(p, 'adverse')).case));
  assert.ok(!/refus|contre vous|points/i.test(waiting.html.replace(/href="[^"]*"/g, '')));
});

test('a new code is on the letter once; the old one dies', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const old = await newLetter(p, caseId);
  const at = await visited(caseId);
  const letter = await agent.post(`${at}/code`, {});
  assert.equal(letter.status, 200);
  assert.equal(letter.response.headers.get('cache-control'), 'no-store');
  const code = (/class="ta-code"[^>]*>([\d ]+)</.exec(letter.html)?.[1] ?? '').replaceAll(' ', '');
  const address = '192.0.2.77';
  assert.equal((await openWithCode(p, { reference: old.reference, code, address })).caseId, caseId);
  await assert.rejects(openWithCode(p, { reference: old.reference, code: old.code, address }), {
    code: 'unauthenticated',
  });
  assert.ok(!(await agent.get(`${at}/code`)).html.includes('ta-code'));
  const issued = (await life(caseId)).findLast((e) => e.type === 'code-issued');
  assert.deepEqual(issued?.facts.by, { staff: agentId });
});

test('a notification by hand, with its proof; impossible dates are shown beside their field', async () => {
  const { case: caseId, created_at } = await refusedCase(p, reviewer);
  const day = created_at.slice(0, 10);
  const at = `${await visited(caseId)}/notification`;
  const given = {
    mode: 'hand',
    to: 'la personne',
    proof: 'bordereau 12',
    ...dated('date', day),
    ...dated('proofOn', day),
  };
  for (const wrong of [
    { ...given, mode: '' },
    { ...given, to: '' },
    { ...given, proof: '' },
    { ...given, ...dated('date', '2026-02-31') },
    { ...given, ...dated('date', '2020-01-01') },
    { ...given, ...dated('proofOn', '2030-01-01') },
  ]) {
    const page = await agent.post(at, wrong);
    assert.equal(page.status, 422);
    assert.ok(page.html.includes('aria-invalid') || page.html.includes('data-invalid'));
  }
  assert.equal(notifiedOn(await life(caseId)), undefined);
  assert.equal((await agent.post(at, given)).status, 303);
  assert.equal(notifiedOn(await life(caseId))?.notifiedOn.toString(), day);
});

test('a request written at the counter is read back first; its writer cannot review it', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const at = `${await visited(caseId)}/review`;
  assert.equal((await agent.post(at, { ground: 'other', text: '' })).status, 422);
  const fields = {
    ground: 'data-wrong',
    text: 'Le revenu est faux.',
    'value-earnings': '1 500',
    contact: 'douar X',
  };
  const back = await agent.post(at, fields);
  assert.equal(back.status, 200);
  assert.match(text(back.html), /1\s500\sdirhams par mois au lieu de 20\s000/);
  assert.equal((await reviewsOfCase(p, AUTHORITY_A, caseId)).length, 0);
  const change = await agent.post(at, { ...fields, do: 'change' });
  assert.ok(change.html.includes('Le revenu est faux.') && change.html.includes('value="1 500"'));
  assert.equal((await agent.post(at, { ...fields, do: 'send' })).status, 303);
  const [review] = await reviewsOfCase(p, AUTHORITY_A, caseId);
  assert.deepEqual(review?.asked.filedBy, { kind: 'counter', staff: agentId });
  assert.deepEqual(review?.asked.corrections, { earnings: 1500 });
  assert.equal((await agent.post(at, { ...fields, do: 'send' }, at.replace('/review', ''))).status, 422);

  const both = await signingReviewer(p, 'Un agent qui réexamine');
  await qualified(p, review?.reviewId ?? '');
  const assigned = await assignReview(p, { authorityId: AUTHORITY_A, reviewId: review?.reviewId ?? '' });
  assert.notEqual(assigned.to, agentId);
  assert.ok([both, reviewer].includes(assigned.to));
});

test('a representative: recorded with capacity, document and expiry; may then ask; ended or expired may not', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const at = `${await visited(caseId)}/representatives`;
  const given = {
    capacity: 'guardian',
    name: 'فاضمة أوبلا',
    document: 'court-order',
    ...dated('until', '2026-12-31'),
  };
  for (const wrong of [
    { ...given, name: ' ' },
    { ...given, capacity: '' },
    { ...given, ...dated('until', '2020-01-01') },
  ]) {
    assert.equal((await agent.post(at, wrong)).status, 422);
  }
  assert.equal((await agent.post(at, given)).status, 303);
  const [one] = representativesOf(await life(caseId), p.clock.now());
  assert.deepEqual([one?.name, one?.capacity, one?.until], ['فاضمة أوبلا', 'guardian', '2026-12-31']);
  assert.deepEqual(representativesOf(await life(caseId), Temporal.Instant.from('2027-01-01T12:00:00Z')), []);

  const person = await openedBy(p, app, caseId);
  for (const [step, fields] of [
    ['ground', { ground: 'want-person' }],
    ['text', { text: '' }],
    ['files', {}],
    ['contact', { contact: '' }],
    ['who', { who: one?.representativeId ?? '' }],
    ['check', {}],
  ] as const) {
    await person.post(`/fr/case/review/${step}`, { ...fields });
  }
  const [review] = await reviewsOfCase(p, AUTHORITY_A, caseId);
  assert.deepEqual(review?.asked.filedBy, { kind: 'representative', representative: one?.representativeId });

  await agent.post(`${at}/end`, { representative: one?.representativeId ?? '' }, at);
  assert.deepEqual(representativesOf(await life(caseId), p.clock.now()), []);
  assert.equal(
    (await agent.post(`${at}/end`, { representative: one?.representativeId ?? '' }, at)).status,
    404,
  );
});

test('a death closes nothing: the request goes on, mandates end, an heir acts; a wrong record is mended', async () => {
  const { case: caseId } = await refusedCase(p, reviewer);
  const at = `${await visited(caseId)}/representatives`;
  const mandate = { name: 'Une mandataire', document: 'written-mandate', ...dated('until', '2026-12-31') };
  assert.equal((await agent.post(at, { ...mandate, capacity: 'representative' })).status, 303);
  // There are heirs only of somebody who has died.
  assert.equal((await agent.post(at, { ...mandate, capacity: 'heir' })).status, 422);
  const person = await openedBy(p, app, caseId);
  const ask = async (who: string) => {
    for (const [step, fields] of [
      ['ground', { ground: 'want-person' }],
      ['text', { text: '' }],
      ['files', {}],
      ['contact', { contact: '' }],
      ['who', { who }],
      ['check', {}],
    ] as const) {
      await person.post(`/fr/case/review/${step}`, { ...fields });
    }
  };
  await ask('self');
  const late = dated('on', '2027-01-01');
  assert.equal(
    (await agent.post(`${at}/death`, { deathDocument: 'death-certificate', ...late }, at)).status,
    422,
  );
  const death = { deathDocument: 'death-certificate', ...dated('on', '2026-03-01') };
  assert.equal((await agent.post(`${at}/death`, death, at)).status, 303);
  assert.deepEqual(representativesOf(await life(caseId), p.clock.now()), []);
  const [review] = await reviewsOfCase(p, AUTHORITY_A, caseId);
  assert.deepEqual([review?.status, review?.clock.state], ['open', 'running']);
  assert.equal((await agent.post(at, { ...mandate, capacity: 'representative' })).status, 422);
  const heir = { ...mandate, name: 'فاطمة أوبلا', capacity: 'heir', document: 'inheritance-deed' };
  assert.equal((await agent.post(at, heir)).status, 303);
  const [one] = representativesOf(await life(caseId), p.clock.now());
  assert.deepEqual([one?.name, one?.capacity], ['فاطمة أوبلا', 'heir']);
  assert.match((await person.get('/fr/case/life')).html, /Le dossier reste ouvert/);

  await qualified(p, review?.reviewId ?? '');
  const { to } = await assignReview(p, { authorityId: AUTHORITY_A, reviewId: review?.reviewId ?? '' });
  await decideReview(p, {
    authorityId: AUTHORITY_A,
    reviewId: review?.reviewId ?? '',
    staffId: to,
    outcome: 'rejected',
    reasons: { lang: 'fr', text: "Vu l'article 7 : le type de logement est villa. Rejetée malgré le décès." },
  });
  await ask(one?.representativeId ?? '');
  const next = (await reviewsOfCase(p, AUTHORITY_A, caseId)).find(({ answered }) => answered === undefined);
  assert.deepEqual(next?.asked.filedBy, { kind: 'representative', representative: one?.representativeId });

  assert.equal((await agent.post(`${at}/death/correct`, {}, at)).status, 303);
  const [again] = representativesOf(await life(caseId), p.clock.now());
  assert.equal(again?.name, 'Une mandataire');
});

test('what is read aloud is cut at sentences, not at abbreviations or numbers', () => {
  assert.deepEqual(sentencesOf("Vu l'art. 7 du règlement. Le score est 9.75. Refusé!\nFin"), [
    "Vu l'art. 7 du règlement.",
    'Le score est 9.75.',
    'Refusé!',
    'Fin',
  ]);
});

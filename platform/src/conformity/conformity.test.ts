import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listJournal } from '../../test/journal.ts';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { createApp } from '../app.tsx';
import { decide } from '../decisions/decide.ts';
import { safeguard } from '../decisions/safeguard.ts';
import { readPublicSystem } from '../register/public-register.ts';
import { loadSystem } from '../register/systems.ts';
import { answerApplicability, questionsOf } from './applicability.ts';
import { bindingOf } from './binding.ts';
import { countDuties, documentsAsked, dutiesOf } from './duties.ts';
import { evidenceOf } from './evidence.ts';
import { m } from './messages.ts';

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let jurist: string;
let visitor: Visitor;
const at = `/fr/staff/${AUTHORITY_A}/systems/${SYSTEM}`;
const SYSTEM_A = { authorityId: AUTHORITY_A, systemId: SYSTEM };

before(async () => {
  p = await makePlatform();
  app = createApp(p);
  jurist = await makeStaff(p, AUTHORITY_A, ['jurist'], 'Hanane Exemple');
  visitor = await signedIn(p, app, AUTHORITY_A, jurist);
});
after(() => p.dispose());

const duties = async () => dutiesOf(p, await readPublicSystem(p, AUTHORITY_A, SYSTEM));

test('a jurist answers which rule applies: who, when and why are recorded, and it binds the safeguards', async () => {
  const open = await questionsOf(p, AUTHORITY_A, SYSTEM);
  assert.ok(open.length >= 4 && open.every((q) => q.answer === undefined));
  const page = `${at}/applicability/ma/profiling`;
  const empty = await visitor.post(page, { because: 'Article 11 de la loi 09-08 : voir note.' });
  assert.equal(empty.status, 422);
  assert.match(empty.html, /href="#field-answer"/);
  assert.match(empty.html, /Article 11 de la loi 09-08/, 'nothing typed is lost');
  assert.equal((await visitor.post(page, { answer: 'no', because: 'Non.' })).status, 422);
  const because = 'Le traitement trie des dates de dépôt, sans évaluer aucun aspect de la personnalité.';
  assert.equal((await visitor.post(page, { answer: 'no', because })).status, 303);
  const [first] = await questionsOf(p, AUTHORITY_A, SYSTEM);
  assert.deepEqual(
    [first?.answer?.answer, first?.answer?.because, first?.answer?.answeredBy],
    [false, because, jurist],
  );
  const entry = (await listJournal(p, AUTHORITY_A)).find((e) => e.type === 'applicability-answered');
  assert.deepEqual(
    [entry?.facts.question, entry?.facts.because, entry?.facts.by],
    ['profiling', because, jurist],
  );

  const system = await loadSystem(p.store.read, AUTHORITY_A, SYSTEM, 1);
  const binding = await bindingOf(p.store, SYSTEM_A);
  assert.equal(
    safeguard(system, binding, 'adverse', p.clock.now()).person_required,
    true,
    'I3 holds whatever the law says',
  );
  const shown = await app.request(`/fr/register/${AUTHORITY_A}/${SYSTEM}/duties`);
  const html = await shown.text();
  assert.match(html, /trie des dates de dépôt/);
  assert.doesNotMatch(html, /Hanane|stf_/, 'nobody is named in public');
  assert.match((await visitor.get(`${at}/applicability`)).html, /Hanane Exemple/);

  await answerApplicability(p, {
    ...SYSTEM_A,
    pack: 'ma',
    question: 'profiling',
    answer: true,
    because: 'Avis du 3 mars : le score évalue des aspects de la personnalité.',
    until: '2026-03-10',
    by: jurist,
  });
  const [again] = await questionsOf(p, AUTHORITY_A, SYSTEM);
  assert.equal(again?.earlier.length, 1);
  p.clock.moveTo(Temporal.Instant.from('2026-03-11T09:00:00Z'));
  assert.equal(
    (await questionsOf(p, AUTHORITY_A, SYSTEM))[0]?.answer,
    undefined,
    'its last day has passed: presumed again',
  );
});

test('only a jurist of the authority answers, and only what the packs ask', async () => {
  const because = 'Une raison de droit suffisamment longue.';
  const supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor']);
  const answer = (more: object) =>
    answerApplicability(p, {
      ...SYSTEM_A,
      pack: 'ma',
      question: 'investment',
      answer: true,
      because,
      by: jurist,
      ...more,
    });
  await assert.rejects(answer({ by: supervisor }), { code: 'forbidden' });
  await assert.rejects(answer({ question: 'nothing' }), { code: 'invalid-request' });
  await assert.rejects(answer({ pack: 'ca' }), { code: 'invalid-request' });
  await assert.rejects(answer({ authorityId: AUTHORITY_B }), { code: 'not-found' });
  await assert.rejects(answer({ until: '2026-03-01' }), { code: 'invalid-request' });
});

test('duties are held or open by evidence; a document closes one, figures come a day late and not for a few', async () => {
  const before = await duties();
  const { held, open, against } = countDuties(before);
  assert.ok(held > 0 && open > 0 && against === 0);
  assert.deepEqual(documentsAsked(before), ['cndp.authorisation-or-declaration']);
  const registrar = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['registrar']));
  const page = `${at}/conformity`;
  const bad = await registrar.post(page, {
    name: 'cndp.authorisation-or-declaration',
    'date-day': '1',
    'date-month': '1',
    'date-year': '2030',
    reference: 'A-W-12/2026',
  });
  assert.equal(bad.status, 422);
  assert.match(bad.html, /A-W-12\/2026/);
  const good = await registrar.post(page, {
    name: 'cndp.authorisation-or-declaration',
    'date-day': '1',
    'date-month': '2',
    'date-year': '2026',
    reference: 'A-W-12/2026',
  });
  assert.equal(good.status, 303);
  assert.equal(countDuties(await duties()).held, held + 1);
  assert.equal((await registrar.get(page)).status, 200);
  const reader = await signedIn(p, app, AUTHORITY_A, jurist);
  const refused = await reader.post(page, { name: 'x' }, `${at}/applicability/ma/profiling`);
  assert.equal(refused.status, 403, 'a jurist records none');

  for (let i = 0; i < 12; i++) {
    await decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: `duties-${1000 + i}`,
      body: { subject: `s-${i}`, input: inputOf(clearCase('favourable').household) },
    });
  }
  const counted = async () =>
    (await evidenceOf(p, await readPublicSystem(p, AUTHORITY_A, SYSTEM))).filter((e) => e.how === 'counted');
  assert.deepEqual(await counted(), [], 'not on the same day');
  p.clock.moveTo(p.clock.now().add({ hours: 24 }));
  const [share] = await counted();
  assert.deepEqual([share?.name, share?.value], ['decisions.taken-by-person-share', 0]);
  assert.equal((await counted()).length, 1, 'no figure of adverse decisions: there were none');
});

test('no word of these pages says that anything complies', async () => {
  const words = Object.values(m.messages as unknown as Record<string, Record<string, unknown>>)
    .flatMap((x) => Object.values(x))
    .filter((x) => typeof x === 'string');
  for (const word of words as string[])
    assert.doesNotMatch(word, /compl(?:y|ies|iant)|conform(?:e|ité|ity)\b|en règle|مطابق|ممتثل/i, word);
  for (const lang of ['fr', 'ar', 'en'])
    assert.equal((await app.request(`/${lang}/register/${AUTHORITY_A}/${SYSTEM}/duties`)).status, 200);
  const json = (await (await app.request(`/api/v1/register/${AUTHORITY_A}/${SYSTEM}/duties`)).json()) as {
    schema: string;
    impact_level: number;
  };
  assert.deepEqual([json.schema, json.impact_level], ['taalil-duties/1', 3]);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { proposalFor, reasonsText, staffMember, type TestStaff } from '../../test/reviewing.ts';
import { signedIn, type Visitor } from '../../test/visitor.ts';
import { createApp } from '../app.tsx';
import { confirmProposal, overrideProposal } from '../desk/decide-proposal.ts';
import { openAtDesk } from '../desk/openings.ts';
import { verifyLog } from '../ledger/verify.ts';
import { contest, contestsOf } from './contest.ts';
import { findExercise, plantIfDue, waitingExercises } from './exercises.ts';
import { concerns, figuresOf, observed } from './figures.ts';
import { isDrawn, mustJudgeFirst, recordJudgement } from './judge-first.ts';
import { addKnownAnswers } from './known-answers.ts';
import { announcePlan, unread } from './plan.ts';

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let supervisor: TestStaff;
let n = 0;
before(async () => {
  p = await makePlatform();
  app = createApp(p);
  supervisor = await staffMember(p, 'primacy-supervisor', ['supervisor'], { password: null });
});
after(() => p.dispose());

const reviewer = () => staffMember(p, `primacy-${n++}`, ['reviewer'], { password: null });
const announce = (plan: { judgeFirstPermille?: number; knownAnswerEvery?: number; dayCap?: number }) =>
  announcePlan(p, {
    authorityId: AUTHORITY_A,
    systemId: SYSTEM,
    judgeFirstPermille: 0,
    knownAnswerEvery: 0,
    dayCap: 0,
    by: supervisor.staffId,
    ...plan,
  });
const later = () => p.clock.moveTo(p.clock.now().add({ seconds: 1 }));
const sign = async (by: TestStaff, decisionId: string, how = confirmProposal) => {
  const who = { authorityId: AUTHORITY_A, decisionId, staffId: by.staffId };
  return how(p, { ...who, reasons: { lang: 'fr', text: reasonsText() } });
};
const adverse = inputOf(clearCase('adverse').household);
const favourable = inputOf(clearCase('favourable').household);
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('bounds of a plan are kept, and only the supervision announces one', async () => {
  for (const wrong of [
    { judgeFirstPermille: 501 },
    { knownAnswerEvery: 3 },
    { dayCap: -1 },
    { dayCap: 1.5 },
  ]) {
    await assert.rejects(announce(wrong), { code: 'invalid-request' });
  }
  const by = await reviewer();
  await assert.rejects(
    announcePlan(p, {
      authorityId: AUTHORITY_A,
      systemId: SYSTEM,
      judgeFirstPermille: 1,
      knownAnswerEvery: 0,
      dayCap: 0,
      by: by.staffId,
    }),
    { code: 'forbidden' },
  );
  assert.deepEqual(await unread(p.store.read, AUTHORITY_A, by.staffId), []);
});

test('judging first is drawn by nobody, at about the share announced', () => {
  const ids = Array.from({ length: 4_000 }, (_, i) => `dec_${i}`);
  const drawn = ids.filter((decisionId) => isDrawn(p, { authorityId: AUTHORITY_A, decisionId }, 300));
  assert.ok(drawn.length > 1_050 && drawn.length < 1_350, `${drawn.length}`);
  assert.deepEqual(
    drawn,
    ids.filter((decisionId) => isDrawn(p, { authorityId: AUTHORITY_A, decisionId }, 300)),
  );
});

test('where somebody judges first, nothing is signed before, and the page shows no proposal', async () => {
  const before = await proposalFor(p);
  later();
  await announce({ judgeFirstPermille: 500 });
  later();
  const by = await staffMember(p, `primacy-${n++}`, ['reviewer']);
  await sign(by, before.decisionId);
  let drawn = await proposalFor(p);
  while (!isDrawn(p, { authorityId: AUTHORITY_A, decisionId: drawn.decisionId }, 500))
    drawn = await proposalFor(p);
  const work = {
    authorityId: AUTHORITY_A,
    decisionId: drawn.decisionId,
    systemId: SYSTEM,
    staffId: by.staffId,
  };
  assert.ok(await mustJudgeFirst(p, work, p.clock.now().toString()));
  await assert.rejects(sign(by, drawn.decisionId), { code: 'conflict' });

  const visitor: Visitor = await signedIn(p, app, AUTHORITY_A, by.staffId);
  const href = `/fr/staff/${AUTHORITY_A}/desk/${drawn.decisionId}`;
  const first = await visitor.get(href);
  assert.match(words(first.html), /Que décideriez-vous/);
  assert.doesNotMatch(words(first.html), /Score|12,778|Ce que la règle propose/, 'the proposal is not shown');
  assert.equal((await visitor.post(`${href}/judge`, {}, href)).status, 422);
  await visitor.post(`${href}/judge`, { judged: 'favourable' }, href);
  assert.match(words((await visitor.get(href)).html), /Ce que la règle propose/);
  await recordJudgement(p, work, 'adverse');
  const seen = await observed(p, AUTHORITY_A, SYSTEM);
  assert.equal(
    seen.judged.find((j) => j.decision === drawn.decisionId)?.judged,
    'favourable',
    'the first word stands',
  );
  await sign(by, drawn.decisionId);
  assert.equal(figuresOf(seen, by.staffId).judgedAlike.successes, 0);
});

test('known answers must be what they are for; a fault adds none', async () => {
  await assert.rejects(addKnownAnswers(p, AUTHORITY_A, SYSTEM, [{ facts: favourable }]), {
    code: 'invalid-input',
  });
  await assert.rejects(
    addKnownAnswers(p, AUTHORITY_A, SYSTEM, [{ facts: adverse }, { facts: { rooms: 'x' } }]),
    (error: { details: { faults: { where: string }[] } }) => {
      assert.ok(error.details.faults.every(({ where }) => where.startsWith('1')));
      return true;
    },
  );
  await assert.rejects(addKnownAnswers(p, AUTHORITY_A, SYSTEM, [{ facts: adverse, misled: adverse }]), {
    code: 'invalid-input',
  });
});

test('a known-answer file looks like any other, is answered, told about, and never in the log', async () => {
  later();
  await announce({ knownAnswerEvery: 5 });
  later();
  await addKnownAnswers(p, AUTHORITY_A, SYSTEM, [{ facts: favourable, misled: adverse }]);
  const by = await staffMember(p, `primacy-${n++}`, ['reviewer']);
  const planted = () => plantIfDue(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, staffId: by.staffId });
  for (let i = 0; i < 5; i++) {
    assert.equal(await planted(), undefined, 'not before its time');
    await sign(by, (await proposalFor(p)).decisionId);
  }
  const id = (await planted()) as string;
  assert.match(id, /^dec_[0-9a-z]{24}$/);
  assert.equal(await planted(), undefined, 'one at a time');
  const other = await reviewer();
  assert.equal(await findExercise(p, AUTHORITY_A, id, other.staffId), undefined, 'on one desk alone');

  const visitor = await signedIn(p, app, AUTHORITY_A, by.staffId);
  const desk = `/fr/staff/${AUTHORITY_A}/desk`;
  assert.match((await visitor.get(desk)).html, new RegExp(id));
  const page = await visitor.get(`${desk}/${id}`);
  assert.match(words(page.html), /Ce que la règle propose.*Aide refusée/);
  assert.doesNotMatch(words(page.html), /réponse connue|exercice/i);
  const size = await verifyLog(p, AUTHORITY_A);
  const text = `Vu l'article 7 du règlement du programme, les faits ne fondent pas le refus. Personnes dans le ménage : ${favourable.members}.`;
  const typedForm = { word: 'override', text, lang: 'fr' };
  const check = await visitor.post(`${desk}/${id}`, typedForm);
  assert.equal(check.status, 303, words(check.html));
  const shown = /name="shown" value="([^"]+)"/.exec(
    (await visitor.get(`${desk}/${id}/check`)).html,
  )?.[1] as string;
  assert.equal((await visitor.post(`${desk}/${id}/check`, { shown })).status, 303);
  const debrief = await visitor.get(`${desk}/${id}/signed`);
  assert.match(words(debrief.html), /dossier à réponse connue.*fausse, et vous avez décidé autrement/);
  assert.equal(await verifyLog(p, AUTHORITY_A), size, 'nothing went into the log');
  assert.deepEqual(await waitingExercises(p, AUTHORITY_A, by.staffId), []);
  const { caught } = figuresOf(await observed(p, AUTHORITY_A, SYSTEM), by.staffId);
  assert.deepEqual([caught.successes, caught.total], [1, 1]);
});

test('beyond the day’s cap nobody signs; the next day they do', async () => {
  later();
  await announce({ dayCap: 2 });
  const by = await reviewer();
  const three = [await proposalFor(p), await proposalFor(p), await proposalFor(p)];
  const results = await Promise.allSettled(three.map(({ decisionId }) => sign(by, decisionId)));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2);
  const refused = results.findIndex(({ status }) => status === 'rejected');
  assert.equal((results[refused] as PromiseRejectedResult).reason.code, 'rate-limited');
  p.clock.moveTo(p.clock.now().add({ hours: 24 }));
  await sign(by, three[refused]?.decisionId as string, overrideProposal);
});

test('one’s own figures are one’s own; an answer to them is sealed and read by the supervision', async () => {
  const by = await staffMember(p, `primacy-${n++}`, ['reviewer']);
  const found = await proposalFor(p);
  await openAtDesk(p, { authorityId: AUTHORITY_A, decisionId: found.decisionId, staffId: by.staffId });
  p.clock.moveTo(p.clock.now().add({ seconds: 4 }));
  await sign(by, found.decisionId);
  const visitor = await signedIn(p, app, AUTHORITY_A, by.staffId);
  const href = `/fr/staff/${AUTHORITY_A}/primacy`;
  const page = await visitor.get(href);
  assert.match(words(page.html), /Ce qui vous est annoncé/);
  assert.match(words(page.html), /moins d’une seconde par fait inscrit 100/);
  assert.doesNotMatch(words(page.html), /Annoncer un plan|Systèmes À évoquer/);
  assert.equal((await visitor.post(href, { form: 'contest', text: 'court' })).status, 422);
  await visitor.post(href, { form: 'contest', text: 'Ce dossier était la copie exacte du précédent.' });
  assert.equal(
    (await contestsOf(p, AUTHORITY_A, by.staffId))[0]?.text,
    'Ce dossier était la copie exacte du précédent.',
  );
  const announcement = /name="announced" value="([^"]+)"/.exec(page.html)?.[1] as string;
  await visitor.post(href, { form: 'acknowledge', system: SYSTEM, announced: announcement });
  assert.doesNotMatch(words((await visitor.get(href)).html), /Ce qui vous est annoncé/);
  assert.equal(
    (await visitor.post(href, { form: 'announce', system: SYSTEM, permille: '1', every: '0', cap: '0' }))
      .status,
    403,
  );
  await assert.rejects(contest(p, AUTHORITY_A, by.staffId, 'x'.repeat(3_000)), { code: 'invalid-request' });
});

test('the register tells of the system and names nobody', async () => {
  const html = await (await app.request(`/fr/register/${AUTHORITY_A}/${SYSTEM}`)).text();
  assert.match(words(html), /Une personne décide-t-elle vraiment/);
  assert.doesNotMatch(html, /Prénom-primacy|moins d’une seconde/);
});

test('who signs in four seconds and catches nothing is named to the supervision; among equals nobody is', () => {
  const signed = (staff: string, seconds: number) =>
    Array.from({ length: 60 }, (_, i) => ({
      staff,
      decision: `${staff}-${i}`,
      case: `${staff}-${i}`,
      seconds,
      facts: 20,
      agreed: 1,
    }));
  const exercises = (staff: string, caught: number) =>
    Array.from({ length: 10 }, (_, i) => ({ staff, wrong: 1, word: i < caught ? 'override' : 'confirm' }));
  const desk = (hasty: boolean) => ({
    exercises: [
      ...exercises('a', 9),
      ...exercises('b', 8),
      ...exercises('c', 9),
      ...exercises('d', hasty ? 0 : 8),
    ],
    signed: [...signed('a', 300), ...signed('b', 500), ...signed('c', 240), ...signed('d', hasty ? 4 : 280)],
    judged: [],
    reviewed: new Map(),
  });
  assert.deepEqual(
    concerns(desk(true))
      .map(({ staffId, about }) => `${staffId} ${about}`)
      .sort(),
    ['d glanced', 'd missed'],
  );
  assert.deepEqual(concerns(desk(false)), []);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../../test/make-platform.ts';
import { openedBy } from '../../../test/opened-file.ts';
import {
  qualified,
  reasonsText,
  refusalBy,
  staffMember,
  type TestCase,
  type TestStaff,
} from '../../../test/reviewing.ts';
import { signedIn } from '../../../test/visitor.ts';
import { webApp } from '../../../test/web-app.ts';
import { caseLife } from '../../cases/events.ts';
import { citizenPages } from '../../citizen/index.ts';
import { PlatformError } from '../../errors.ts';
import { assignReview, decideReview, reviewsOfCase } from '../index.ts';
import { answerCollective, findCollective, joinCollective, openCollective, publicCounts } from './index.ts';
import { collectivePages } from './pages.tsx';

const authorityId = AUTHORITY_A;
let p: TestPlatform;
let first: TestStaff;
let second: TestStaff;
let supervisor: TestStaff;
let agent: TestStaff;
before(async () => {
  p = await makePlatform();
  first = await staffMember(p, 'first', ['reviewer'], { password: null });
  second = await staffMember(p, 'second', ['reviewer'], { password: null });
  supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  agent = await staffMember(p, 'agent', ['counter'], { password: null });
});
after(() => p.dispose());

const NAME = 'Association Tazourt';
const open = (subject = 'Les villas de montagne sont comptées comme des villas de ville.') =>
  openCollective(p, {
    authorityId,
    systemId: SYSTEM,
    subject,
    lang: 'fr',
    representative: NAME,
    by: agent.staffId,
  });
const join = (of: TestCase, collectiveId: string, staffId?: string) =>
  joinCollective(p, { authorityId, ...of, collectiveId, ground: 'want-person', text: '', staffId });
const answer = (collectiveId: string, text: string) =>
  answerCollective(p, { authorityId, collectiveId, text, lang: 'fr', by: supervisor.staffId });
async function decide(reviewId: string, outcome: 'upheld' | 'rejected') {
  await qualified(p, reviewId);
  await assignReview(p, { authorityId, reviewId, to: second.staffId, by: supervisor.staffId });
  const reasons = { lang: 'fr', text: reasonsText() } as const;
  await decideReview(p, { authorityId, reviewId, staffId: second.staffId, outcome, reasons });
}
const at = (where: string) => (error: unknown) => {
  assert.ok(error instanceof PlatformError, String(error));
  assert.equal(error.details.where, where);
  return true;
};

test('each member gives a mandate and has an outcome of their own; one public answer comes last', async () => {
  const { collectiveId } = await open();
  const members = [await refusalBy(p, first), await refusalBy(p, first)];
  const reviews = [
    await join(members[0] as TestCase, collectiveId),
    await join(members[1] as TestCase, collectiveId, agent.staffId),
  ];
  await assert.rejects(join(members[0] as TestCase, collectiveId), { code: 'conflict' });
  await assert.rejects(answer(collectiveId, 'Réponse.'), at('members'));
  for (const [i, document] of ['own-file', 'written-mandate'].entries()) {
    const { caseId } = members[i] as TestCase;
    const mandate = (await caseLife(p, authorityId, caseId)).find(
      (e) => e.type === 'representative-recorded',
    );
    assert.deepEqual([mandate?.facts.name, mandate?.facts.document], [NAME, document]);
    const [review] = await reviewsOfCase(p, authorityId, caseId);
    assert.equal(review?.asked.filedBy.collective, collectiveId);
  }
  await decide(reviews[0]?.reviewId ?? '', 'upheld');
  await assert.rejects(answer(collectiveId, 'Réponse.'), at('members'));
  await decide(reviews[1]?.reviewId ?? '', 'rejected');
  for (const personal of [
    `Le dossier ${members[0]?.reference} est réglé.`,
    `Le dossier ${members[0]?.reference.replace('-', ' ').toLowerCase()} est réglé.`,
    'Appelez le 05 22 33 44 55.',
    'Écrivez à membre@exemple.ma.',
    'La carte AB123456 a été vue.',
    'Tazourt a raison.',
  ]) {
    await assert.rejects(answer(collectiveId, personal), at('text:personal'), personal);
  }
  // Two people: nothing is told of how many.
  assert.deepEqual(await answer(collectiveId, 'La grille sera revue pour la montagne.'), {
    members: null,
    upheld: null,
    rejected: null,
  });
  await assert.rejects(answer(collectiveId, 'Encore.'), at('answered'));
  await assert.rejects(join(await refusalBy(p, first), collectiveId), at('collective'));
});

test('what is published of numbers never tells of fewer than ten people', () => {
  const of = (upheld: number, rejected: number) =>
    publicCounts([...Array(upheld).fill('upheld' as const), ...Array(rejected).fill('rejected' as const)]);
  assert.deepEqual(of(9, 0), { members: null, upheld: null, rejected: null });
  assert.deepEqual(of(30, 9), { members: 39, upheld: null, rejected: null });
  // That all were refused would tell what anybody known to have joined was told.
  assert.deepEqual(of(0, 30), { members: 30, upheld: null, rejected: null });
  assert.deepEqual(of(10, 12), { members: 22, upheld: 10, rejected: 12 });
});

test('no name, number or address is taken as the public subject', async () => {
  for (const subject of ['', 'Pour Association Tazourt', 'voir 06 12 34 56 78', 'a@b.ma']) {
    await assert.rejects(open(subject), { code: 'invalid-request' }, subject);
  }
});

test('the person joins in their own file, the counter opens it, everybody sees the public page and nobody in it', async () => {
  const app = webApp(collectivePages(p), citizenPages(p));
  const desk = await signedIn(p, app, authorityId, agent.staffId);
  const list = `/fr/staff/${authorityId}/reviews/collectives`;
  const opened = await desk.post(list, {
    representative: NAME,
    system: SYSTEM,
    subject: 'Le relevé de 2019 est trop ancien.',
    lang: 'fr',
  });
  assert.equal(opened.status, 303);
  const collectiveId = opened.location?.split('/').at(-1) ?? '';
  const refused = await desk.post(list, {
    representative: NAME,
    system: SYSTEM,
    subject: 'x@y.ma',
    lang: 'fr',
  });
  assert.deepEqual([refused.status, /Il serait public/.test(refused.html)], [422, true]);

  const member = await refusalBy(p, first);
  const person = await openedBy(p, app, member.caseId);
  const wrong = await person.post('/fr/case/collective', { collective: 'col_nothing', step: 'find' });
  assert.equal(wrong.status, 422);
  const found = await person.post('/fr/case/collective', { collective: collectiveId, step: 'find' });
  assert.match(found.html, /Association Tazourt/);
  await person.post('/fr/case/collective', {
    collective: collectiveId,
    step: 'join',
    text: 'Chez nous aussi.',
  });
  assert.match(
    (await person.get('/fr/case/review/follow')).html,
    new RegExp(`/fr/collective/${collectiveId}`),
  );

  const shown = await (await app.request(`/fr/collective/${collectiveId}`)).text();
  assert.match(shown, /Le relevé de 2019/);
  for (const hidden of [NAME, member.reference, member.caseId, 'Chez nous'])
    assert.ok(!shown.includes(hidden));
  const row = await findCollective(p.store.read, collectiveId);
  assert.ok(!Buffer.from(row.representative).includes(NAME));
  const boss = await signedIn(p, app, authorityId, supervisor.staffId);
  const page = await boss.get(`${list}/${collectiveId}`);
  assert.match(page.html, /leur réponse\s: 0 sur 1/);
  assert.equal((await desk.send(`${list}/${collectiveId}`, { text: 'x' })).status, 403);
});

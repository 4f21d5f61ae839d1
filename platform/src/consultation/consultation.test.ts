import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publishLow } from '../../test/assessing.ts';
import { listJournal } from '../../test/journal.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { makeStaff, signedIn, Visitor } from '../../test/visitor.ts';
import { createApp } from '../app.tsx';
import { changeStatus } from '../register/status.ts';
import { typed } from '../store/index.ts';
import { commentDigest } from './comments.ts';
import { openConsultation } from './consult.ts';
import { personalIn } from './personal.ts';
import { commentsOf, countComments } from './read.ts';
import type { ConsultationTables } from './tables.ts';
import { withdrawComment } from './withdraw.ts';

const ID = 'aide-projet';
let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let registrar: Visitor;
let by: string;
let consultationId: string;
const staffPage = `/fr/staff/${AUTHORITY_A}/systems/${ID}/consultation`;
const publicPage = () => `/fr/consultations/${AUTHORITY_A}/${consultationId}`;
const goLive = () => changeStatus(p, { authorityId: AUTHORITY_A, systemId: ID, to: 'live', by });

before(async () => {
  p = await makePlatform();
  app = createApp(p);
  by = await makeStaff(p, AUTHORITY_A, ['registrar'], 'Amina Exemple');
  registrar = await signedIn(p, app, AUTHORITY_A, by);
  await publishLow(p, ID, ['ma']);
});
after(() => p.dispose());

test('what looks like personal data', () => {
  for (const text of [
    'écrivez à a.b@exemple.ma',
    'appelez le 06 12 34 56 78',
    '+212612345678',
    'اتصلوا بي ٠٦١٢٣٤٥٦٧٨',
    'ma CIN est AB123456',
    'bk 98765',
  ])
    assert.ok(personalIn(text), text);
  for (const text of [
    'l’article 4 du décret 2-17-265',
    '3 200 dirhams en 2026',
    'de 2024 à 2026, 45 %',
    'A4',
    '',
  ])
    assert.equal(personalIn(text), undefined, text);
});

test('from the opening to the live system: a comment, its moderation, its answer', async () => {
  const bad = await registrar.post(staffPage, {
    question_fr: 'Qu’en pensez-vous ?',
    'closesOn-day': '5',
    'closesOn-month': '3',
    'closesOn-year': '2026',
  });
  assert.equal(bad.status, 422);
  assert.match(bad.html, /Qu’en pensez-vous|Qu&#39;en pensez-vous/, 'nothing typed is lost');
  ({ consultationId } = await openConsultation(p, {
    authorityId: AUTHORITY_A,
    systemId: ID,
    question: { fr: 'Quels faits faut-il regarder ?', ar: 'أي معطيات ينبغي النظر فيها؟' },
    closesOn: '2026-03-20',
    by,
  }));
  await assert.rejects(goLive(), { code: 'held' });

  const citizen = new Visitor(app);
  assert.match((await citizen.get('/fr/consultations')).html, /ouverte jusqu’au/);
  const personal = await citizen.post(publicPage(), { text: 'Rappelez-moi au 06 12 34 56 78 svp' });
  assert.equal(personal.status, 422);
  assert.match(personal.html, /06 12 34 56 78 svp/);
  assert.match(personal.html, /href="#field-text"/);
  const words = 'Le véhicule ne dit rien : chez nous, il sert à tout le village.';
  assert.equal((await citizen.post(publicPage(), { text: words })).status, 303);
  assert.equal((await citizen.post(publicPage(), { text: 'Vous êtes des idiots, tous.' })).status, 303);
  assert.doesNotMatch((await citizen.get(publicPage())).html, /tout le village/, 'nothing before it is read');
  const stored = await typed<ConsultationTables>(p.store.read)
    .selectFrom('consultation_comments')
    .selectAll()
    .execute();
  assert.ok(stored.every((row) => row.text === null && !Buffer.from(row.sealed ?? []).includes('village')));

  const received = await commentsOf(p, { authorityId: AUTHORITY_A, consultationId }, 'staff');
  const comment = received.find(({ text }) => text === words);
  const insult = received.find(({ text }) => text !== words);
  const decide = (id: string | undefined, fields: Record<string, string>) =>
    registrar.post(`${staffPage}/${id}`, fields);
  assert.equal((await decide(insult?.commentId, {})).status, 422);
  assert.equal((await decide(insult?.commentId, { word: 'insult-or-threat' })).status, 303);
  assert.equal((await decide(comment?.commentId, { word: 'publish' })).status, 303);
  const shown = await citizen.get(publicPage());
  assert.match(shown.html, /tout le village/);
  assert.match(shown.html, /injure ou menace/);
  assert.doesNotMatch(shown.html, /idiots/);

  assert.equal(
    (await registrar.post(`${staffPage}/close`, { consultation: consultationId }, staffPage)).status,
    409,
    'not before its last day has passed',
  );
  p.clock.moveTo(Temporal.Instant.from('2026-03-21T09:00:00Z'));
  registrar = await signedIn(p, app, AUTHORITY_A, by);
  const late = await citizen.post(publicPage(), { text: 'Un mot encore, le lendemain.' }, '/fr/case');
  assert.equal(late.status, 409);
  assert.match(late.html, /Un mot encore, le lendemain/, 'nothing typed is lost');
  await registrar.post(`${staffPage}/close`, { consultation: consultationId }, staffPage);
  await assert.rejects(goLive(), { code: 'held' }, 'a published comment is unanswered');
  const live = await registrar.post(`/fr/staff/${AUTHORITY_A}/systems/${ID}/publish`, {});
  assert.equal(live.status, 409);
  assert.match(live.html, /consultation/);
  assert.equal((await decide(comment?.commentId, { answer_ar: '', answer_fr: '' })).status, 422);
  const answer = 'Le véhicule ne comptera plus que s’il sert au ménage seul.';
  assert.equal((await decide(comment?.commentId, { answer_fr: answer })).status, 303);
  await goLive();

  const register = await citizen.get(`/fr/register/${AUTHORITY_A}/${ID}`);
  assert.match(register.html, /id="consultation"/);
  const json = (await (await app.request(`/api/v1/consultations/${AUTHORITY_A}/${ID}`)).json()) as {
    consultations: {
      comments: { text: string; answer: { fr: string } }[];
      not_published: Record<string, number>;
    }[];
  };
  assert.equal(json.consultations[0]?.comments[0]?.answer.fr, answer);
  assert.deepEqual(json.consultations[0]?.not_published, { 'insult-or-threat': 1 });
  assert.doesNotMatch(JSON.stringify(json), /stf_/);

  const journal = await listJournal(p, AUTHORITY_A);
  const published = journal.find(({ type }) => type === 'comment-published');
  const [row] = await typed<ConsultationTables>(p.store.read)
    .selectFrom('consultation_comments')
    .selectAll()
    .where('status', '=', 'published')
    .execute();
  assert.equal(
    published?.facts.digest,
    commentDigest(row?.nonce ?? '', words),
    'the log holds a digest, not the words',
  );
  assert.doesNotMatch(JSON.stringify(journal), /tout le village/);
});

test('a published comment is taken back where personal data was found in it, and everybody reads why', async () => {
  const [comment] = await commentsOf(p, { authorityId: AUTHORITY_A, consultationId }, 'public');
  assert.ok(comment?.text);
  const dpo = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['dpo']));
  const agent = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['counter']));
  const page = `${staffPage}/${comment.commentId}/withdraw`;
  assert.equal((await agent.get(page)).status, 403);
  const overview = await dpo.get(staffPage);
  assert.match(overview.html, new RegExp(page));
  assert.doesNotMatch(overview.html, /name="closesOn/, 'the officer runs no consultation');
  for (const because_fr of ['', 'Il donnait le 06 12 34 56 78.'])
    assert.equal((await dpo.post(page, { because_ar: '', because_fr }, page)).status, 422);
  const because = 'Un voisin y était reconnaissable.';
  const back = await dpo.post(page, { because_ar: '', because_fr: because }, page);
  assert.equal(back.status, 303, back.html);

  const { html } = await new Visitor(app).get(publicPage());
  assert.doesNotMatch(html, /tout le village/);
  assert.match(html, /Retiré le/);
  assert.ok(html.includes(because));
  const json = (await (await app.request(`/api/v1/consultations/${AUTHORITY_A}/${ID}`)).json()) as {
    consultations: { comments: { text: null; withdrawn_because: { fr: string } }[] }[];
  };
  assert.equal(json.consultations[0]?.comments[0]?.text, null);
  assert.equal(json.consultations[0]?.comments[0]?.withdrawn_because.fr, because);
  const row = await typed<ConsultationTables>(p.store.read)
    .selectFrom('consultation_comments')
    .selectAll()
    .where('comment_id', '=', comment.commentId)
    .executeTakeFirstOrThrow();
  assert.deepEqual([row.text, row.nonce, row.sealed], [null, null, null]);
  const journal = await listJournal(p, AUTHORITY_A);
  const about = journal.filter(({ facts }) => facts.comment === comment.commentId);
  assert.deepEqual(
    about.map(({ type }) => type),
    ['comment-published', 'comment-answered', 'comment-withdrawn'],
  );
  assert.ok(about[0]?.facts.digest, 'the digest stays in the log');
  assert.equal((await dpo.post(page, { because_fr: because }, staffPage)).status, 409);
  await assert.rejects(
    withdrawComment(p, {
      authorityId: AUTHORITY_A,
      commentId: comment.commentId,
      by,
      because: { fr: because },
    }),
    { code: 'conflict' },
  );
});

test('one address writes a few comments, then waits; another system is not held by this', async () => {
  const again = await openConsultation(p, {
    authorityId: AUTHORITY_A,
    systemId: ID,
    question: { fr: 'Et maintenant ?' },
    closesOn: '2026-04-20',
    by,
  });
  consultationId = again.consultationId;
  const citizen = new Visitor(app);
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++)
    statuses.push(
      (await citizen.post(publicPage(), { text: `Un commentaire parmi d’autres, le numéro ${i}` })).status,
    );
  assert.deepEqual(statuses.slice(-2), [429, 429]);
  assert.ok((await countComments(p.store.read, { authorityId: AUTHORITY_A, consultationId })).waiting <= 5);
  await assert.rejects(
    openConsultation(p, {
      authorityId: AUTHORITY_A,
      systemId: ID,
      question: { fr: 'Encore ?' },
      closesOn: '2026-04-25',
      by,
    }),
    { code: 'conflict' },
  );
  const stranger = await makeStaff(p, AUTHORITY_A, ['reviewer']);
  await assert.rejects(
    openConsultation(p, {
      authorityId: AUTHORITY_A,
      systemId: ID,
      question: { fr: 'Encore ?' },
      closesOn: '2026-04-25',
      by: stranger,
    }),
    { code: 'forbidden' },
  );
});

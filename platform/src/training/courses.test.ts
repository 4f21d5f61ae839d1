import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { listJournal } from '../../test/journal.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { makeStaff, signedIn } from '../../test/visitor.ts';
import { ROLES } from '../access/index.ts';
import { createApp } from '../app.tsx';
import { committed } from '../store/index.ts';
import { type Chosen, lastDiagnosis, missingModules, takeDiagnosis, takeQuiz } from './attempts.ts';
import { assertCertified, listCertificates } from './certificates.ts';
import { COURSE_LANGS, courses, diagnosisFor, MODULES, type QuizQuestion } from './courses.ts';
import { parseMarkdown } from './markdown.ts';
import { skillsMap } from './skills.ts';

type Asked = readonly Pick<QuizQuestion, 'id' | 'choices'>[];
const right = (questions: Asked): Chosen =>
  Object.fromEntries(questions.map(({ id, choices }) => [id, choices.find((c) => c.right)?.id]));
const wrong = (questions: Asked): Chosen =>
  Object.fromEntries(questions.map(({ id, choices }) => [id, choices.find((c) => !c.right)?.id]));

suite('the texts', () => {
  test('every module has the same parts in every language, and each is long enough to be one', () => {
    for (const { id, text, questions } of courses()) {
      const parts = COURSE_LANGS.map((lang) =>
        text[lang].flatMap((b) => (b.kind === 'heading' ? [b.id] : [])),
      );
      for (const list of parts) assert.deepEqual(list, parts[0], id);
      for (const lang of COURSE_LANGS) {
        const words = JSON.stringify(text[lang]).split(/\s+/).length;
        assert.ok(words > 1_000, `${id} in ${lang} has ${words} words`);
        assert.equal(text[lang].length, text.en.length, `${id} in ${lang}: as many blocks as in English`);
      }
      assert.ok(parts[0]?.includes('sources'), `${id} names its sources`);
      assert.equal(new Set(questions.map((q) => q.id)).size, questions.length);
    }
  });

  test('the right answer is not always in the same place', () => {
    for (const { id, questions } of courses()) {
      const places = new Set(questions.map((q) => q.choices.findIndex((c) => c.right)));
      assert.ok(places.size > 1, id);
    }
  });

  test('who decides or supervises has a diagnosis that touches every module', () => {
    for (const role of ['reviewer', 'supervisor'] as const)
      assert.deepEqual(new Set(diagnosisFor(role).map((q) => q.module)), new Set(MODULES), role);
    for (const role of ROLES) {
      for (const { module } of diagnosisFor(role)) assert.ok(MODULES.some((one) => one === module));
    }
  });

  test('what is not the Markdown we read is refused or plain text, and never markup', () => {
    assert.throws(() => parseMarkdown('## No identifier', 'x.md'), { code: 'invalid-record' });
    assert.throws(() => parseMarkdown('## A {#a}\n\n## B {#a}', 'x.md'), { code: 'invalid-record' });
    assert.deepEqual(parseMarkdown('<b>x</b> [y](javascript:alert)', 'x.md'), [
      { kind: 'paragraph', text: [{ kind: 'text', text: '<b>x</b> [y](javascript:alert)' }] },
    ]);
    assert.deepEqual(parseMarkdown('- a *b*\n- **c**', 'x.md'), [
      {
        kind: 'list',
        ordered: false,
        items: [
          [
            { kind: 'text', text: 'a ' },
            { kind: 'em', text: 'b' },
          ],
          [{ kind: 'strong', text: 'c' }],
        ],
      },
    ]);
  });
});

suite('taking it', () => {
  let p: TestPlatform;
  let staffId: string;
  const person = () => ({ authorityId: AUTHORITY_A, staffId });
  before(async () => {
    p = await makePlatform({ system: false });
    staffId = await makeStaff(p, AUTHORITY_A, ['reviewer']);
  });
  after(() => p.dispose());

  const pass = (module: string) => {
    const course = courses().find((one) => one.id === module);
    return takeQuiz(p, person(), module, right(course?.questions ?? []));
  };
  const mayDecide = () => assertCertified(committed(p.store), AUTHORITY_A, staffId, p.clock.now());

  test('a diagnosis says where to begin and certifies nothing', async () => {
    const questions = diagnosisFor('reviewer');
    const chosen = { ...right(questions), 'd-body': 'yes', 'd-stock': 'law', 'd-experts': 'lazy' };
    const result = await takeDiagnosis(p, person(), 'reviewer', chosen);
    assert.deepEqual(result.modules, ['reasons', 'automation-bias']);
    assert.equal((await lastDiagnosis(p, person()))?.right, questions.length - 3);
    await assert.rejects(mayDecide(), { code: 'not-certified' });
    await assert.rejects(takeDiagnosis(p, person(), 'reviewer', {}), { code: 'invalid-request' });
  });

  test('the third passed quiz issues the certificate, once, as an entry of the log; it lapses and is renewed', async () => {
    const first = courses()[0];
    assert.ok(first);
    const failed = await takeQuiz(p, person(), first.id, wrong(first.questions));
    assert.deepEqual([failed.passed, failed.certificate, failed.right], [false, undefined, 0]);
    assert.equal((await pass('proposal')).certificate, undefined);
    assert.equal((await pass('proposal')).certificate, undefined, 'twice the same is not two');
    assert.equal((await pass('reasons')).certificate, undefined);
    await assert.rejects(mayDecide(), { code: 'not-certified' });
    const done = await pass('automation-bias');
    assert.equal(done.certificate?.to, '2027-03-01');
    await mayDecide();
    const entries = (await listJournal(p, AUTHORITY_A)).filter((e) => e.type === 'certificate-granted');
    assert.equal(entries.length, 1);
    assert.equal(entries[0]?.facts.by, 'training');
    assert.equal((entries[0]?.facts.modules as unknown[] | undefined)?.length, 3);
    assert.equal((await pass('proposal')).certificate, undefined, 'no second one without all three again');

    p.clock.moveTo(Temporal.Instant.from('2027-03-02T09:00:00Z'));
    await assert.rejects(mayDecide(), (error: Error & { details: { mend?: string } }) => {
      assert.match(error.message, /expired on 2027-03-01/);
      assert.match(error.details.mend ?? '', /quizzes/);
      return true;
    });
    assert.equal(
      (await missingModules(p.store.read, person(), p.clock.now())).length,
      3,
      'old passes do not count',
    );
    for (const module of MODULES) await pass(module);
    await mayDecide();
    assert.equal((await listCertificates(p, AUTHORITY_A, { staffId })).length, 2);
  });

  test('whoever has left takes no quiz, and an unanswered one counts as nothing', async () => {
    await assert.rejects(
      takeQuiz(
        p,
        { authorityId: AUTHORITY_A, staffId: 'stf_nobody' },
        'proposal',
        right(courses()[0]?.questions ?? []),
      ),
      { code: 'not-found' },
    );
    await assert.rejects(takeQuiz(p, person(), 'proposal', {}), { code: 'invalid-request' });
    await assert.rejects(takeQuiz(p, person(), 'nothing', {}), { code: 'not-found' });
  });

  test('the skills map counts roles, names nobody, and keeps small groups whole', async () => {
    const [few] = await skillsMap(p, AUTHORITY_A);
    assert.deepEqual([few?.role, few?.people, few?.certified, few?.passed], ['reviewer', 1, 1, undefined]);
    for (let i = 0; i < 4; i++) await makeStaff(p, AUTHORITY_A, ['reviewer']);
    const [more] = await skillsMap(p, AUTHORITY_A);
    assert.deepEqual(more?.passed, { proposal: 1, reasons: 1, 'automation-bias': 1 });
    assert.doesNotMatch(JSON.stringify(more), /stf_/);
  });

  test('the pages: an unanswered question is told at the top and beside it, and the others stay chosen', async () => {
    const app = createApp(p);
    const visitor = await signedIn(p, app, AUTHORITY_A, staffId);
    const training = `/fr/staff/${AUTHORITY_A}/training`;
    assert.match((await visitor.get(training)).html, /certificat est valable/);
    const quiz = `${training}/modules/proposal/quiz`;
    const some = { ...right(courses()[0]?.questions ?? []) } as Record<string, string>;
    delete some.green;
    const refused = await visitor.post(quiz, some);
    assert.equal(refused.status, 422);
    assert.match(refused.html, /href="#field-green"/);
    assert.match(refused.html, /value="proposal"[^>]*checked/);
    const passed = await visitor.post(quiz, right(courses()[0]?.questions ?? []) as Record<string, string>);
    assert.match(passed.html, /Réussi/);
    assert.match(
      (await visitor.get(`/zgh/staff/${AUTHORITY_A}/training/modules/reasons`)).html,
      /lang="ar-MA"/,
    );
    assert.equal((await visitor.get(`${training}/skills`)).status, 403);
    assert.equal((await visitor.get(`${training}/diagnosis/supervisor`)).status, 404, 'not their role');
  });
});

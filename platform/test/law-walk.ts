import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createApp } from '../src/app.tsx';
import { fieldOf } from '../src/assessment/parts.tsx';
import { courses, diagnosisFor, type QuizQuestion } from '../src/training/courses.ts';
import { grantCertificate, grantDelegation } from '../src/training/index.ts';
import type { Lang } from '../src/web/index.ts';
import { allAnswers, assessors, publishLow, RULE } from './assessing.ts';
import { axeViolations, screenshot, sidewaysOverflow, type TestBrowser, withServer } from './browser.ts';
import { deskPageOf } from './desk-walk.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { newCase } from './opened-file.ts';
import { makeStaff } from './visitor.ts';

export interface LawView {
  readonly lang: Lang;
  readonly width: 360 | 1280;
}

const ID = 'aide-projet';
const STAFF = `/staff/${AUTHORITY_A}`;

const send = (page: Page, form = 'main form') => page.locator(form).last().locator('button').last().click();

class Walk {
  #looked = 0;
  readonly p: TestPlatform;
  readonly browser: TestBrowser;
  readonly origin: string;
  readonly view: LawView;

  constructor(p: TestPlatform, browser: TestBrowser, origin: string, view: LawView) {
    this.p = p;
    this.browser = browser;
    this.origin = origin;
    this.view = view;
  }

  at(path: string): string {
    return `${this.origin}/${this.view.lang}${path}`;
  }

  as(staffId: string): Promise<Page> {
    return deskPageOf(this.browser, this.p, this.origin, staffId, this.view.width);
  }

  /** Looks at a page as a judge of pages does: one heading, nothing sideways, nothing for axe (each page in one of two views). */
  async look(page: Page, name: string): Promise<void> {
    const { lang, width } = this.view;
    assert.equal(await page.locator('h1').count(), 1, name);
    assert.equal(await sidewaysOverflow(page), 0, `${name} scrolls sideways in ${lang} at ${width}`);
    if (this.#looked++ % 2 === (width === 360 ? 0 : 1))
      assert.deepEqual(await axeViolations(page), [], `${name} in ${lang} at ${width}`);
    await screenshot(page, `law-${name}-${lang}-${width}`);
  }
}

/** From the first question of an assessment to its approval. */
async function assess(walk: Walk, author: string, approver: string): Promise<void> {
  const page = await walk.as(author);
  await page.goto(walk.at(`${STAFF}/systems/${ID}`));
  await walk.look(page, 'system');
  await page.goto(walk.at(`${STAFF}/systems/${ID}/assessments`));
  await send(page);
  await walk.look(page, 'assessment-list-error');
  await page.locator(`input[value="${RULE}"]`).check();
  await send(page);
  const overview = page.url();
  await walk.look(page, 'assessment-begun');
  for (const section of ['system', 'impact', 'mitigation']) {
    for (let again = 0; again < 3; again++) {
      await page.goto(`${overview}/sections/${section}`);
      for (const [id, value] of Object.entries(allAnswers('fewest'))) {
        const field = page.locator(`[name="${fieldOf(id)}"]`);
        if ((await field.count()) === 0) continue;
        if ((await field.first().getAttribute('type')) === 'radio')
          await page.locator(`[name="${fieldOf(id)}"][value="${String(value)}"]`).check();
        else await field.fill(String(value));
      }
      if (section === 'impact' && again === 0) await walk.look(page, 'assessment-section');
      await send(page);
      if (!page.url().endsWith('told=more')) break;
    }
  }
  await page.goto(overview);
  await walk.look(page, 'assessment-complete');
  await page.locator('form[action$="/submit"] button').click();
  await page.context().close();
  const other = await walk.as(approver);
  await other.goto(overview);
  await walk.look(other, 'assessment-approve');
  await other.locator('form[action$="/approve"] button').click();
  await walk.look(other, 'assessment-approved');
  await other.context().close();
}

/** A consultation opened, commented, read, answered and closed; then the system goes live. */
async function consult(walk: Walk, registrar: string): Promise<void> {
  const { p } = walk;
  const staffPage = walk.at(`${STAFF}/systems/${ID}/consultation`);
  let page = await walk.as(registrar);
  await page.goto(staffPage);
  await walk.look(page, 'consultation-none');
  await page.locator('[name=question_fr]').fill('Quels faits faut-il regarder ?');
  for (const [part, value] of [
    ['day', '20'],
    ['month', '3'],
    ['year', '2026'],
  ] as const)
    await page.locator(`[name="closesOn-${part}"]`).fill(value);
  await send(page);
  await walk.look(page, 'consultation-open');
  const citizen = await walk.browser.open({ width: walk.view.width, height: 740 });
  await citizen.goto(walk.at('/consultations'));
  await walk.look(citizen, 'consultations');
  await citizen.locator('.ta-tasks a').first().click();
  await citizen.locator('[name=text]').fill('Appelez-moi au 06 12 34 56 78, j’ai à dire.');
  await send(citizen);
  await walk.look(citizen, 'consultation-error');
  assert.match(await citizen.locator('[name=text]').inputValue(), /j’ai à dire/);
  await citizen.locator('[name=text]').fill('Le véhicule du village ne dit rien d’une famille.');
  await send(citizen);
  await walk.look(citizen, 'consultation-thanks');
  await page.goto(staffPage);
  await page.locator('table a').first().click();
  await walk.look(page, 'consultation-moderate');
  await page.locator('input[value=publish]').check();
  await send(page);
  await page.locator('[name=answer_fr]').fill('Il ne comptera plus que s’il sert au ménage seul.');
  await walk.look(page, 'consultation-answer');
  await send(page);
  await page.context().close();
  p.clock.moveTo(Temporal.Instant.from('2026-03-21T09:00:00Z'));
  page = await walk.as(registrar);
  await page.goto(staffPage);
  await page.locator('form[action$="/close"] button').click();
  await walk.look(page, 'consultation-closed');
  await page.goto(walk.at(`${STAFF}/systems/${ID}/publish`));
  await send(page);
  assert.match(page.url(), /done=done/);
  await page.context().close();
  await citizen.goto(walk.at(`/register/${AUTHORITY_A}/${ID}`));
  await walk.look(citizen, 'register');
  await citizen.goto(walk.at(`/register/${AUTHORITY_A}/${ID}/assessment`));
  await walk.look(citizen, 'register-assessment');
  await citizen.goto(walk.at(`/register/${AUTHORITY_A}/${ID}/duties`));
  await walk.look(citizen, 'register-duties');
  await citizen.context().close();
}

async function choose(page: Page, questions: readonly Pick<QuizQuestion, 'id' | 'choices'>[]): Promise<void> {
  for (const { id, choices } of questions)
    await page.locator(`[name="${id}"][value="${choices.find((c) => c.right)?.id}"]`).check();
}

/** Diagnosis, module, quiz, certificate; and the desk that opens again. */
async function train(walk: Walk, reviewer: string): Promise<void> {
  const page = await walk.as(reviewer);
  const desk = walk.at(`${STAFF}/desk`);
  await page.goto(desk);
  await page.locator('table[data-queue] tbody a').first().click();
  await walk.look(page, 'desk-lapsed');
  assert.equal(await page.locator('textarea[name=text]').count(), 0, 'a lapsed certificate: reading only');
  await page.locator('.ta-alert a[href$="/training"]').first().click();
  await walk.look(page, 'training-lapsed');
  await page.locator('a[href$="/diagnosis/reviewer"]').click();
  await send(page);
  await walk.look(page, 'diagnosis-error');
  await choose(page, diagnosisFor('reviewer'));
  await send(page);
  await walk.look(page, 'training-diagnosed');
  for (const course of courses()) {
    await page.goto(walk.at(`${STAFF}/training/modules/${course.id}`));
    if (course.id === 'proposal') await walk.look(page, 'module');
    await page.goto(walk.at(`${STAFF}/training/modules/${course.id}/quiz`));
    if (course.id === 'proposal') await walk.look(page, 'quiz');
    await choose(page, course.questions);
    await send(page);
    if (course.id === 'automation-bias') await walk.look(page, 'certified');
  }
  await page.goto(desk);
  await page.locator('table[data-queue] tbody a').first().click();
  assert.equal(await page.locator('textarea[name=text]').count(), 1, 'certified again, the desk is open');
  await page.context().close();
}

/** Everything of the law's part of the platform, in one language at one width. */
export async function walkLaw(browser: TestBrowser, view: LawView): Promise<void> {
  const p = await makePlatform();
  try {
    const authorityId = AUTHORITY_A;
    await publishLow(p, ID, ['ma']);
    const { author, approver } = await assessors(p, ID);
    const jurist = await makeStaff(p, authorityId, ['jurist'], 'Hanane Exemple');
    const lapsed = await makeStaff(p, authorityId, ['reviewer'], 'Youssef Exemple');
    const expired = await makeStaff(p, authorityId, ['reviewer'], 'Latifa Exemple');
    const delegation = { authorityId, act: 'confirm-adverse', scope: 'all', from: '2026-01-01' } as const;
    await grantCertificate(p, { authorityId, staffId: lapsed, from: '2025-09-01', to: '2026-03-05' });
    await grantDelegation(p, {
      ...delegation,
      staffId: lapsed,
      to: '2026-12-31',
      instrument: 'Décision n° 1',
    });
    await grantCertificate(p, { authorityId, staffId: expired, to: '2027-01-31' });
    await grantDelegation(p, {
      ...delegation,
      staffId: expired,
      to: '2026-03-10',
      instrument: 'Décision n° 2',
    });
    await newCase(p, 'adverse', { rooms: 6, members: 2 });
    await withServer(createApp(p), async (origin) => {
      const walk = new Walk(p, browser, origin, view);
      await assess(walk, author, approver);
      await consult(walk, author);
      await train(walk, lapsed);
      const page = await walk.as(expired);
      await page.goto(walk.at(`${STAFF}/desk`));
      await page.locator('table[data-queue] tbody a').first().click();
      await walk.look(page, 'desk-expired-delegation');
      assert.equal(
        await page.locator('textarea[name=text]').count(),
        0,
        'an expired delegation: only a proposal',
      );
      await page.context().close();
      const law = await walk.as(jurist);
      await law.goto(walk.at(`${STAFF}/systems/${SYSTEM}/applicability`));
      await walk.look(law, 'applicability');
      await law.goto(walk.at(`${STAFF}/systems/${SYSTEM}/applicability/ma/profiling`));
      await law.locator('[name=because]').fill('Trop court');
      await send(law);
      await walk.look(law, 'applicability-error');
      await law.context().close();
      const chief = await walk.as(approver);
      await chief.goto(walk.at(`${STAFF}/training/skills`));
      await walk.look(chief, 'skills');
      await chief.goto(walk.at(`${STAFF}/systems/${SYSTEM}/conformity`));
      await walk.look(chief, 'evidence');
      await chief.context().close();
    });
  } finally {
    await p.dispose();
  }
}

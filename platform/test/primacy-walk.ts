import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createApp } from '../src/app.tsx';
import { decide } from '../src/decisions/decide.ts';
import { confirmProposal } from '../src/desk/decide-proposal.ts';
import { openAtDesk } from '../src/desk/openings.ts';
import { isDrawn } from '../src/primacy/judge-first.ts';
import { addKnownAnswers } from '../src/primacy/known-answers.ts';
import { announcePlan } from '../src/primacy/plan.ts';
import { publishVersion } from '../src/register/publish.ts';
import { changeStatus } from '../src/register/status.ts';
import { grantCertificate, grantDelegation } from '../src/training/index.ts';
import { modelFile } from '../worlds/soutien-menages/model.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import { axeViolations, screenshot, sidewaysOverflow, type TestBrowser, withServer } from './browser.ts';
import { type DeskView, deskPageOf } from './desk-walk.ts';
import { AUTHORITY_A, clearCase, inputOf, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { newCase, REASONS } from './opened-file.ts';
import { reasonsText } from './reviewing.ts';
import { makeStaff } from './visitor.ts';

const GRAVE = 'niveau-quatre';
const DRAWN = 500;

class Walk {
  readonly p: TestPlatform;
  readonly browser: TestBrowser;
  readonly origin: string;
  readonly view: DeskView;

  constructor(p: TestPlatform, browser: TestBrowser, origin: string, view: DeskView) {
    this.p = p;
    this.browser = browser;
    this.origin = origin;
    this.view = view;
  }

  at(path: string): string {
    return `${this.origin}/${this.view.lang}${path}`;
  }

  staff(path: string): string {
    return this.at(`/staff/${AUTHORITY_A}${path}`);
  }

  as(staffId: string): Promise<Page> {
    return deskPageOf(this.browser, this.p, this.origin, staffId, this.view.width);
  }

  /** One heading, nothing sideways, nothing for axe. */
  async look(page: Page, name: string): Promise<void> {
    const { lang, width } = this.view;
    assert.equal(await page.locator('h1').count(), 1, name);
    assert.equal(await sidewaysOverflow(page), 0, `${name} scrolls sideways in ${lang} at ${width}`);
    assert.deepEqual(await axeViolations(page), [], `${name} in ${lang} at ${width}`);
    await screenshot(page, `primacy-${name}-${lang}-${width}`);
  }

  later(seconds = 1): void {
    this.p.clock.moveTo(this.p.clock.now().add({ seconds }));
  }

  /** A proposal that waits, in which the reviewer judges first or does not. */
  async proposal(drawn: boolean): Promise<string> {
    for (;;) {
      const { decision } = await newCase(this.p, 'adverse');
      if (isDrawn(this.p, { authorityId: AUTHORITY_A, decisionId: decision }, DRAWN) === drawn)
        return decision;
    }
  }
}

async function reviewer(p: TestPlatform, name: string): Promise<string> {
  const staffId = await makeStaff(p, AUTHORITY_A, ['reviewer'], name);
  const of = { authorityId: AUTHORITY_A, staffId };
  await grantCertificate(p, { ...of, to: '2027-03-01' });
  const held = { from: '2026-03-01', to: '2027-03-01', instrument: 'Décision n° 12/2026' };
  await grantDelegation(p, { ...of, ...held, act: 'confirm-adverse', scope: 'all' });
  return staffId;
}

async function graveProposal(p: TestPlatform): Promise<string> {
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = { ar: 'دعم الأسر، المستوى 4', fr: 'Soutien aux ménages, niveau 4' };
  await publishVersion(p, AUTHORITY_A, GRAVE, { ...RECORD, name, impactLevel: 4 }, { bytes, sha256 });
  await changeStatus(p, { authorityId: AUTHORITY_A, systemId: GRAVE, to: 'live', by: 'stf_test' });
  const { decision } = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: GRAVE,
    idempotencyKey: 'grave-case',
    body: { subject: 'grave', input: inputOf(clearCase('adverse').household) },
  });
  return decision;
}

const send = (page: Page) => page.locator('main form').last().locator('button').last().click();

/** Writes a decision, and signs it on the page that shows it once more. */
async function sign(page: Page, word: 'confirm' | 'override', text: string): Promise<void> {
  await page.locator(`input[value=${word}]`).check();
  await page.locator('textarea[name=text]').fill(text);
  await page.locator('main form button').click();
  assert.match(new URL(page.url()).pathname, /\/check$/, await page.locator('main').innerText());
}

/** The supervision announces; the reviewer takes note. */
async function announce(walk: Walk, supervisor: string, nadia: string): Promise<void> {
  const page = await walk.as(supervisor);
  await page.goto(walk.staff('/primacy'));
  await page.locator('details.ta-help summary').first().click();
  await page.locator('[name=permille]').fill('900');
  await send(page);
  await walk.look(page, 'announce-error');
  await page.locator('[name=permille]').fill(String(DRAWN));
  await page.locator('[name=every]').fill('5');
  await page.locator('[name=cap]').fill('40');
  await send(page);
  await page.context().close();
  const own = await walk.as(nadia);
  await own.goto(walk.staff('/primacy'));
  await walk.look(own, 'announced');
  await own.locator('main form button').first().click();
  assert.equal(await own.locator('.ta-alert').count(), 0, 'once noted, it is not announced again');
  await own.context().close();
  walk.later();
}

async function judgeFirst(walk: Walk, page: Page): Promise<void> {
  const text = walk.view.lang === 'ar' ? REASONS.ar : REASONS.fr;
  const proposed = { fr: 'Ce que la règle propose', ar: 'ما تقترحه القاعدة' }[walk.view.lang as 'fr' | 'ar'];
  await page.goto(walk.staff(`/desk/${await walk.proposal(true)}`));
  await walk.look(page, 'judge');
  assert.ok(!(await page.locator('main').innerText()).includes(proposed), 'no proposal yet');
  assert.equal(await page.locator('textarea[name=text]').count(), 0);
  await send(page);
  await walk.look(page, 'judge-error');
  await page.locator('input[value=favourable]').check();
  await send(page);
  assert.ok((await page.locator('main').innerText()).includes(proposed));
  await walk.look(page, 'judged');
  walk.later(200);
  await sign(page, 'confirm', text);
  await send(page);
  assert.match(new URL(page.url()).pathname, /\/signed$/);
}

async function knownAnswer(walk: Walk, page: Page, nadia: string): Promise<void> {
  const { p, view } = walk;
  const favourable = inputOf(clearCase('favourable').household);
  const misled = inputOf(clearCase('adverse').household);
  await addKnownAnswers(p, AUTHORITY_A, SYSTEM, [{ facts: favourable, misled }]);
  const who = { authorityId: AUTHORITY_A, staffId: nadia };
  for (let i = 0; i < 4; i++) {
    const decisionId = await walk.proposal(false);
    await openAtDesk(p, { ...who, decisionId });
    walk.later(240);
    await confirmProposal(p, { ...who, decisionId, reasons: { lang: 'fr', text: reasonsText() } });
  }
  const last = await walk.proposal(false);
  const before = new Set(await queued(walk, page));
  await page.goto(walk.staff(`/desk/${last}`));
  walk.later(240);
  await sign(page, 'confirm', `${view.lang === 'ar' ? REASONS.ar : REASONS.fr} (2)`);
  await send(page);
  const planted = (await queued(walk, page)).filter((href) => !before.has(href));
  assert.equal(planted.length, 1, 'a file with a known answer waits like any other');
  await page.goto(new URL(planted[0] as string, walk.origin).href);
  // It may be one in which the reviewer judges first, like any other.
  if ((await page.locator('[name=judged]').count()) > 0) {
    await page.locator('[name=judged][value=unsure]').check();
    await send(page);
  }
  await walk.look(page, 'known-answer');
  walk.later(180);
  const label = RECORD.inputs.find(({ name }) => name === 'members')?.label;
  await sign(
    page,
    'override',
    view.lang === 'ar'
      ? `بناء على المادة 7 من نظام البرنامج، لا تبرر المعطيات الرفض. ${label?.ar}: ${favourable.members}.`
      : `Vu l'article 7 du règlement du programme, les faits ne fondent pas le refus. ${label?.fr} : ${favourable.members}.`,
  );
  await walk.look(page, 'known-answer-check');
  await send(page);
  await walk.look(page, 'debrief');
}

async function queued(walk: Walk, page: Page): Promise<string[]> {
  await page.goto(walk.staff('/desk'));
  return page
    .locator('table[data-queue] tbody a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

async function twoPeople(walk: Walk, page: Page, omar: string): Promise<void> {
  const text = walk.view.lang === 'ar' ? REASONS.ar : REASONS.fr;
  const address = walk.staff(`/desk/${await graveProposal(walk.p)}`);
  await page.goto(address);
  await walk.look(page, 'two-people');
  await sign(page, 'confirm', `${text} (3)`);
  await walk.look(page, 'first-check');
  await send(page);
  await walk.look(page, 'signed-first');
  await page.goto(address);
  await walk.look(page, 'waits-for-second');
  assert.equal(await page.locator('input[value=confirm]').count(), 0, 'nobody signs twice');
  assert.equal(await page.locator('input[value=override]').count(), 1, 'in favour, alone');
  const other = await walk.as(omar);
  await other.goto(address);
  await walk.look(other, 'second');
  await sign(other, 'confirm', `${text} (4)`);
  await walk.look(other, 'second-check');
  await send(other);
  assert.match(new URL(other.url()).pathname, /\/signed$/);
  await other.context().close();
}

async function ownFigures(walk: Walk, page: Page): Promise<void> {
  await page.goto(walk.staff('/primacy'));
  await walk.look(page, 'own');
  await page.locator('textarea[name=text]').fill('Non');
  await send(page);
  await walk.look(page, 'contest-error');
  assert.equal(await page.locator('textarea[name=text]').inputValue(), 'Non');
  await page
    .locator('textarea[name=text]')
    .fill('Deux de ces dossiers étaient la suite d’un même examen fait la veille.');
  await send(page);
  await walk.look(page, 'contested');
}

/** Human primacy as its people meet it: announced, judged first, known answers, two signatures, figures, the cap. */
export async function walkPrimacy(browser: TestBrowser, view: DeskView): Promise<void> {
  const p = await makePlatform();
  try {
    const supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Leila Exemple');
    const nadia = await reviewer(p, 'Nadia El Amrani');
    const omar = await reviewer(p, 'Omar Exemple');
    await withServer(createApp(p), async (origin) => {
      const walk = new Walk(p, browser, origin, view);
      await announce(walk, supervisor, nadia);
      const page = await walk.as(nadia);
      await judgeFirst(walk, page);
      await knownAnswer(walk, page, nadia);
      await twoPeople(walk, page, omar);
      await ownFigures(walk, page);
      await announcePlan(p, {
        authorityId: AUTHORITY_A,
        systemId: SYSTEM,
        judgeFirstPermille: 0,
        knownAnswerEvery: 0,
        dayCap: 3,
        by: supervisor,
      });
      walk.later();
      await page.goto(walk.staff(`/desk/${await walk.proposal(false)}`));
      await walk.look(page, 'cap');
      assert.equal(await page.locator('textarea[name=text]').count(), 0, 'beyond the cap: reading only');
      await page.context().close();
      const chief = await walk.as(supervisor);
      await chief.goto(walk.staff('/primacy'));
      await walk.look(chief, 'supervision');
      await chief.goto(walk.at(`/register/${AUTHORITY_A}/${SYSTEM}`));
      await walk.look(chief, 'register');
      await chief.context().close();
    });
  } finally {
    await p.dispose();
  }
}

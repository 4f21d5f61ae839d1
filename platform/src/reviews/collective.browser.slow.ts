import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
  axeViolations,
  browserTest,
  screenshot,
  sidewaysOverflow,
  type TestBrowser,
  withServer,
} from '../../test/browser.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { newLetter, REASONS } from '../../test/opened-file.ts';
import { refusalBy, staffMember, type TestCase, type TestStaff } from '../../test/reviewing.ts';
import { as } from '../../test/reviews-at-work.ts';
import { webApp } from '../../test/web-app.ts';
import { citizenPages } from '../citizen/index.ts';
import { assets } from '../web/index.ts';
import { collectivePages } from './collective/pages.tsx';
import { reviewsOfCase } from './index.ts';
import { reviewPages } from './pages.tsx';

const NAME = 'Association Tazourt';
const WORDS = {
  fr: {
    subject: 'Les villas de montagne sont comptées comme des villas de ville.',
    own: 'Chez nous, la route est coupée en hiver.',
    because: 'Chaque membre demande qu’une personne relise son dossier.',
    answer: 'La grille sera revue pour les logements de montagne avant la fin de l’année.',
    granted:
      'Vu l’article 7 du règlement du programme. Revenus déclarés du ménage : 20 000 dirhams par mois. Type de logement : villa, en montagne. L’aide est accordée.',
    upheld: 'acceptée',
    rejected: 'non acceptée',
    small: 'moins de dix personnes',
  },
  ar: {
    subject: 'تُحتسب فيلات الجبال كفيلات المدن.',
    own: 'تنقطع الطريق عندنا في الشتاء.',
    because: 'يطلب كل عضو أن يراجع شخص ملفه.',
    answer: 'ستراجع الشبكة الخاصة بمساكن الجبال قبل نهاية السنة.',
    granted:
      'بناء على المادة 7 من نظام البرنامج. الدخل المصرَّح به للأسرة: 20000 درهم في الشهر. نوع السكن: فيلا في الجبل. لذلك تُمنح الإعانة.',
    upheld: 'مقبول',
    rejected: 'غير مقبول',
    small: 'أقل من عشرة أشخاص',
  },
} as const;

interface View {
  readonly lang: 'fr' | 'ar';
  readonly width: number;
}

interface Walk extends View {
  readonly p: TestPlatform;
  readonly browser: TestBrowser;
  readonly origin: string;
}

interface Member extends TestCase {
  /** Their own phone, on which their file is open. */
  readonly page: Page;
  readonly javaScript: boolean;
}

/** Axe, where there is JavaScript for it; no page scrolls sideways; a picture of it. */
async function look(walk: Walk, page: Page, name: string, axe = true): Promise<void> {
  assert.equal(await sidewaysOverflow(page), 0, name);
  if (axe) assert.deepEqual(await axeViolations(page), [], name);
  await screenshot(page, `collective-${name}-${walk.lang}`);
}

const desk = ({ p, browser, origin, width }: Walk, { staffId }: TestStaff) =>
  as(p, browser, origin, staffId, { width, height: 900 });
const reviewsAt = ({ origin, lang }: Walk) => `${origin}/${lang}/staff/${AUTHORITY_A}/reviews`;
const textOf = (page: Page) => page.locator('main').innerText();

/** A representative comes to the counter, where the request is opened; answers its number. */
async function open(walk: Walk, agent: TestStaff): Promise<string> {
  const words = WORDS[walk.lang];
  const page = await desk(walk, agent);
  await page.goto(`${reviewsAt(walk)}/collectives`);
  await page.locator('input[name=representative]').fill(NAME);
  await page.locator('select[name=system]').selectOption(SYSTEM);
  await page.locator('textarea[name=subject]').fill(`${words.subject} ${NAME}`);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('main form button').click();
  await look(walk, page, 'refused');
  assert.equal(await page.locator('input[name=representative]').inputValue(), NAME);
  await page.locator('textarea[name=subject]').fill(words.subject);
  await page.locator('main form button').click();
  return new URL(page.url()).pathname.split('/').at(-1) as string;
}

async function join(walk: Walk, of: TestCase, number: string, javaScript: boolean): Promise<Member> {
  const { p, browser, origin, lang, width } = walk;
  const { reference, code } = await newLetter(p, of.caseId);
  const page = await browser.open({ javaScript, width, height: 740 });
  await page.goto(`${origin}/${lang}/case`);
  await page.locator('input[name=reference]').fill(reference);
  await page.locator('input[name=code]').fill(code);
  await page.locator('main button[type=submit]').click();
  await page.goto(`${origin}/${lang}/case/review`);
  await page.locator(`main a[href="/${lang}/case/collective"]`).click();
  const { submit, name } = {
    submit: 'main form:has([name=collective]) button',
    name: 'input[name=collective]',
  };
  await page.locator(name).fill('col_nothing');
  await page.locator(submit).click();
  assert.equal(await page.locator(name).inputValue(), 'col_nothing');
  if (javaScript) await look(walk, page, 'number');
  await page.locator(name).fill(number.toUpperCase());
  await page.locator(submit).click();
  const asked = await textOf(page);
  assert.ok(asked.includes(NAME) && asked.includes(WORDS[lang].subject), 'to whom, and about what');
  if (javaScript) await look(walk, page, 'mandate');
  await page.locator('textarea[name=text]').fill(WORDS[lang].own);
  await page.locator(submit).click();
  assert.match(page.url(), /\/case\/review\/sent$/);
  if (!javaScript) await look(walk, page, 'sent', false);
  return { ...of, page, javaScript };
}

/** What the member's request is in law, and who answers it. */
async function qualify(walk: Walk, page: Page, address: string, to: TestStaff): Promise<void> {
  await page.goto(`${address}/qualify`);
  await page.locator('input[name=kind][value=revision]').check();
  await page.locator('textarea[name=because]').fill(WORDS[walk.lang].because);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('form:has(input[name=kind]) button').click();
  await page.goto(address);
  await page.locator(`input[name=to][value="${to.staffId}"]`).check();
  await page.locator('form:has(input[name=to]) button').click();
}

async function answer(walk: Walk, page: Page, address: string, outcome: 'favour' | 'rejected') {
  await page.goto(address);
  assert.ok((await textOf(page)).includes(WORDS[walk.lang].own));
  await page.locator(`input[name=answer][value=${outcome}]`).check();
  await page
    .locator('textarea[name=text]')
    .fill(outcome === 'favour' ? WORDS[walk.lang].granted : REASONS[walk.lang]);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('button[value=check]').click();
  await page.locator('button[value=sign]').click();
  assert.equal(await page.locator('textarea[name=text]').count(), 0, 'the answer is signed');
}

async function addressOf(walk: Walk, { caseId }: TestCase): Promise<string> {
  const [review] = await reviewsOfCase(walk.p, AUTHORITY_A, caseId);
  assert.ok(review);
  return `${reviewsAt(walk)}/${review.reviewId}`;
}

async function wholeRequest(walk: Walk): Promise<void> {
  const { p, browser, origin, lang, width } = walk;
  const words = WORDS[lang];
  const author = await staffMember(p, 'author', ['reviewer'], { password: null });
  const second = await staffMember(p, 'second', ['reviewer'], { password: null });
  const supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  const number = await open(walk, await staffMember(p, 'agent', ['counter'], { password: null }));

  const members = [
    await join(walk, await refusalBy(p, author), number, false),
    await join(walk, await refusalBy(p, author), number, true),
  ] as const;
  const addresses = [await addressOf(walk, members[0]), await addressOf(walk, members[1])] as const;

  const boss = await desk(walk, supervisor);
  for (const address of addresses) await qualify(walk, boss, address, second);
  const page = await desk(walk, second);
  await answer(walk, page, addresses[0], 'favour');
  const at = `${reviewsAt(walk)}/collectives/${number}`;
  await boss.goto(at);
  assert.equal(await boss.locator('textarea[name=text]').count(), 0, 'a member still waits');
  await look(walk, boss, 'waiting');
  await answer(walk, page, addresses[1], 'rejected');

  await boss.goto(reviewsAt(walk));
  await boss.locator('main a[href$="/collectives"]').click();
  await boss.locator('tbody th a').click();
  assert.equal(boss.url(), at);
  const publish = async (text: string) => {
    await boss.locator('textarea[name=text]').fill(text);
    await boss.locator('select[name=lang]').selectOption(lang);
    await boss.locator('form:has(textarea[name=text]) button').click();
  };
  await publish(`${words.answer} ${members[0].reference}`);
  await look(walk, boss, 'personal');
  await publish(words.answer);
  assert.equal(await boss.locator('textarea[name=text]').count(), 0, 'it is published');
  assert.ok((await textOf(boss)).includes(words.answer));
  await look(walk, boss, 'answered');

  for (const [i, member] of members.entries()) {
    await member.page.goto(`${origin}/${lang}/case/review/follow`);
    const own = await textOf(member.page);
    const [mine, other] = i === 0 ? (['upheld', 'rejected'] as const) : (['rejected', 'upheld'] as const);
    const tags = await member.page.locator('main .ta-tag').allInnerTexts();
    assert.ok(
      tags.some((tag) => tag.trim() === words[mine]),
      `${mine}: ${tags}`,
    );
    assert.ok(!tags.some((tag) => tag.trim() === words[other]), `${mine}: ${tags}`);
    assert.ok(!own.includes(members[1 - i]?.reference ?? ''), 'nothing of the other member');
    await look(walk, member.page, `own-${mine}`, member.javaScript);
    await member.page.locator(`main a[href="/${lang}/collective/${number}"]`).click();
    assert.ok((await textOf(member.page)).includes(words.answer));
  }

  const anybody = await browser.open({ width, height: 740 });
  await anybody.goto(`${origin}/${lang}/collective/${number}`);
  const html = await anybody.content();
  assert.match(html, new RegExp(words.small));
  assert.ok(html.includes(words.subject));
  assert.equal(html.split(words.answer).length - 1, 1, 'one answer');
  for (const { reference, caseId, decisionId } of members) {
    for (const hidden of [NAME, 'Tazourt', words.own, reference, caseId, decisionId]) {
      assert.ok(!html.includes(hidden), `${hidden} is not public`);
    }
  }
  await look(walk, anybody, 'public');
}

for (const view of [
  { lang: 'fr', width: 1280 },
  { lang: 'ar', width: 360 },
] as const satisfies readonly View[]) {
  browserTest(
    `a collective request, from its opening to each outcome: ${view.lang} at ${view.width}`,
    async (browser) => {
      const p = await makePlatform();
      try {
        const app = webApp(collectivePages(p), reviewPages(p), citizenPages(p)).route('/', assets);
        await withServer(app, (origin) => wholeRequest({ p, browser, origin, ...view }));
      } finally {
        await p.dispose();
      }
    },
  );
}

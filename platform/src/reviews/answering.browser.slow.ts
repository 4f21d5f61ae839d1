import assert from 'node:assert/strict';
import {
  axeViolations,
  browserTest,
  screenshot,
  sidewaysOverflow,
  type TestBrowser,
  withServer,
} from '../../test/browser.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newLetter, REASONS } from '../../test/opened-file.ts';
import { reviewOfRefusal, staffMember, type TestReview, type TestStaff } from '../../test/reviewing.ts';
import { as } from '../../test/reviews-at-work.ts';
import { webApp } from '../../test/web-app.ts';
import { citizenPages } from '../citizen/index.ts';
import { assets } from '../web/index.ts';
import type { Kind } from './index.ts';
import { reviewPages } from './pages.tsx';

const GRANTED = {
  fr: 'Vu l’article 7 du règlement du programme. Revenus déclarés du ménage : 20 000 dirhams par mois. L’aide est accordée.',
  ar: 'بناء على المادة 7 من نظام البرنامج. الدخل المصرَّح به للأسرة: 20000 درهم في الشهر. لذلك تُمنح الإعانة.',
} as const;
const STATE = {
  fr: { favour: 'acceptée', rejected: 'non acceptée' },
  ar: { favour: 'مقبول', rejected: 'غير مقبول' },
} as const;

interface Answering {
  readonly p: TestPlatform;
  readonly browser: TestBrowser;
  readonly origin: string;
  readonly lang: 'fr' | 'ar';
  readonly width: number;
}

/** The person's own page of their request, on a phone of theirs. */
async function followed(walk: Answering, caseId: string) {
  const { p, browser, origin, lang, width } = walk;
  const { reference, code } = await newLetter(p, caseId);
  const page = await browser.open({ width, height: 740 });
  await page.goto(`${origin}/${lang}/case`);
  await page.locator('input[name=reference]').fill(reference);
  await page.locator('input[name=code]').fill(code);
  await page.locator('main button[type=submit]').click();
  await page.goto(`${origin}/${lang}/case/review/follow`);
  return page;
}

/** As somebody would who sends what the form does not offer. */
const setValue = (input: { value: string }, value: string) => {
  input.value = value;
};

/** Answers at the desk without JavaScript, then reads the person's page. */
async function answers(
  walk: Answering,
  kind: Kind,
  { made, by, tries }: { made: TestReview; by: TestStaff; tries: readonly ('favour' | 'rejected')[] },
): Promise<void> {
  const { p, browser, origin, lang, width } = walk;
  const desk = await as(p, browser, origin, by.staffId, { javaScript: false, width, height: 900 });
  await desk.goto(`${origin}/${lang}/staff/${AUTHORITY_A}/reviews/${made.reviewId}`);
  const words = (outcome: 'favour' | 'rejected') => (outcome === 'favour' ? GRANTED : REASONS)[lang];
  for (const [i, outcome] of tries.entries()) {
    const offered = desk.locator(`input[name=answer][value=${outcome}]`);
    if (i === tries.length - 1) await offered.check();
    else {
      assert.equal(await offered.count(), 0, `${kind}: ${outcome} is not offered`);
      await desk.locator('input[name=answer]').first().check();
      await desk.locator('input[name=answer]').first().evaluate(setValue, outcome);
    }
    await desk.locator('textarea[name=text]').fill(words(outcome));
    await desk.locator('select[name=lang]').selectOption(lang);
    await desk.locator('button[value=check]').click();
    if (i === tries.length - 1) break;
    assert.equal(await desk.locator('button[value=sign]').count(), 0, `${kind}: ${outcome} is not theirs`);
    assert.equal(await sidewaysOverflow(desk), 0, kind);
    await screenshot(desk, `refused-${kind}-${lang}`);
  }
  await desk.locator('button[value=sign]').click();
  assert.equal(await desk.locator('textarea[name=text]').count(), 0, 'the answer is signed');
  await screenshot(desk, `answered-${kind}-${lang}`);

  const outcome = tries.at(-1) ?? 'rejected';
  const page = await followed(walk, made.caseId);
  const tags = await page.locator('main .ta-tag').allInnerTexts();
  assert.ok(tags.map((tag) => tag.trim()).includes(STATE[lang][outcome]), `${kind}: ${tags}`);
  assert.ok((await page.locator('main').innerText()).includes(words(outcome)), kind);
  assert.equal(
    await page.locator(`main a[href="/${lang}/case/decision"]`).count(),
    outcome === 'favour' ? 2 : 1,
  );
  assert.equal(await sidewaysOverflow(page), 0, kind);
  assert.deepEqual(await axeViolations(page), [], kind);
  await screenshot(page, `outcome-${kind}-${lang}`);
}

browserTest('the author of a decision gives way on appeal, an opposition is answered', async (browser) => {
  const p = await makePlatform();
  try {
    const none = { password: null } as const;
    const author = await staffMember(p, 'author', ['reviewer'], none);
    const second = await staffMember(p, 'second', ['reviewer'], none);
    const supervisor = await staffMember(p, 'supervisor', ['supervisor'], none);
    const app = webApp(reviewPages(p), citizenPages(p)).route('/', assets);
    await withServer(app, async (origin) => {
      const appeal = await reviewOfRefusal(p, {
        by: author,
        kind: 'appeal-to-author',
        to: author,
        supervisor,
      });
      // Authors never confirm themselves: it is not offered, and refused where it is sent all the same.
      await answers({ p, browser, origin, lang: 'fr', width: 1280 }, 'appeal-to-author', {
        made: appeal,
        by: author,
        tries: ['rejected', 'favour'],
      });
      const opposition = await reviewOfRefusal(p, { by: author, kind: 'opposition', to: second, supervisor });
      await answers({ p, browser, origin, lang: 'ar', width: 360 }, 'opposition', {
        made: opposition,
        by: second,
        tries: ['rejected'],
      });
    });
  } finally {
    await p.dispose();
  }
});

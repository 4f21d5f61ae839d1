import assert from 'node:assert/strict';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { AUTHORITY_A, makePlatform, SYSTEM } from '../../test/make-platform.ts';
import { newLetter } from '../../test/opened-file.ts';
import { reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { as } from '../../test/reviews-at-work.ts';
import { webApp } from '../../test/web-app.ts';
import { citizenPages } from '../citizen/index.ts';
import { assets } from '../web/index.ts';
import { openCollective } from './collective/index.ts';
import { collectivePages } from './collective/pages.tsx';
import { askForDocuments, KINDS, reviewsOfCase } from './index.ts';
import { reviewPages } from './pages.tsx';

browserTest('each kind of request: its pages read well, and work without JavaScript', async (browser) => {
  const p = await makePlatform();
  try {
    const none = { password: null } as const;
    const by = await staffMember(p, 'author', ['reviewer'], none);
    const to = await staffMember(p, 'second', ['reviewer'], none);
    const supervisor = await staffMember(p, 'supervisor', ['supervisor'], none);
    const agent = await staffMember(p, 'agent', ['counter'], none);
    const app = webApp(collectivePages(p), reviewPages(p), citizenPages(p)).route('/', assets);
    await withServer(app, async (origin) => {
      for (const [i, kind] of KINDS.entries()) {
        const superior = kind === 'appeal-to-superior';
        const made = await reviewOfRefusal(p, { by, kind, ...(superior ? {} : { to, supervisor }) });
        if (!superior) {
          await askForDocuments(p, {
            authorityId: AUTHORITY_A,
            reviewId: made.reviewId,
            documents: ['income'],
            text: 'Le bulletin de paie de mars.',
            lang: 'fr',
            staffId: to.staffId,
          });
        }
        const lang = i % 2 === 0 ? 'fr' : 'ar';
        const { reference, code } = await newLetter(p, made.caseId);
        const enter = async (javaScript: boolean, width: number) => {
          const page = await browser.open({ javaScript, width, height: 740 });
          await page.goto(`${origin}/${lang}/case`);
          await page.locator('input[name=reference]').fill(reference);
          await page.locator('input[name=code]').fill(code);
          await page.locator('main button[type=submit]').click();
          await page.goto(`${origin}/${lang}/case/review/follow`);
          assert.equal(await sidewaysOverflow(page), 0, kind);
          return page;
        };
        const seen = await enter(true, i < 2 ? 1280 : 360);
        assert.deepEqual(await axeViolations(seen), [], kind);
        await screenshot(seen, `request-${kind}-${lang}`);
        const plain = await enter(false, 360);
        await plain
          .locator('details', { has: plain.locator('input[name=kind]') })
          .locator('summary')
          .click();
        await plain.locator('textarea[name=text]').fill('Ce n’est pas cela.');
        await plain
          .locator('form', { has: plain.locator('input[name=kind]') })
          .locator('button')
          .click();
        const [review] = await reviewsOfCase(p, AUTHORITY_A, made.caseId);
        assert.equal(review?.contests[0]?.text, 'Ce n’est pas cela.', kind);
        if (i > 1) continue;
        const desk = await as(p, browser, origin, to.staffId, { width: i === 0 ? 1280 : 360, height: 900 });
        await desk.goto(`${origin}/${lang}/staff/${AUTHORITY_A}/reviews/${made.reviewId}/qualify`);
        assert.deepEqual(await axeViolations(desk), [], kind);
        assert.equal(await sidewaysOverflow(desk), 0);
        await screenshot(desk, `qualify-${lang}`);
      }
      const { collectiveId } = await openCollective(p, {
        authorityId: AUTHORITY_A,
        systemId: SYSTEM,
        subject: 'Le relevé de 2019 est trop ancien.',
        lang: 'fr',
        representative: 'Association Exemple',
        by: agent.staffId,
      });
      const page = await browser.open({ width: 360, height: 740 });
      await page.goto(`${origin}/ar/collective/${collectiveId}`);
      assert.deepEqual(await axeViolations(page), []);
      assert.equal(await sidewaysOverflow(page), 0);
      await screenshot(page, 'collective-ar');
    });
  } finally {
    await p.dispose();
  }
});

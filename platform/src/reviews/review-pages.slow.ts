import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { AUTHORITY_A } from '../../test/make-platform.ts';
import { reasonsText } from '../../test/reviewing.ts';
import { as, world } from '../../test/reviews-at-work.ts';

browserTest(
  'every page of a review reads well on a phone and on a desk, in French and in Arabic',
  async (browser) => {
    const { p, app, first, second, supervisor, open, review } = await world();
    try {
      await withServer(app, async (origin) => {
        for (const lang of ['fr', 'ar', 'zgh'] as const) {
          for (const width of lang === 'zgh' ? [360] : [360, 1280]) {
            const at = `${origin}/${lang}/staff/${AUTHORITY_A}/reviews`;
            const size = { width, height: 900 };
            const look = async (page: Page, name: string) => {
              const axe = lang === 'fr' ? width === 1280 : width === 360;
              if (axe) assert.deepEqual(await axeViolations(page), [], `${name} ${lang} ${width}`);
              assert.equal(await sidewaysOverflow(page), 0, `${name} ${lang} ${width}`);
              await screenshot(page, `reviews-${name}-${lang}-${width}`);
            };
            const supervising = await as(p, browser, origin, supervisor.staffId, size);
            await supervising.goto(at);
            await look(supervising, 'list');
            await supervising.goto(`${at}/${open.reviewId}`);
            await look(supervising, 'assign');
            const blocked = await as(p, browser, origin, first.staffId, size);
            await blocked.goto(`${at}/${review.reviewId}`);
            await look(blocked, 'closed');
            const page = await as(p, browser, origin, second.staffId, size);
            await page.goto(`${at}/${review.reviewId}`);
            await look(page, 'request');
            await page.locator('button[value="check"]').click();
            await look(page, 'errors');
            await page.locator('input[name="answer"][value="corrected"]').check();
            await page.locator('[name="text"]').fill(reasonsText());
            await page.locator('button[value="check"]').click();
            await look(page, 'check');
          }
        }
        const last = await as(p, browser, origin, second.staffId, { width: 1280, height: 900 });
        await last.goto(`${origin}/fr/staff/${AUTHORITY_A}/reviews/${review.reviewId}`);
        await last.locator('input[name="answer"][value="corrected"]').check();
        await last.locator('[name="text"]').fill(reasonsText());
        await last.locator('button[value="check"]').click();
        await last.locator('button[value="sign"]').click();
        assert.deepEqual(await axeViolations(last), []);
        await screenshot(last, 'reviews-answered-fr-1280');
        await last.setViewportSize({ width: 360, height: 900 });
        await last.goto(last.url().replace('/fr/', '/ar/'));
        assert.deepEqual(await axeViolations(last), []);
        await screenshot(last, 'reviews-answered-ar-360');
      });
    } finally {
      await p.dispose();
    }
  },
  { timeout: 400_000 },
);

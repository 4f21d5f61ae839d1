import assert from 'node:assert/strict';
import { browserTest, withServer } from '../../test/browser.ts';
import { AUTHORITY_A } from '../../test/make-platform.ts';
import { reasonsText } from '../../test/reviewing.ts';
import { as, world } from '../../test/reviews-at-work.ts';
import { reviewsOfCase } from './index.ts';

browserTest('a reviewer answers a request without JavaScript; the first one is kept out', async (browser) => {
  const { p, app, first, second, review } = await world();
  try {
    await withServer(app, async (origin) => {
      const at = `${origin}/fr/staff/${AUTHORITY_A}/reviews`;
      const blocked = await as(p, browser, origin, first.staffId, { javaScript: false });
      const refused = await blocked.goto(`${at}/${review.reviewId}`);
      assert.equal(refused?.status(), 403);
      assert.match(await blocked.locator('main').innerText(), /Vous avez signé une décision de ce dossier/);

      const page = await as(p, browser, origin, second.staffId, { javaScript: false });
      await page.goto(at);
      await page.locator('tbody th a').click();
      assert.equal(page.url(), `${at}/${review.reviewId}`);
      assert.equal(await page.locator('[name="fact-rooms"]').inputValue(), '2');
      await page.locator('[name="fact-rooms"]').fill('3');
      await page.locator('button[value="preview"]').click();
      assert.equal(await page.locator('[name="fact-rooms"]').inputValue(), '3');
      await page.locator('input[name="answer"][value="favour"]').check();
      await page.locator('[name="text"]').fill('Trop court');
      await page.locator('button[value="check"]').click();
      assert.match(await page.title(), /^Erreur/);
      assert.equal(await page.locator('[name="text"]').inputValue(), 'Trop court');
      await page.locator('[name="text"]').fill(reasonsText());
      await page.locator('button[value="check"]').click();
      assert.match(await page.locator('main').innerText(), /Décision second-decide-review/);
      await page.locator('button[value="change"]').click();
      assert.equal(await page.locator('[name="fact-rooms"]').inputValue(), '3');
      await page.locator('button[value="check"]').click();
      await page.locator('button[value="sign"]').click();
      assert.match(await page.locator('main').innerText(), /signée et scellée/);
      const [answered] = await reviewsOfCase(p, AUTHORITY_A, review.caseId);
      assert.equal(answered?.answered?.outcome, 'upheld');
    });
  } finally {
    await p.dispose();
  }
});

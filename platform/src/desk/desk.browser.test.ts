import assert from 'node:assert/strict';
import { browserTest } from '../../test/browser.ts';
import { deskPageOf, walkDesk, withDesk } from '../../test/desk-walk.ts';
import { AUTHORITY_A } from '../../test/make-platform.ts';

browserTest('the desk holds on a phone in French, from the queue to the next file', (browser) =>
  walkDesk(browser, [{ lang: 'fr', width: 360 }]),
);

browserTest('the desk holds on a screen in Arabic, from the queue to the next file', (browser) =>
  walkDesk(browser, [{ lang: 'ar', width: 1280 }]),
);

browserTest('the queue is walked with j, k and Enter', (browser) =>
  withDesk(3, async (p, reviewer, origin) => {
    const page = await deskPageOf(browser, p, origin, reviewer, 1280);
    await page.goto(`${origin}/fr/staff/${AUTHORITY_A}/desk`);
    const links = page.locator('table[data-queue] tbody a');
    const order = await Promise.all([0, 1, 2].map((i) => links.nth(i).getAttribute('href')));
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === order[1]);
    assert.equal(await page.locator('#decide').count(), 1);
  }),
);

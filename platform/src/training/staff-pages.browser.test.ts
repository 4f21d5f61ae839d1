import assert from 'node:assert/strict';
import { browserTest, withServer } from '../../test/browser.ts';
import { AT, appOf, populated, signIn } from '../../test/staff-at-work.ts';

browserTest('staff sign in, work and sign out without JavaScript', async (browser) => {
  const { p, rkia } = await populated();
  try {
    await withServer(appOf(p), async (origin) => {
      const page = await browser.open({ javaScript: false });
      await signIn(page, origin, 'fr', 'salma', 'a wrong but long one');
      assert.match(await page.title(), /^Erreur/);
      assert.equal(await page.locator('input[name=account]').inputValue(), 'salma');
      await signIn(page, origin, 'fr', 'salma');
      assert.equal(page.url(), `${origin}/fr${AT}`);
      const cookies = await page.context().cookies();
      assert.ok(cookies.every((cookie) => cookie.httpOnly && cookie.sameSite === 'Lax'));

      await page.locator('.ta-nav a', { hasText: 'Personnes' }).click();
      await page.locator('td a, th a', { hasText: 'رقية' }).click();
      assert.equal(page.url(), `${origin}/fr${AT}/people/${rkia}`);
      await page.locator('a', { hasText: 'renouveler' }).click();
      const form = page.locator('main form');
      await form.locator('input[name="to-year"]').fill('2099');
      await form.locator('button').click();
      assert.match(await page.locator('.ta-errors').innerText(), /deux ans au plus/);
      await form.locator('input[name="to-year"]').fill('2027');
      await form.locator('input[name="to-month"]').fill('6');
      await form.locator('input[name="to-day"]').fill('30');
      await form.locator('button').click();
      assert.match(await page.locator('main').innerText(), /valable jusqu’au 30 juin 2027/);

      await page.locator('.ta-account button').click();
      assert.equal(page.url(), `${origin}/fr/staff/sign-in`);
      await page.goto(`${origin}/fr${AT}/people`);
      assert.match(page.url(), /sign-in\?next=/);
    });
  } finally {
    await p.dispose();
  }
});

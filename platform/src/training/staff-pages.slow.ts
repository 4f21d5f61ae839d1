import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { AT, appOf, populated, signIn } from '../../test/staff-at-work.ts';
import { LANGS } from '../web/index.ts';

browserTest(
  'staff pages hold at 360 and 1280 px, and axe finds nothing in any language',
  async (browser) => {
    const { p, rkia } = await populated();
    try {
      await withServer(appOf(p), async (origin) => {
        const phone = await browser.open({ width: 360, height: 740 });
        const desk = await browser.open();
        for (const page of [phone, desk]) {
          await page.goto(`${origin}/fr/staff/sign-in`);
          await look(page, 'sign-in-fr', await axeViolations(page));
          await page.goto(`${origin}/ar/staff/sign-in`);
          await look(page, 'sign-in-ar', await axeViolations(page));
          await signIn(page, origin, 'ar', 'salma');
        }
        const paths = {
          home: AT,
          people: `${AT}/people`,
          person: `${AT}/people/${rkia}`,
          certificate: `${AT}/people/${rkia}/certificates`,
          delegation: `${AT}/people/${rkia}/delegations`,
          log: `${AT}/access-log`,
          me: `${AT}/me`,
        };
        for (const lang of LANGS) {
          for (const [name, path] of Object.entries(paths)) {
            for (const page of [phone, desk]) {
              await page.goto(`${origin}/${lang}${path}`);
              assert.equal(await page.locator('h1').count(), 1, `${name} ${lang}`);
              await look(page, `${name}-${lang}`, page === desk ? await axeViolations(page) : []);
            }
          }
        }
      });
    } finally {
      await p.dispose();
    }
  },
  { timeout: 300_000 },
);

async function look(page: Page, name: string, violations: readonly string[]): Promise<void> {
  assert.deepEqual(violations, [], name);
  const width = page.viewportSize()?.width;
  assert.equal(await sidewaysOverflow(page), 0, `${name} scrolls sideways at ${width}`);
  if (/-(?:fr|ar)$/.test(name)) await screenshot(page, `staff-${name}-${width}`);
}

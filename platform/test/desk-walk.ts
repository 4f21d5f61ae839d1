import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startSession } from '../src/access/sessions.ts';
import { deskPages } from '../src/desk/pages.tsx';
import { changeStatus } from '../src/register/status.ts';
import { grantCertificate } from '../src/training/index.ts';
import { assets, type Lang } from '../src/web/index.ts';
import { axeViolations, screenshot, sidewaysOverflow, type TestBrowser, withServer } from './browser.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { newCase, REASONS, signingReviewer } from './opened-file.ts';
import { makeStaff } from './visitor.ts';
import { webApp } from './web-app.ts';

/** One language at one width in CSS pixels. */
export interface DeskView {
  readonly lang: Lang;
  readonly width: 360 | 1280;
}

/** The desk served on loopback, with `waiting` proposals of different ages. */
export async function withDesk(
  waiting: number,
  body: (p: TestPlatform, reviewer: string, origin: string) => Promise<void>,
): Promise<void> {
  const p = await makePlatform();
  try {
    const reviewer = await signingReviewer(p);
    for (let i = 0; i < waiting; i++) {
      await newCase(p, 'adverse', { rooms: 5 + (i % 3), members: 1 + (i % 4) });
      p.clock.moveTo(p.clock.now().add({ hours: 31 }));
    }
    const app = webApp(deskPages(p)).route('/', assets);
    await withServer(app, (origin) => body(p, reviewer, origin));
  } finally {
    await p.dispose();
  }
}

/** A browser page of its own, signed in. */
export async function deskPageOf(
  browser: TestBrowser,
  p: TestPlatform,
  origin: string,
  staffId: string,
  width: number,
): Promise<Page> {
  const page = await browser.open({ width, height: width === 360 ? 740 : 900 });
  const value = await p.store.transact(async (tx) => startSession(tx, p.clock.now(), AUTHORITY_A, staffId));
  await page.context().addCookies([{ name: 'taalil-staff', value, url: origin }]);
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width;
  assert.equal(await page.locator('h1').count(), 1, name);
  assert.equal(await sidewaysOverflow(page), 0, `${name} scrolls sideways at ${width}`);
  assert.deepEqual(await axeViolations(page), [], `${name} at ${width}`);
  await screenshot(page, `desk-${name}-${width}`);
}

async function write(page: Page, word: string, text: string): Promise<void> {
  await page.locator(`input[value=${word}]`).check();
  await page.locator('textarea[name=text]').fill(text);
  await page.locator('main form button').click();
}

/**
 * From the queue to the next file, looking at every page: no sideways scrolling, nothing for axe, one heading. Then the
 * same queue as somebody sees it whose certificate expired, and with the system suspended.
 */
export async function walkDesk(browser: TestBrowser, views: readonly DeskView[]): Promise<void> {
  await withDesk(views.length + 4, async (p, reviewer, origin) => {
    const desk = (lang: Lang) => `${origin}/${lang}/staff/${AUTHORITY_A}/desk`;
    const reader = await makeStaff(p, AUTHORITY_A, ['reviewer'], 'رقية أيت براهيم');
    const to = p.clock.now().toZonedDateTimeISO('Africa/Casablanca').toPlainDate().toString();
    await grantCertificate(p, { authorityId: AUTHORITY_A, staffId: reader, from: '2026-01-01', to });
    p.clock.moveTo(p.clock.now().add({ hours: 48 }));
    for (const [i, { lang, width }] of views.entries()) {
      const page = await deskPageOf(browser, p, origin, reviewer, width);
      const first = () => page.locator('table[data-queue] tbody a').first();
      await page.goto(`${desk(lang)}?system=${SYSTEM}&days=365`);
      await look(page, `queue-empty-${lang}`);
      await page.goto(`${desk(lang)}?system=${SYSTEM}&days=2&sort=reference`);
      await look(page, `queue-filtered-${lang}`);
      await page.goto(desk(lang));
      await look(page, `queue-${lang}`);
      await first().click();
      const address = page.url();
      await look(page, `case-${lang}`);
      await write(page, 'confirm', 'Refus.');
      await look(page, `errors-${lang}`);
      assert.equal(await page.locator('textarea[name=text]').inputValue(), 'Refus.');
      const text = `${REASONS[lang === 'fr' ? 'fr' : 'ar']} (${i})`;
      await write(page, i % 2 === 0 ? 'confirm' : 'override', text);
      assert.match(new URL(page.url()).pathname, /\/check$/);
      await look(page, `check-${lang}`);
      await page.locator('main form button').click();
      assert.match(new URL(page.url()).pathname, /\/signed$/);
      await look(page, `signed-${lang}`);
      await page.goto(address);
      await look(page, `decided-${lang}`);
      await page.context().close();
      const reading = await deskPageOf(browser, p, origin, reader, width);
      await reading.goto(desk(lang));
      await look(reading, `queue-reader-${lang}`);
      await reading.locator('table[data-queue] tbody a').first().click();
      await look(reading, `case-reader-${lang}`);
      await reading.context().close();
    }
    const reason = { fr: 'Essai', ar: 'تجربة' };
    await changeStatus(p, {
      authorityId: AUTHORITY_A,
      systemId: SYSTEM,
      to: 'suspended',
      reason,
      by: 'stf_a',
    });
    for (const { lang, width } of views) {
      const page = await deskPageOf(browser, p, origin, reviewer, width);
      await page.goto(desk(lang));
      await look(page, `queue-suspended-${lang}`);
      await page.locator('table[data-queue] tbody a').first().click();
      await look(page, `case-suspended-${lang}`);
      await page.context().close();
    }
  });
}

import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { counterPages } from '../src/counter/index.ts';
import { assets } from '../src/web/index.ts';
import { axeViolations, screenshot, sidewaysOverflow, type TestBrowser, withServer } from './browser.ts';
import { pdf } from './files-to-attach.ts';
import { AUTHORITY_A, makePlatform } from './make-platform.ts';
import { newLetter, refusedCase, signingReviewer } from './opened-file.ts';
import { makeStaff, signedIn } from './visitor.ts';

const PAGES = ['', '/review', '/notification', '/code', '/representatives'];

/** Every page of the counter in one language and at one width, forms sent back with their errors too. */
export async function walkCounterPages(browser: TestBrowser, lang: string, width: number): Promise<void> {
  const p = await makePlatform();
  try {
    const { case: caseId } = await refusedCase(p, await signingReviewer(p));
    const { reference } = await newLetter(p, caseId);
    const app = new Hono().route('/', assets).route('/', counterPages(p));
    const visitor = await signedIn(
      p,
      app,
      AUTHORITY_A,
      await makeStaff(p, AUTHORITY_A, ['counter'], 'Amina Berrada'),
    );
    await withServer(app, async (origin) => {
      const page = await browser.open({ width, height: 740 });
      const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: origin }));
      await page.context().addCookies(cookies);
      const look = async (name: string) => {
        assert.equal(await sidewaysOverflow(page), 0, `${lang} ${name} scrolls sideways`);
        assert.deepEqual(await axeViolations(page), [], `${lang} ${name}`);
        if (process.env.TAALIL_SCREENSHOTS) await screenshot(page, `${lang}-counter-${name}-${width}`);
      };
      const send = () => page.locator('main form button[type=submit]').first().click();
      await page.goto(`${origin}/${lang}/staff/${AUTHORITY_A}/counter`);
      await send();
      await look('open-errors');
      await page.goto(`${origin}/${lang}/staff/${AUTHORITY_A}/counter`);
      await look('open');
      await page.locator('input[name=reference]').fill(reference);
      await page.locator('input[value=national-card]').check();
      await page.locator('input[value=person]').check();
      await send();
      const visit = page.url();
      assert.match(visit, /\/counter\/ast_/);
      for (const part of PAGES) {
        await page.goto(visit + part);
        await look(part === '' ? 'aloud' : part.slice(1));
      }
      await send();
      await look('representatives-errors');
      await page.goto(`${visit}/review`);
      await page.locator('input[value=data-wrong]').check();
      await page.locator('textarea').fill('Le revenu inscrit est faux.');
      await page.locator('summary').first().click();
      await page.locator('input[name=value-earnings]').fill('1 500');
      await page.locator('input[type=file]').setInputFiles([
        { name: 'paie.pdf', mimeType: '', buffer: pdf() },
        { name: 'note.txt', mimeType: '', buffer: Buffer.from('x') },
      ]);
      await send();
      await look('file-refused');
      await page.locator('main form button[type=submit]:not([tabindex], [name])').first().click();
      await look('read-back');
      await page.locator('button[value=send]').click();
      await page.goto(`${visit}/review`);
      await look('file-handed-in');
      await page.goto(`${visit}/code`);
      await send();
      await look('letter');
    });
  } finally {
    await p.dispose();
  }
}

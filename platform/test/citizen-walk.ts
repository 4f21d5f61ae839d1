import assert from 'node:assert/strict';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { citizenPages, publicPages } from '../src/citizen/index.ts';
import { recordNotification } from '../src/notices/index.ts';
import { assets } from '../src/web/index.ts';
import { axeViolations, screenshot, sidewaysOverflow, type TestBrowser, withServer } from './browser.ts';
import { pdf } from './files-to-attach.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from './make-platform.ts';
import { newCase, newLetter, refusedCase, signingReviewer } from './opened-file.ts';

const PUBLIC = ['', '/human', '/receipt', '/case', '/case/left'];
const SHOWN = ['decision', 'reasons', 'facts', 'life', 'letter'];
const MORE = ['receipt', 'receipt/check', 'review'];
const STEPS = ['ground', 'facts', 'values', 'text', 'files', 'contact', 'who', 'check', 'sent', 'follow'];

/** A refusal that was notified, a grant, and a proposal that waits. */
async function threeFiles(p: TestPlatform) {
  const reviewer = await signingReviewer(p);
  const refused = await refusedCase(p, reviewer);
  await recordNotification(p, {
    authorityId: AUTHORITY_A,
    caseId: refused.case,
    decisionId: refused.decision,
    mode: 'registered-letter',
    date: '2026-03-02',
    proof: { document: 'RR 0012 345', on: '2026-03-02' },
    to: 'Fadma Oubella',
    by: { kind: 'staff', staffId: reviewer },
  });
  return { refused, granted: await newCase(p, 'favourable'), waiting: await newCase(p, 'adverse') };
}

async function enter(page: Page, origin: string, lang: string, letter: { reference: string; code: string }) {
  await page.goto(`${origin}/${lang}/case`);
  await page.locator('input[name=reference]').fill(letter.reference);
  await page.locator('input[name=code]').fill(letter.code);
  await page.locator('main button[type=submit]').click();
  assert.equal(new URL(page.url()).pathname, `/${lang}/case/decision`);
}

/**
 * Opens every page that a citizen can see, in one language and at one width: none scrolls sideways, axe finds nothing.
 * Saves screenshots where `TAALIL_SCREENSHOTS` says so.
 */
export async function walkCitizenPages(browser: TestBrowser, lang: string, width: number): Promise<void> {
  const p = await makePlatform();
  try {
    const files = await threeFiles(p);
    const app = new Hono().route('/', assets).route('/', publicPages(p)).route('/', citizenPages(p));
    await withServer(app, async (origin) => {
      const page = await browser.open({ width, height: 740 });
      const look = async (path: string, name: string) => {
        const answer = await page.goto(`${origin}/${lang}${path}`);
        assert.equal(answer?.status(), 200, path);
        assert.equal(await sidewaysOverflow(page), 0, `${lang}${path} scrolls sideways`);
        assert.deepEqual(await axeViolations(page), [], `${lang}${path}`);
        if (process.env.TAALIL_SCREENSHOTS) await screenshot(page, `${lang}-${name}-${width}`);
      };
      for (const path of PUBLIC) await look(path, `public${path.replaceAll('/', '-')}`);
      for (const [name, file] of Object.entries(files)) {
        await enter(page, origin, lang, await newLetter(p, file.case));
        for (const part of [...SHOWN, ...(name === 'refused' ? MORE : [])]) {
          await look(`/case/${part}`, `${name}-${part.replace('/', '-')}`);
        }
        if (name === 'refused') await askForReview(page, origin, look);
      }
    });
  } finally {
    await p.dispose();
  }
}

type Look = (path: string, name: string) => Promise<void>;

/** Answers every question of a request for review and sends it, looking at each page on the way. */
async function askForReview(page: Page, origin: string, look: Look): Promise<void> {
  const answers: Record<string, (() => Promise<void>) | undefined> = {
    ground: () => page.locator('input[value=data-wrong]').check(),
    facts: async () => {
      for (const fact of ['earnings', 'vehicle', 'dwelling'])
        await page.locator(`input[value=${fact}]`).check();
    },
    values: () => page.locator('input[name=value-earnings]').fill('2 000'),
    text: () => page.locator('textarea').fill('Le revenu inscrit est faux.\nIl date de 2019.'),
    files: async () => {
      const name = 'fiche de paie.pdf';
      await page.locator('input[type=file]').setInputFiles([
        { name, mimeType: '', buffer: pdf() },
        { name: 'lettre.docx', mimeType: '', buffer: Buffer.from('PK') },
      ]);
      await page.locator('button[name=more]').click();
      assert.deepEqual(await axeViolations(page), [], 'a file chosen, another refused');
      assert.equal(await sidewaysOverflow(page), 0);
    },
    contact: () => page.locator('input[name=contact]').fill('06 00 00 00 00'),
    who: () => page.locator('input[value=self]').check(),
  };
  for (const step of STEPS) {
    await look(`/case/review/${step}`, `review-${step}`);
    await answers[step]?.();
    if (step !== 'sent' && step !== 'follow')
      await page.locator('main form button[type=submit]:not([tabindex], [name])').first().click();
  }
  assert.equal(new URL(page.url()).origin, origin);
}

import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import type { WebEnv } from '../../platform/src/access/index.ts';
import { CHECK_SCRIPT } from '../../platform/src/citizen/browser-check.tsx';
import { citizenPages, publicPages } from '../../platform/src/citizen/index.ts';
import { assets, assetText } from '../../platform/src/web/index.ts';
import { chromiumPath, withServer } from '../../platform/test/browser.ts';
import { makePlatform } from '../../platform/test/make-platform.ts';
import { openedBy, refusedCase, signingReviewer } from '../../platform/test/opened-file.ts';

const RUNS = 60;

/** From pressing the button to the verdict in the page, in milliseconds; the first check and the median of the rest. */
async function checks(page: Page, text: string): Promise<{ first: number; median: number; p95: number }> {
  const times = (await page.evaluate(`(async () => {
    document.querySelector('textarea').value = ${JSON.stringify(text)};
    const place = document.querySelector('[data-verdict-place]');
    const times = [];
    for (let i = 0; i < ${RUNS}; i++) {
      place.replaceChildren();
      const shown = new Promise((resolve) => {
        const seen = new MutationObserver(() => (seen.disconnect(), resolve(performance.now())));
        seen.observe(place, { childList: true });
      });
      const before = performance.now();
      document.querySelector('[data-check] button').click();
      times.push((await shown) - before);
      if (place.querySelector('[data-tone=good]') === null) throw new Error(place.textContent);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return times;
  })()`)) as number[];
  const rest = times.slice(1).sort((a, b) => a - b);
  const at = (share: number) => rest[Math.floor(share * rest.length)] as number;
  return { first: times[0] as number, median: at(0.5), p95: at(0.95) };
}

/** The check of a real decision's receipts in the page that citizens use, in Chromium; and on a phone four times slower. */
export async function benchBrowser(): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return console.log('\nNo Chromium: the browser part is left out.');
  const p = await makePlatform();
  const app = new Hono<WebEnv>().route('/', assets).route('/', publicPages(p)).route('/', citizenPages(p));
  const visitor = await openedBy(p, app, (await refusedCase(p, await signingReviewer(p))).case);
  const bundle = (await visitor.get('/fr/case/receipt.json')).html;
  const { receipts } = JSON.parse(bundle) as { receipts: object[] };
  const script = assetText(CHECK_SCRIPT);
  console.log(
    `\nReceipts in Chromium; the script has ${gzipSync(script, { level: 9 }).length} bytes compressed\n`,
  );
  console.log('| processor | what | first ms | median ms | p95 ms |');
  console.log('|---|---|---:|---:|---:|');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await withServer(app, async (origin) => {
      for (const [processor, rate] of [
        ['this one', 1],
        ['four times slower', 4],
      ] as const) {
        for (const [what, text] of [
          ['one receipt', JSON.stringify(receipts[0])],
          [`a case of ${receipts.length}`, bundle],
        ] as const) {
          const page = await browser.newPage();
          const cdp: CDPSession = await page.context().newCDPSession(page);
          await cdp.send('Emulation.setCPUThrottlingRate', { rate });
          await page.goto(`${origin}/fr/receipt`);
          await page.locator('html[data-ready]').waitFor();
          const { first, median, p95 } = await checks(page, text);
          console.log(
            `| ${processor} | ${what} | ${first.toFixed(1)} | ${median.toFixed(1)} | ${p95.toFixed(1)} |`,
          );
          await page.close();
        }
      }
    });
  } finally {
    await browser.close();
    await p.dispose();
  }
}

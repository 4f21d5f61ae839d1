import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createSigner, generateKey, signNote } from '@taalil/transparency-log/writer';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import {
  axeViolations,
  browserTest,
  screenshot,
  sidewaysOverflow,
  type TestBrowser,
  withServer,
} from '../../test/browser.ts';
import { makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newLetter, openedBy, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import type { WebEnv } from '../http.ts';
import { bundleScript } from '../web/bundle.ts';
import { assets, assetText, assetUrl } from '../web/index.ts';
import { CHECK_SCRIPT } from './browser-check.tsx';
import { citizenPages, publicPages } from './index.ts';

const VECTORS = JSON.parse(
  readFileSync(new URL('../../../docs/formats.vectors.json', import.meta.url), 'utf8'),
);

/** What the page says of each receipt, by language. */
const SAID = {
  fr: {
    valid: 'Cette preuve est bonne',
    broken: 'Quelque chose ne tient pas dans cette preuve',
    untrusted: 'Nous ne savons pas qui a fait cette preuve',
    malformed: 'Ce n’est pas une preuve que nous pouvons lire',
  },
  ar: {
    valid: 'هذا الإثبات صحيح',
    broken: 'هناك خلل في هذا الإثبات',
    untrusted: 'لا نعرف من أصدر هذا الإثبات',
    malformed: 'هذا ليس إثباتا يمكننا قراءته',
  },
} as const;
type Kind = keyof typeof SAID.fr;

test('the script that checks a receipt has at most 12 KB compressed', (t) => {
  const size = gzipSync(assetText(CHECK_SCRIPT), { level: 9 }).length;
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= 12 * 1024, `${size} bytes`);
});

test('the same sources give the same script, and it sends nothing anywhere', async () => {
  const answer = await assets.request(assetUrl(CHECK_SCRIPT));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8');
  const script = await answer.text();
  assert.equal(script, bundleScript(new URL('browser/check-receipt.ts', import.meta.url)));
  assert.doesNotMatch(script, /<\/script|\bfetch\(|XMLHttpRequest|innerHTML|\beval\b/);
});

let p: TestPlatform;
let app: Hono<WebEnv>;
let caseId: string;
/** The receipts of one refusal, and others that must not pass. */
let files: Readonly<Record<Kind, string>>;
before(async () => {
  p = await makePlatform();
  app = new Hono<WebEnv>().route('/', assets).route('/', publicPages(p)).route('/', citizenPages(p));
  caseId = (await refusedCase(p, await signingReviewer(p))).case;
  const visitor = await openedBy(p, app, caseId);
  const valid = (await visitor.get('/fr/case/receipt.json')).html;
  files = {
    valid,
    broken: valid.replace('"effect":"adverse"', '"effect":"favourable"'),
    untrusted: VECTORS.receipt,
    malformed: valid.slice(0, -20),
  };
  assert.notEqual(files.broken, valid);
});
after(() => p.dispose());

async function submit(page: Page, text: string, as: 'file' | 'text' = 'file'): Promise<void> {
  if (as === 'text') await page.locator('textarea').fill(text);
  else {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.taalil.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  }
  await page.locator('[data-check] button').click();
}

/** Checks each file on the page that is open, and that the page tells them apart. */
async function tellApart(page: Page, lang: keyof typeof SAID): Promise<void> {
  for (const kind of ['malformed', 'valid', 'broken', 'untrusted'] as const) {
    await submit(page, files[kind]);
    await page.getByText(SAID[lang][kind]).waitFor();
    assert.equal(await page.locator('.ta-alert-title').count(), 1, kind);
  }
}

browserTest(
  'the browser checks a receipt itself and sends nothing, in French and Arabic',
  async (browser) => {
    await withServer(app, async (origin) => {
      for (const lang of ['fr', 'ar'] as const) {
        const page = await browser.open({ width: 360, height: 740 });
        const asked: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        const answer = await page.goto(`${origin}/${lang}/receipt`);
        assert.match(
          answer?.headers()['content-security-policy'] ?? '',
          /^default-src 'none';.*script-src 'self';/,
        );
        await page.locator('html[data-ready]').waitFor();
        assert.ok(await page.locator('[data-here]').isVisible());
        const before = asked.length;
        await tellApart(page, lang);
        await submit(page, files.valid, 'file');
        await page.getByText(SAID[lang].valid).waitFor();
        const lines = await page.locator('ol[data-slot=receipts] > li').allInnerTexts();
        assert.ok(lines.length >= 3 && lines.every((line) => /2026-03/.test(line)), lines.join('\n'));
        await page.locator('ol[data-slot=receipts] summary').first().click();
        assert.match(await page.locator('ol dl').first().innerText(), /case_/);
        assert.equal(await sidewaysOverflow(page), 0);
        assert.deepEqual(await axeViolations(page), []);
        await screenshot(page, `check-${lang}-360`);
        await page.setViewportSize({ width: 1280, height: 900 });
        await screenshot(page, `check-${lang}-1280`);
        assert.deepEqual(asked.slice(before), []);
        assert.deepEqual(complaints, []);
      }
    });
  },
);

browserTest('without JavaScript, or without Ed25519 in the browser, the server checks', async (browser) => {
  await withServer(app, async (origin) => {
    const without = async (page: Page) => {
      for (const [kind, as] of [
        ['valid', 'file'],
        ['broken', 'text'],
      ] as const) {
        await page.goto(`${origin}/fr/receipt`);
        assert.ok(await page.locator('[data-there]').isVisible());
        const [sent] = await Promise.all([
          page.waitForRequest((request) => request.method() === 'POST'),
          submit(page, files[kind], as),
        ]);
        assert.equal(new URL(sent.url()).pathname, '/fr/receipt');
        await page.getByText(SAID.fr[kind]).waitFor();
      }
    };
    await without(await browser.open({ javaScript: false }));
    const old = await browser.open();
    await old.addInitScript(`SubtleCrypto.prototype.importKey = () =>
      Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))`);
    await without(old);
  });
});

browserTest("the person's own page is checked by their own browser too", async (browser) => {
  await withServer(app, async (origin) => {
    const page = await browser.open({ width: 360, height: 740 });
    const { reference, code } = await newLetter(p, caseId);
    await page.goto(`${origin}/fr/case`);
    await page.locator('input[name=reference]').fill(reference);
    await page.locator('input[name=code]').fill(code);
    await page.locator('main button[type=submit]').click();
    await page.goto(`${origin}/fr/case/receipt/check`);
    await page.getByText('C’est votre propre navigateur').waitFor();
    assert.ok(await page.getByText(SAID.fr.valid).isVisible());
    assert.equal(await sidewaysOverflow(page), 0);
    await screenshot(page, 'own-check-fr-360');
  });
});

/** A page that cannot reach anything, with a receipt checked from a file on disk. */
async function offline(browser: TestBrowser, file: string): Promise<Page> {
  const page = await browser.open({ width: 360, height: 740 });
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(file).href);
  await page.locator('html[data-ready]').waitFor();
  return page;
}

browserTest('a page saved to disk verifies with no network, in French and Arabic', async (browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-saved-'));
  try {
    await withServer(app, async (origin) => {
      for (const lang of ['fr', 'ar']) {
        const answer = await fetch(`${origin}/${lang}/receipt/alone.html`);
        assert.match(
          answer.headers.get('content-disposition') ?? '',
          /^attachment; filename="taalil-\w+\.html"/,
        );
        writeFileSync(join(folder, `${lang}.html`), Buffer.from(await answer.arrayBuffer()));
      }
      // As "save the complete page" does: the page, and what it loads beside it.
      mkdirSync(join(folder, 'page'));
      const html = await (await fetch(`${origin}/fr/receipt`)).text();
      for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
        const asset = Buffer.from(await (await fetch(origin + path)).arrayBuffer());
        writeFileSync(join(folder, 'page', path.slice('/assets/'.length)), asset);
      }
      writeFileSync(join(folder, 'page.html'), html.replaceAll('"/assets/', '"page/'));
    });
    for (const lang of ['fr', 'ar'] as const) {
      const page = await offline(browser, join(folder, `${lang}.html`));
      await tellApart(page, lang);
      await submit(page, files.valid);
      await page.getByText(SAID[lang].valid).waitFor();
      assert.equal(await sidewaysOverflow(page), 0);
      assert.deepEqual(await axeViolations(page), []);
      await screenshot(page, `alone-${lang}-360`);
      // It could not send anything if it wanted to.
      assert.equal(
        await page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')"),
        'refused',
      );
    }
    await tellApart(await offline(browser, join(folder, 'page.html')), 'fr');
    await cosigned(browser, folder, files.valid);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A receipt with co-signatures: unknown witnesses are passed over, a known one is named, a forged one refused. */
async function cosigned(browser: TestBrowser, folder: string, bundle: string): Promise<void> {
  const known = createSigner(generateKey('witness.example/known', 'cosignature/v1').skey);
  const unknown = createSigner(generateKey('witness.example/unknown', 'cosignature/v1').skey);
  const { receipts } = JSON.parse(bundle) as { receipts: { proof: string }[] };
  const withLines = (timestamp: number, forge = false) => ({
    v: 1,
    receipts: receipts.map((receipt) => {
      const text = `${receipt.proof.split('\n\n')[1]}\n`;
      const signed = forge ? text.replace(/\n\d+\n/, '\n9999\n') : text;
      const lines = signNote(signed, [known, unknown], timestamp).split('\n\n')[1];
      return { ...receipt, proof: receipt.proof + lines };
    }),
  });
  const at = Date.UTC(2026, 2, 2, 9, 30) / 1000;
  const html = readFileSync(join(folder, 'fr.html'), 'utf8');
  const policy = `witness Université ${known.vkey}\nquorum none\n`;
  assert.ok(html.includes('quorum none\n'));
  writeFileSync(join(folder, 'witnessed.html'), html.replace('quorum none\n', policy));
  const unaware = await offline(browser, join(folder, 'fr.html'));
  await submit(unaware, JSON.stringify(withLines(at)));
  await unaware.getByText(SAID.fr.valid).waitFor();
  const page = await offline(browser, join(folder, 'witnessed.html'));
  await submit(page, JSON.stringify(withLines(at)));
  await page.getByText(SAID.fr.valid).waitFor();
  const said = await page.locator('[data-slot=witnesses]').first().innerText();
  assert.match(
    said,
    /Cosigné par Université le 2 mars 2026 à 09:30|Cosigné par Université le 2 mars 2026 à 10:30/,
  );
  await submit(page, JSON.stringify(withLines(at, true)));
  await page.getByText(SAID.fr.broken).waitFor();
}

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Hono } from 'hono';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { makePlatform } from '../../test/make-platform.ts';
import { newLetter } from '../../test/opened-file.ts';
import { reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { citizenPages } from '../citizen/index.ts';
import { assets } from '../web/index.ts';
import { readZip } from './archive/zip.ts';
import { escalationPages } from './pages.tsx';

browserTest(
  'a person takes the file without JavaScript; it verifies from a page with no network',
  async (browser) => {
    const p = await makePlatform();
    const folder = mkdtempSync(join(tmpdir(), 'taalil-bundle-'));
    try {
      const [by, to, supervisor] = [
        await staffMember(p, 'a', ['reviewer'], { password: null }),
        await staffMember(p, 'b', ['reviewer'], { password: null }),
        await staffMember(p, 'c', ['supervisor'], { password: null }),
      ] as const;
      const { caseId } = await reviewOfRefusal(p, { by, to, supervisor, kind: 'appeal-to-author' });
      const { reference, code } = await newLetter(p, caseId);
      const app = new Hono().route('/', assets).route('/', escalationPages(p)).route('/', citizenPages(p));
      const zip = join(folder, 'file.zip');
      let bytes = Buffer.alloc(0);
      await withServer(app, async (origin) => {
        const page = await browser.open({ javaScript: false, width: 360, height: 740 });
        await page.goto(`${origin}/fr/case`);
        await page.locator('input[name=reference]').fill(reference);
        await page.locator('input[name=code]').fill(code);
        await page.locator('main button[type=submit]').click();
        await page.goto(`${origin}/fr/case/bundle`);
        await screenshot(page, 'bundle-take-fr-360');
        const download = page.waitForEvent('download');
        await page.locator('main button[type=submit]').first().click();
        await (await download).saveAs(zip);
        bytes = readFileSync(zip);
      });
      for (const { path, bytes: content } of readZip(bytes)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const changed = Buffer.from(bytes);
      const last = readZip(changed).find(({ path }) => path === 'clock.json');
      const at = (last?.bytes.byteOffset ?? 0) - changed.byteOffset;
      changed[at] = (changed[at] as number) ^ 1;
      writeFileSync(join(folder, 'changed.zip'), changed);
      for (const [lang, width] of [
        ['fr', 360],
        ['ar', 360],
        ['fr', 1280],
        ['ar', 1280],
      ] as const) {
        const page = await browser.open({ width, height: 900 });
        await page.context().setOffline(true);
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(pathToFileURL(join(folder, `${lang}.html`)).href);
        assert.equal(await sidewaysOverflow(page), 0, `${lang} ${width}`);
        if (width === 360) assert.deepEqual(await axeViolations(page), [], lang);
        for (const [file, verdict] of [
          ['changed.zip', /clock\.json/],
          ['file.zip', lang === 'fr' ? /Rien n’a été changé/ : /لم يتغير شيء/],
        ] as const) {
          await page.locator('input[type=file]').setInputFiles(join(folder, file));
          await page.locator('form button').click();
          await page.locator('[data-verdict-place]').filter({ hasText: verdict }).waitFor();
        }
        await screenshot(page, `bundle-dossier-${lang}-${width}`);
        assert.ok(
          asked.every((url) => url.startsWith('file:')),
          asked.join(' '),
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await p.dispose();
    }
  },
);

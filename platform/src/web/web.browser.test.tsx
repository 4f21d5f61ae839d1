import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { assets } from './assets.ts';
import { gallery } from './gallery/index.tsx';
import { LANGS, type Lang, parseLang } from './languages.ts';
import type { Site } from './site.ts';

const SAMPLES = ['', '/form', '/staff', '/letter'] as const;

function siteOf(lang: Lang, path: string): Site {
  return {
    lang,
    path,
    demonstration: true,
    csrf: 'token',
    nav: [
      { href: `/${lang}/register`, label: lang === 'fr' ? 'Registre public' : 'السجل العمومي' },
      { href: path, label: lang === 'fr' ? 'Ma décision' : 'قراري', current: true },
    ],
    human: {
      telephone: '+212 5 37 00 00 00',
      counter: { fr: '12, avenue de la Source, Rabat', ar: '12، شارع المنبع، الرباط' },
      hours: { fr: 'du lundi au vendredi, 8 h 30 – 16 h 30', ar: 'من الاثنين إلى الجمعة، 8:30 – 16:30' },
    },
    ...(path.endsWith('/staff')
      ? {
          staff: { name: 'Rkia Aït Brahim', roles: ['reviewer'], authority: 'aam' },
          signOut: `/${lang}/sign-out`,
        }
      : {}),
  };
}

const app = new Hono().route('/', assets).route(
  '/',
  gallery((c) => siteOf(parseLang(c.req.param('lang')) ?? 'ar', c.req.path)),
);

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`axe finds nothing in the gallery, ${colorScheme}`, async (browser) => {
    await withServer(app, async (origin) => {
      const page = await browser.open({ colorScheme });
      for (const lang of LANGS) {
        for (const sample of SAMPLES) {
          await page.goto(`${origin}/${lang}/gallery${sample}`);
          assert.deepEqual(await axeViolations(page), [], `${lang}${sample}`);
        }
      }
    });
  });
}

browserTest('every sample fits a 360 px phone, without JavaScript', async (browser) => {
  await withServer(app, async (origin) => {
    const phone = await browser.open({ javaScript: false, width: 360, height: 740 });
    const desk = await browser.open({ javaScript: false });
    for (const lang of LANGS) {
      for (const sample of SAMPLES) {
        const name = `gallery-${lang}${sample.replace('/', '-')}`;
        await phone.goto(`${origin}/${lang}/gallery${sample}`);
        assert.equal(await sidewaysOverflow(phone), 0, `${name} scrolls sideways`);
        await screenshot(phone, `${name}-360`);
        await desk.goto(`${origin}/${lang}/gallery${sample}`);
        assert.equal(await sidewaysOverflow(desk), 0, `${name} scrolls sideways`);
        await screenshot(desk, `${name}-1280`);
      }
    }
  });
});

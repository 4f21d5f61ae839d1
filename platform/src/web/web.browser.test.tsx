import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { assets } from './assets.ts';
import { Bars } from './components/bars.tsx';
import { KeyFigures, SummaryList, Tag, TaskList } from './components/facts.tsx';
import { Radios, Select, TextField } from './components/fields.tsx';
import { Form } from './components/form.tsx';
import { Actions, Button, Tabs } from './components/links.tsx';
import { Table } from './components/table.tsx';
import { Integer } from './components/text.tsx';
import { Timeline } from './components/timeline.tsx';
import { gallery } from './gallery/index.tsx';
import { LANGS, type Lang, parseLang } from './languages.ts';
import { Page } from './layout.tsx';
import { renderPage } from './render.ts';
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
      const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
      const page = await browser.open({ colorScheme });
      for (const lang of LANGS) {
        for (const sample of SAMPLES) {
          await page.goto(`${origin}/${lang}/gallery${sample}`);
          assert.deepEqual(await axeViolations(page, rules), [], `${lang}${sample}`);
          if (lang === 'fr') await screenshot(page, `${colorScheme}-fr${sample.replace('/', '-')}`);
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

const LONG = 'فأسقيناكموهاوأنلزمكموهاوليستخلفنهموأفاستسقيناكموها';

function LongWords() {
  const word = LONG.repeat(2);
  return (
    <Page kind="citizen" title="x">
      <h1>{word}</h1>
      <p>anticonstitutionnellement{'x'.repeat(80)}</p>
      <SummaryList items={[{ term: word, value: word, action: { href: '#', label: word } }]} />
      <Tag state="wait">{word}</Tag>
      <Actions>
        <Button>{word}</Button>
      </Actions>
      <Table caption={word} rows={[word]} columns={[{ header: word, cell: (row) => row }]} />
      <Bars
        caption="c"
        below={word}
        above={word}
        bars={[{ label: word, value: '-123456789012345.123456' }]}
      />
      <Form errors={{ a: word }}>
        <TextField name="a" label={word} hint={word} size={60} />
        <Select name="s" label="s" options={[{ value: 'a', label: word }]} />
        <Radios name="r" label={word} options={[{ value: 'a', label: word, hint: word }]} />
      </Form>
      <Timeline events={[{ title: word, detail: word }]} />
      <Tabs items={[{ href: '#', label: word }]} />
      <TaskList tasks={[{ title: word, status: { state: 'good', label: word } }]} />
      <KeyFigures items={[{ label: word, value: <Integer value="123456789012345678901234567890" /> }]} />
    </Page>
  );
}

browserTest('nothing breaks out of a 320 px screen, nor at a zoom of 200 %', async (browser) => {
  const long = new Hono()
    .route('/', app)
    .get('/:lang{ar|fr}/long', (c) =>
      renderPage(c, siteOf(parseLang(c.req.param('lang')) ?? 'ar', c.req.path), <LongWords />),
    );
  await withServer(long, async (origin) => {
    const small = await browser.open({ javaScript: false, width: 320, height: 640 });
    for (const path of ['/ar/long', '/fr/long', '/ar/gallery', '/fr/gallery/staff', '/ar/gallery/form']) {
      await small.goto(origin + path);
      await screenshot(small, `small${path.replaceAll('/', '-')}`);
      assert.equal(await sidewaysOverflow(small), 0, path);
    }
    const zoomed = await browser.open({ javaScript: false, width: 640, height: 450 });
    for (const path of ['/ar/gallery', '/fr/gallery/staff', '/fr/gallery/letter']) {
      await zoomed.goto(origin + path);
      assert.equal(await sidewaysOverflow(zoomed), 0, path);
    }
  });
});

browserTest(
  'text is 18 px for citizens, 16 px for staff, in lines of at most 66 characters',
  async (browser) => {
    await withServer(app, async (origin) => {
      const page = await browser.open();
      const bodySize = () => page.evaluate<string>('getComputedStyle(document.body).fontSize');
      await page.goto(`${origin}/fr/gallery/staff`);
      assert.equal(await bodySize(), '16px');
      await page.goto(`${origin}/fr/gallery`);
      assert.equal(await bodySize(), '18px');
      const longest =
        await page.evaluate<number>(`Math.max(...[...document.querySelectorAll('main p')].map((p) => {
      const counts = new Map();
      const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let i = 0; i < node.length; i++) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const top = Math.round(range.getBoundingClientRect().top / 8);
          counts.set(top, (counts.get(top) ?? 0) + 1);
        }
      }
      return Math.max(0, ...counts.values());
    }))`);
      assert.ok(longest > 40 && longest <= 66, `the longest line has ${longest} characters`);
    });
  },
);

browserTest('the keyboard reaches everything, and shows where it is', async (browser) => {
  await withServer(app, async (origin) => {
    const page = await browser.open({ javaScript: false });
    const focused = (expression: string) => page.evaluate<string>(`document.activeElement.${expression}`);
    await page.goto(`${origin}/fr/gallery/form`);
    await page.keyboard.press('Tab');
    assert.equal(await focused("getAttribute('href')"), '#main');
    const box = await page.locator('.ta-skip').boundingBox();
    assert.ok(box && box.height > 20 && box.y >= 0, 'the skip link is seen when focused');
    await page.keyboard.press('Enter');
    assert.equal(await focused('id'), 'main');
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate<string>(
        `[document.activeElement, document.activeElement.closest('.ds-field'), document.body]
          .map((element) => element && getComputedStyle(element).outlineStyle)
          .find((style) => style && style !== 'none') ?? (document.activeElement === document.body ? 'body' : 'none')`,
      );
      assert.notEqual(outline, 'none', await focused('outerHTML'));
      seen.add(await focused('id'));
    }
    for (const id of [
      'field-code',
      'field-ground',
      'field-tell',
      'field-born',
      'field-region',
      'field-proof',
    ]) {
      assert.ok(seen.has(id), id);
    }
  });
});

browserTest('j, k and Enter walk a queue, and the policy blocks nothing of ours', async (browser) => {
  await withServer(app, async (origin) => {
    const page = await browser.open();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${origin}/ar/gallery/staff`);
    const at = () => page.evaluate<string>("document.querySelector('tr[data-at] a')?.textContent ?? ''");
    assert.equal(await at(), '');
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    assert.equal(await at(), 'TA-2026-004219');
    await page.keyboard.press('Enter');
    assert.match(page.url(), /#TA-2026-004219$/);
    await page.locator('textarea').focus();
    await page.keyboard.type('jk');
    assert.equal(await page.locator('textarea').inputValue(), 'jk');
    assert.equal(await page.locator('tr[data-at]').count(), 1);
    for (const lang of LANGS)
      for (const sample of SAMPLES) await page.goto(`${origin}/${lang}/gallery${sample}`);
    assert.deepEqual(complaints, []);
  });
});

browserTest('a letter prints on one A4 page, and forced colours keep every shape', async (browser) => {
  await withServer(app, async (origin) => {
    const page = await browser.open();
    for (const lang of LANGS) {
      await page.goto(`${origin}/${lang}/gallery/letter`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, lang);
      assert.match(pdf, /\/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
      await page.emulateMedia({ media: 'print' });
      await screenshot(page, `print-${lang}-letter`);
      await page.emulateMedia({ media: null });
    }
    const forced = await browser.open({ forcedColors: 'active' });
    for (const sample of SAMPLES) {
      await forced.goto(`${origin}/fr/gallery${sample}`);
      await screenshot(forced, `forced-fr${sample.replace('/', '-')}`);
      assert.deepEqual(await axeViolations(forced), [], sample);
    }
  });
});

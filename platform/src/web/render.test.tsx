import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { assets } from './assets.ts';
import { Callout } from './components/notices.tsx';
import { WebError } from './error.ts';
import { LANGS, LANGUAGES, type Lang } from './languages.ts';
import { Page, type PageKind } from './layout.tsx';
import { webMessages } from './messages-web.ts';
import { type RenderOptions, renderPage, renderToString } from './render.ts';
import { type Site, useId, useSite, useT } from './site.ts';

const site = (lang: Lang, more: Partial<Site> = {}): Site => ({
  lang,
  path: `/${lang}/here?q=%22%3Cb%3E`,
  demonstration: false,
  ...more,
});

const page = (kind: PageKind = 'citizen') => (
  <Page kind={kind} title={'Title & "more"'}>
    <h1>One</h1>
  </Page>
);

function answer(of: Site, options?: RenderOptions) {
  const app = new Hono().get('*', (c) => renderPage(c, of, page(), options));
  return app.request('/');
}

describe('an answer', () => {
  it('carries its headers', async () => {
    const { status, headers } = await answer(site('zgh'), { status: 422 });
    assert.equal(status, 422);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('content-language'), 'zgh');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      assert.ok(policy.split('; ').includes(rule), rule);
    }
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it('is shared by caches only when it was made for nobody', async () => {
    const cache = async (more: Partial<Site>) =>
      (await answer(site('fr', more), { cache: 'public' })).headers.get('cache-control');
    assert.equal(await cache({}), 'public, max-age=300');
    assert.equal(await cache({ csrf: 'x' }), 'no-store');
    assert.equal(await cache({ staff: { name: 'a', roles: [], authority: 'b' } }), 'no-store');
  });

  it('is kept out of search engines in a demonstration', async () => {
    const shown = await answer(site('fr', { demonstration: true }));
    assert.equal(shown.headers.get('x-robots-tag'), 'noindex, nofollow');
    assert.match(await shown.text(), /<meta name="robots" content="noindex, nofollow"\/>/);
    assert.equal((await answer(site('fr'))).headers.get('x-robots-tag'), null);
  });
});

describe('every page', () => {
  for (const lang of LANGS) {
    it(`in ${lang} has its language, direction, skip link, ways to a person and to the other languages`, async () => {
      const html = await renderToString(site(lang), page());
      assert.ok(
        html.startsWith(`<!doctype html><html lang="${LANGUAGES[lang].tag}" dir="${LANGUAGES[lang].page}">`),
      );
      assert.match(html, /href="#main"/);
      assert.match(html, /<h2 id="human">/);
      for (const other of LANGS) assert.ok(html.includes(`href="/${other}/here?q=%22%3Cb%3E"`), other);
      assert.equal(html.includes('tifinagh'), lang === 'zgh');
      assert.doesNotMatch(html, /<script|style="/);
    });
  }

  it('says how to reach the human being of its site', async () => {
    const human = { telephone: '+212 5 37 00 00 00', counter: { fr: 'Guichet 3' }, hours: { ar: 'صباحًا' } };
    const html = await renderToString(site('fr', { human }), page());
    assert.match(html, /href="tel:\+212537000000"/);
    assert.match(html, /Guichet 3/);
    assert.match(html, /<span lang="ar-MA" dir="rtl">صباحًا<\/span>/);
  });

  it('is marked as a specimen in a demonstration, and only there', async () => {
    const marked = await renderToString(site('en', { demonstration: true }), page());
    assert.match(marked, /SPÉCIMEN – sans valeur/);
    assert.match(marked, /نموذج بدون قيمة/);
    assert.doesNotMatch(await renderToString(site('en'), page()), /SPÉCIMEN/);
  });

  it('escapes its title and whoever is signed in', async () => {
    const staff = { name: '<b>x</b>', roles: ['reviewer'], authority: 'a' };
    const html = await renderToString(site('fr', { staff, signOut: '/out', csrf: '"><i>' }), page('staff'));
    assert.match(html, /<title>Title &amp; &quot;more&quot; – Taalil<\/title>/);
    assert.doesNotMatch(html, /<b>x|"><i>/);
    assert.match(html, /<form method="post" action="\/out"><input type="hidden" name="csrf"/);
  });

  it('warns on Tamazight pages that the texts await review', async () => {
    assert.match(await renderToString(site('zgh'), page()), /class="ta-zgh"/);
    assert.doesNotMatch(await renderToString(site('ar'), page()), /class="ta-zgh"/);
  });
});

describe('the site context', () => {
  async function Slow({ delay }: { delay: number }) {
    await wait(delay);
    const t = useT(webMessages);
    return <p data-lang={useSite().lang}>{t('next')}</p>;
  }

  it('is never mixed up between pages made at the same time', async () => {
    const made = await Promise.all(
      LANGS.map((lang, index) => renderToString(site(lang), <Slow delay={(LANGS.length - index) * 5} />)),
    );
    assert.deepEqual(
      made.map((html) => /data-lang="(\w+)"/.exec(html)?.[1]),
      [...LANGS],
    );
    assert.match(made[2] ?? '', /Suivant/);
  });

  it('gives identifiers that are unique in a page and the same every time', async () => {
    const Id = () => <i id={useId('x')} />;
    const twice = await Promise.all([1, 2].map(() => renderToString(site('fr'), [<Id />, <Id />])));
    assert.equal(twice[0], '<!doctype html><i id="x-1"></i><i id="x-2"></i>');
    assert.equal(twice[1], twice[0]);
  });

  it('is required', () => {
    assert.throws(
      () => String(<Callout>x</Callout>),
      (error) => error instanceof WebError && error.code === 'no-site',
    );
  });
});

it('the stylesheet a page asks for exists', async () => {
  const html = await renderToString(site('zgh'), page());
  const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.equal(addresses.length, 3);
  for (const address of addresses) assert.equal((await assets.request(address)).status, 200, address);
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { assets, assetUrl } from './assets.ts';
import { WebError } from './error.ts';
import { minifyCss } from './minify.ts';

const text = async (name: string) => (await assets.request(assetUrl(name))).text();
const styles = new URL('styles/', import.meta.url);
const own = readdirSync(styles)
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, css: readFileSync(new URL(name, styles), 'utf8') }));

describe('assets', () => {
  it('are kept for ever under the hash of their content', async () => {
    const answer = await assets.request(assetUrl('taalil.css'));
    assert.match(assetUrl('taalil.css'), /^\/assets\/taalil\.[0-9a-f]{16}\.css$/);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });

  it('include a real font for Tifinagh, from here', async () => {
    const sheet = await text('tifinagh.css');
    const address = /url\((\/assets\/[^)]+)\)/.exec(sheet)?.[1] ?? '';
    const font = Buffer.from(await (await assets.request(address)).arrayBuffer());
    assert.equal(font.subarray(0, 4).toString('latin1'), 'wOF2');
  });

  it('are nothing else', async () => {
    for (const path of ['/assets/taalil.css', '/assets/..%2f..%2fpackage.json', '/assets/']) {
      assert.equal((await assets.request(path)).status, 404, path);
    }
    assert.throws(
      () => assetUrl('../x'),
      (error) => error instanceof WebError && error.code === 'unknown-asset',
    );
  });
});

describe('the stylesheet', () => {
  it('is small enough for a cheap phone', async () => {
    assert.ok((await text('taalil.css')).length < 60_000);
  });

  it('asks nothing of anybody else', async () => {
    assert.doesNotMatch(await text('taalil.css'), /@import|url\((?!"data:)/);
  });

  it('defines every colour and size of the design system that it uses', async () => {
    const css = await text('taalil.css');
    const used = new Set([...css.matchAll(/var\((--ds-[\w-]+)\)/g)].map((match) => match[1]));
    const undefinedOnes = [...used].filter((name) => !css.includes(`${name}:`));
    assert.deepEqual(
      undefinedOnes.filter((name) => !/success|warning|info/.test(name ?? '')),
      [],
    );
  });

  for (const { name, css } of own) {
    it(`${name} knows no left and no right`, () => {
      const physical =
        /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|(?:float|text-align):\s*(?:left|right)/g;
      assert.deepEqual(css.replace(/@media[^{]+/g, '').match(physical), null);
    });
    if (name === 'theme.css' || name === 'print.css') continue;
    it(`${name} takes its colours from the theme`, () => {
      const colours = css
        .match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)
        ?.filter((c) => !/^#(0{6}|f{6})$/.test(c));
      assert.deepEqual(colours ?? [], []);
    });
  }
});

describe('minifying', () => {
  it('takes comments and spaces, and nothing else', () => {
    const css =
      '/* it’s "a" */ a b , c { margin : 0 ; content: "a  /* b */ ; c" ; }\n@media (min-width: 1px) { d { e: f } }';
    assert.equal(minifyCss(css), 'a b ,c{margin :0;content:"a  /* b */ ; c"}@media (min-width:1px){d{e:f}}');
  });
});

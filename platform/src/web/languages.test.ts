import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LANGS, localText, negotiateLanguage, parseLang, pathInLanguage } from './languages.ts';

describe('negotiating a language', () => {
  const cases: readonly [header: string | undefined, expected: string][] = [
    [undefined, 'ar'],
    ['', 'ar'],
    ['fr', 'fr'],
    ['fr-MA,fr;q=0.9,ar;q=0.8', 'fr'],
    ['de;q=1, en;q=0.5', 'en'],
    ['de, es', 'ar'],
    ['ar;q=0.2, fr;q=0.3', 'fr'],
    ['zgh', 'zgh'],
    ['shi-Tfng-MA, fr;q=0.9', 'zgh'],
    ['FR-ma', 'fr'],
    ['fr;q=0, en;q=0.1', 'en'],
    ['en;q=7, fr;q=0.1', 'fr'],
    ['*', 'ar'],
  ];
  for (const [header, expected] of cases) {
    it(`${header} → ${expected}`, () => assert.equal(negotiateLanguage(header), expected));
  }

  it('gives a language of ours whatever is sent', () => {
    fc.assert(fc.property(fc.string(), (header) => LANGS.includes(negotiateLanguage(header))));
  });
});

describe('changing the language of a path', () => {
  it('replaces the first segment and keeps the rest', () => {
    assert.equal(pathInLanguage('/fr/register?q=aide&p=2', 'ar'), '/ar/register?q=aide&p=2');
    assert.equal(pathInLanguage('/fr', 'zgh'), '/zgh');
    assert.equal(pathInLanguage('/fr?x=1', 'en'), '/en?x=1');
    assert.equal(pathInLanguage('/', 'en'), '/en');
    assert.equal(pathInLanguage('/register', 'en'), '/en/register');
  });

  it('comes back to the same path', () => {
    const lang = fc.constantFrom(...LANGS);
    fc.assert(
      fc.property(lang, lang, fc.webPath(), fc.webQueryParameters(), (from, to, path, query) => {
        const address = `/${from}${path}?${query}`;
        assert.equal(pathInLanguage(pathInLanguage(address, to), from), address);
      }),
    );
  });

  it('never leaves the site', () => {
    assert.equal(pathInLanguage('//evil.example/x', 'fr'), '/fr//evil.example/x');
  });
});

describe('a text of an agency', () => {
  it('is taken in the reader’s language, else in another, named', () => {
    assert.deepEqual(localText({ fr: 'aide', ar: 'دعم' }, 'ar'), { lang: 'ar', text: 'دعم' });
    assert.deepEqual(localText({ fr: 'aide' }, 'zgh'), { lang: 'fr', text: 'aide' });
    assert.deepEqual(localText({ fr: 'aide', ar: 'دعم' }, 'zgh'), { lang: 'ar', text: 'دعم' });
    assert.equal(localText({ en: '' }, 'en'), undefined);
  });
});

it('parses only our languages', () => {
  assert.equal(parseLang('fr'), 'fr');
  for (const other of [undefined, '', 'de', 'FR', 'toString', '__proto__']) {
    assert.equal(parseLang(other), undefined);
  }
});

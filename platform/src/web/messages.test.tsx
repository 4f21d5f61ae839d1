import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { WebError } from './error.ts';
import { LANGS } from './languages.ts';
import { defineMessages, draft, type TagRenderer, toBeCommissioned, translator } from './messages.ts';
import { isAttested, zghPlural } from './tamazight.ts';

const m = defineMessages({
  hello: { en: 'Hello {name}', fr: "C'est l'{name} : voilà !", ar: 'مرحبًا {name}', zgh: toBeCommissioned },
  law: { en: 'law', fr: 'loi', ar: 'قانون', zgh: draft('ⴰⵙⴰⴹⵓⴼ') },
  days: {
    en: '{n, plural, one {# day} other {# days}}',
    fr: '{n, plural, one {# jour} other {# jours}}',
    ar: '{n, plural, zero {لا يوم} one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}',
    zgh: toBeCommissioned,
  },
  due: {
    en: 'Due <b>{day, date, long}</b>',
    fr: 'Avant le <b>{day, date, long}</b>',
    ar: 'قبل <b>{day, date, long}</b>',
    zgh: toBeCommissioned,
  },
});

const bold: TagRenderer = (text) => <b>{text}</b>;
const isCode = (code: string) => (error: unknown) => error instanceof WebError && error.code === code;
const html = (node: { toString(): string | Promise<string> }) => String(node);

describe('a message', () => {
  it('is said in each language, with typographic apostrophes and spaces', () => {
    assert.equal(translator(m, 'en').text('hello', { name: 'Rkia' }), 'Hello Rkia');
    assert.equal(translator(m, 'fr').text('hello', { name: 'Rkia' }), 'C’est l’Rkia\u00a0: voilà\u202f!');
  });

  it('knows the six Arabic plurals', () => {
    const t = translator(m, 'ar');
    const said = [0, 1, 2, 3, 11, 1100].map((n) => t.text('days', { n }));
    assert.deepEqual(said, ['لا يوم', 'يوم', 'يومان', '3 أيام', '11 يومًا', '1.100 يوم']);
  });

  it('formats dates in Moroccan time and months, inside tags too', () => {
    const node = translator(m, 'ar')('due', { day: '2026-08-31T23:30:00Z', b: bold });
    assert.equal(html(node), 'قبل <b>1 شتنبر 2026</b>');
    assert.equal(translator(m, 'fr').text('due', { day: '2026-08-01' }), 'Avant le 1er août 2026');
  });

  it('escapes what it is given, but not the nodes', () => {
    const t = translator(m, 'en');
    assert.equal(html(t('hello', { name: '<i>&"' })), 'Hello &lt;i&gt;&amp;&quot;');
    assert.equal(html(t('hello', { name: <i>x</i> })), 'Hello <i>x</i>');
  });

  it('never lets markup through, whatever the argument', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGS), fc.string(), (lang, name) => {
        const said = html(translator(m, lang)('hello', { name: `<script>${name}` }));
        assert.doesNotMatch(said, /<script/);
      }),
    );
  });
});

describe('in Tamazight', () => {
  const t = translator(m, 'zgh');

  it('a draft is marked as Tamazight', () => {
    assert.equal(html(t('law')), '<span lang="zgh" dir="ltr">ⴰⵙⴰⴹⵓⴼ</span>');
    assert.equal(t.lang('law'), 'zgh');
  });

  it('what is to be commissioned is Arabic, marked as Arabic, with Arabic plurals and months', () => {
    assert.equal(html(t('days', { n: 2 })), '<span lang="ar-MA" dir="rtl">يومان</span>');
    assert.match(html(t('due', { day: '2026-08-14', b: bold })), /<b>14 غشت 2026<\/b><\/span>$/);
    assert.equal(t.text('days', { n: 2 }), 'يومان');
    assert.equal(t.lang('days'), 'ar');
  });

  it('no word can be invented', () => {
    assert.throws(() => draft('ⴰⵣⵓⵍ'), isCode('not-attested'));
    assert.throws(() => draft('azul'), isCode('not-attested'));
    assert.equal(isAttested('ⴰⵙⴰⴹⵓⴼ {n}'), true);
  });

  it('the plural rule is the one chosen, not the machine’s default', () => {
    assert.deepEqual([0, 1, 2, 10, 11, 99, 100, 1.5].map(zghPlural), [
      'one',
      'one',
      'other',
      'other',
      'one',
      'one',
      'other',
      'other',
    ]);
  });
});

describe('a mistake is an error', () => {
  const t = translator(m, 'fr');
  it('an unknown key', () => {
    assert.throws(() => t('nothing' as 'hello'), isCode('missing-message'));
    assert.throws(() => t.text('toString' as 'hello'), isCode('missing-message'));
    assert.equal(t.has('hello'), true);
    assert.equal(t.has('nothing'), false);
  });
  it('a missing argument, also when it is there but undefined', () => {
    assert.throws(() => t('hello'), isCode('missing-argument'));
    assert.throws(() => t('hello', { name: undefined as unknown as string }), isCode('missing-argument'));
    assert.throws(() => t('due', { day: '2026-08-14' }), isCode('missing-argument'));
  });
  it('a node where only text can go', () => {
    const node = (<i>x</i>) as unknown as string;
    assert.throws(() => t.text('hello', { name: node }), isCode('bad-argument'));
  });
  it('a date without a format', () => {
    assert.throws(() => t('hello', { name: Temporal.PlainDate.from('2026-08-14') }), isCode('bad-argument'));
  });
});

it('catalogues are frozen', () => {
  assert.throws(() => {
    (m.messages.law as { en: string }).en = 'x';
  }, TypeError);
});

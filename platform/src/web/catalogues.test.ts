import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverage, loadCatalogues } from './catalogues.ts';
import { LANGUAGES } from './languages.ts';
import { defineMessages, draft, type Message, toBeCommissioned } from './messages.ts';
import { problemsOf } from './messages-check.ts';

const entries = await loadCatalogues();

describe('every catalogue of every room', () => {
  assert.ok(entries.length >= 2, 'the catalogues of web/ at least are found');
  for (const { file, catalogue } of entries) {
    it(`${file} says the same thing in every language`, () => assert.deepEqual(problemsOf(catalogue), []));
  }

  it('lets Tamazight pages run right to left only while Arabic is most of what they show', () => {
    const { drafts, messages } = coverage(entries);
    const mostlyArabic = drafts * 2 < messages;
    assert.equal(LANGUAGES.zgh.page, mostlyArabic ? 'rtl' : 'ltr', `${drafts} drafts of ${messages}`);
  });
});

describe('the check finds', () => {
  const good: Message = { en: 'a', fr: 'a', ar: 'ا', zgh: toBeCommissioned };
  const plural = '{n, plural, zero {ا} one {ا} two {ا} few {ا} many {ا} other {ا}}';
  const cases: readonly [what: string, message: Message, expected: RegExp][] = [
    ['a missing language', { ...good, fr: '' }, /fr is missing/],
    ['an absent language', { en: 'a', ar: 'ا', zgh: toBeCommissioned } as Message, /fr is missing/],
    ['an absent Tamazight', { en: 'a', fr: 'a', ar: 'ا' } as Message, /zgh is missing/],
    ['a syntax error', { ...good, en: '{n, plural}' }, /en Not ICU/],
    ['an unclosed tag', { ...good, fr: '<b>a' }, /fr Not ICU/],
    ['another argument name', { ...good, en: '{a}', fr: '{b}', ar: 'ا {a}' }, /fr uses .*\[b\]/],
    ['a forgotten tag', { ...good, en: '<b>a</b>' }, /fr uses the arguments \[\], en uses \[<b>\]/],
    [
      'a missing select case',
      {
        ...good,
        en: '{w, select, f {a} other {a}}',
        fr: '{w, select, f {a} other {a}}',
        ar: '{w, select, other {ا}}',
      },
      /ar uses/,
    ],
    [
      'a missing Arabic plural',
      {
        ...good,
        en: '{n, plural, one {a} other {a}}',
        fr: '{n, plural, one {a} other {a}}',
        ar: plural.replace('two {ا} ', ''),
      },
      /ar plural \{n\} lacks two/,
    ],
    [
      'a missing English singular',
      { ...good, en: '{n, plural, other {a}}', fr: '{n, plural, one {a} other {a}}', ar: plural },
      /en plural \{n\} lacks one/,
    ],
    ['Eastern Arabic digits', { ...good, ar: 'ا ٣' }, /ar has Eastern/],
    ['a month of the Mashriq', { ...good, ar: 'أغسطس' }, /ar has a month/],
    ['untranslated Arabic', { ...good, ar: 'Refus' }, /ar has no Arabic letter/],
    [
      'a draft without the argument',
      { ...good, en: '{a}', fr: '{a}', ar: 'ا {a}', zgh: draft('ⴰⵙⴰⴹⵓⴼ') },
      /zgh uses/,
    ],
  ];
  for (const [what, message, expected] of cases) {
    it(what, () => assert.match(problemsOf(defineMessages({ key: message })).join('; '), expected));
  }

  it('nothing in a good catalogue', () => {
    const fine: Message = {
      ...good,
      en: '{n, plural, one {a} other {a}}',
      fr: '{n, plural, one {a} other {a}}',
      ar: plural,
    };
    assert.deepEqual(problemsOf(defineMessages({ good, fine })), []);
  });
});

it('coverage counts drafts and what is to be commissioned', () => {
  const text = { en: 'a', fr: 'a', ar: 'ا' };
  const catalogue = defineMessages({
    one: { ...text, zgh: draft('ⴰⵙⴰⴹⵓⴼ') },
    two: { ...text, zgh: toBeCommissioned },
    three: { ...text, zgh: toBeCommissioned },
  });
  assert.deepEqual(coverage([{ room: 'desk', catalogue }]), {
    messages: 3,
    drafts: 1,
    toBeCommissioned: 2,
    draftShare: '0.3333',
    byRoom: { desk: { drafts: 1, toBeCommissioned: 2 } },
  });
});

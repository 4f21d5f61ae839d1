import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clearCase, inputOf, people } from '../../test/make-platform.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import type { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import { type Input, systemRecord } from '../register/record.ts';
import { formatDecimal, type Lang } from '../web/index.ts';
import { fold } from './fold.ts';
import { namesArticle } from './names-article.ts';
import { namesFact } from './names-fact.ts';
import { checkReasons } from './reasons.ts';

const record = systemRecord.parse(RECORD);
const input = (name: string) => record.inputs.find((i) => i.name === name) as Input;
const title = { fr: 'Règlement spécimen', ar: 'النظام النموذجي' };

/** An article as the record has it, a sentence, and whether the sentence names the article. */
const ARTICLES: readonly [string, string, boolean][] = [
  ['4', "En application de l'article 4 du règlement", true],
  ['4', 'en application de L’ARTICLE 4.', true],
  ['4', 'Vu l’art. 4', true],
  ['4', 'Vu l’article n° 4', true],
  ['4', 'vu les articles 4 et 7', true],
  ['7', 'vu les articles 4 et 7', true],
  ['7', 'vu les articles 2, 4, 5, 7 et 9', true],
  ['9', 'vu les articles 2, 4, 5, 7 et 9', true],
  ['6', 'vu les articles 2, 4, 5, 7 et 9', false],
  ['4', 'Vu l’article 41', false],
  ['4', 'Vu l’article 14', false],
  ['4', 'Vu l’article 4 bis', false],
  ['4 bis', 'Vu l’article 4 bis', true],
  ['4', 'Vu l’article 4.2', false],
  ['4.2', 'Vu l’article 4.2 du code', true],
  ['4', 'le ménage compte 4 personnes', false],
  ['7', 'article 12, 7 personnes', false],
  ['4', 'بناء على المادة 4 من النظام', true],
  ['4', 'بناء على المادّة ٤', true],
  ['4', 'عملا بالمادة 4', true],
  ['4', 'وطبقا للماده ٤ منه', true],
  ['7', 'بناء على المادتين 4 و7', true],
  ['7', 'بناء على المواد 4 و 7 و 9', true],
  ['23', 'والفصل 23 من الظهير', true],
  ['4', 'بناء على المادة 40', false],
  ['4', 'بناء على المادة 4 مكرر', false],
  ['4', 'عدد أفراد الأسرة 4', false],
  ['4', 'Under article 4 of the regulation', true],
  ['4', 'Under section 4', true],
  ['4', 'the articles of association', false],
  ['4', 'Conformément au règlement spécimen', true],
  ['4', 'بناء على النظام النموذجى', true],
  ['R. 12', 'vu l’article R. 12 du code', true],
];

for (const [article, text, named] of ARTICLES) {
  test(`article ${article} is ${named ? '' : 'not '}named by: ${text}`, () => {
    assert.equal(namesArticle(fold(text), { id: 'x', title, article }), named);
  });
}

test('a legal basis without article is named by its title alone', () => {
  assert.ok(namesArticle(fold('selon le RÈGLEMENT  specimen'), { id: 'x', title }));
  assert.ok(!namesArticle(fold('selon l’article 4'), { id: 'x', title }));
});

/** A fact with its value in the file, a sentence, and whether the sentence names the fact. */
const FACTS: readonly [string, string | number | boolean, string, boolean][] = [
  ['members', 6, 'Personnes dans le ménage : 6', true],
  ['members', 6, 'le ménage compte 6 personnes dans le menage inscrit', true],
  ['members', 6, 'Personnes dans le ménage : 5, et 6 enfants', false],
  ['members', 6, 'six enfants ; le seuil est de 6', false],
  ['earnings', 20_000, 'Revenus déclarés du ménage : 20 000 dirhams', true],
  ['earnings', 20_000, 'revenus declares du menage 20.000 DH', true],
  ['earnings', 20_000, 'Declared income of the household: 20,000', true],
  ['earnings', 20_000, 'Revenus déclarés du ménage : 120 000', false],
  ['earnings', 20_000, 'Revenus déclarés du ménage : 200 000', false],
  ['earnings', 20_000, 'الدخل المصرَّح به للأسرة: ٢٠٠٠٠ درهم', true],
  ['earnings', 20_000, 'فإن الدخل المصرح به للاسرة هو 20.000', true],
  ['earnings', 20_000, 'بالدخل المصرح به لأسرة وهو 20000', true],
  ['earnings', 20_000, 'الدخل هو 20000', false],
  ['land', '2.5', 'Terre agricole : 2,5 hectares', true],
  ['land', '2.5', 'Terre agricole : 2.50 hectares', true],
  ['land', '2.0', 'أرض فلاحية: 2 هكتار', true],
  ['land', '2.5', 'Terre agricole : 25 hectares', false],
  ['vehicle', true, 'Voiture immatriculée au nom du ménage : oui', true],
  ['vehicle', true, 'Voiture immatriculée au nom du ménage : non, oui', false],
  ['vehicle', false, 'سيارة مسجلة باسم الأسرة: لا', true],
  ['vehicle', true, 'سيارة مسجلة باسم الأسرة: لا', false],
  ['vehicle', true, 'oui, une voiture', false],
  ['dwelling', 'villa', 'Type de logement : VILLA', true],
  ['dwelling', 'villa', 'نوع السكن: فيلا', true],
  ['dwelling', 'villa', 'Type de logement : maison, non pas villa', false],
  ['health_cover', 'none', 'Couverture médicale : aucune', true],
  ['schooling', 'none', 'المستوى الدراسي للشخص المرجعي: بدون', true],
  ['rooms', 8, `Pièces du logement, ${'comme on peut le lire dans le dossier '.repeat(3)} : 8`, false],
];

for (const [name, value, text, named] of FACTS) {
  test(`${name} = ${value} is ${named ? '' : 'not '}named by: ${text}`, () => {
    assert.equal(namesFact(fold(text), input(name), value), named);
  });
}

const cited = (of: Input, value: Facts[string], lang: Exclude<Lang, 'zgh'>): string => {
  const said =
    of.type === 'boolean'
      ? { fr: ['non', 'oui'], ar: ['لا', 'نعم'], en: ['no', 'yes'] }[lang][value ? 1 : 0]
      : of.type === 'choice'
        ? of.values.find((v) => v.value === value)?.label[lang]
        : formatDecimal(lang, String(value));
  return `${of.label[lang]} : ${said}`;
};
const anyFile = fc.constantFrom(...people(60).map((person) => inputOf(person.household)));
const anyInput = fc.constantFrom(...record.inputs);
const anyLang = fc.constantFrom('fr', 'ar', 'en');

test('any fact cited by label and value, as the pages write them, is named, wherever it stands', () => {
  fc.assert(
    fc.property(anyFile, anyInput, anyLang, fc.boolean(), (facts, of, lang, last) => {
      const citation = cited(of, facts[of.name] as Facts[string], lang);
      const text = last ? `Vu l’article 7 du règlement. ${citation}.` : `${citation}. Article 7.`;
      const reasons = checkReasons(record, facts, { lang, text: text.padEnd(60, ' .') });
      assert.ok(reasons.facts.includes(of.name), `${of.name}: ${text}`);
      assert.deepEqual(reasons.articles, ['spec_threshold']);
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('a fact cited with another value is not named', () => {
  fc.assert(
    fc.property(anyFile, anyFile, anyInput, anyLang, (facts, other, of, lang) => {
      fc.pre(facts[of.name] !== other[of.name]);
      const text = cited(of, other[of.name] as Facts[string], lang);
      assert.ok(!namesFact(fold(text), of, facts[of.name]), text);
    }),
    { numRuns: 300, seed: 6 },
  );
});

test('what is missing is told by name: law, fact, length', () => {
  const facts = inputOf(clearCase('adverse').household);
  const faults = (text: string) => {
    try {
      checkReasons(record, facts, { lang: 'fr', text });
    } catch (error) {
      return (error as PlatformError).details.faults?.map((f) => f.where);
    }
    return [];
  };
  assert.deepEqual(faults(''), ['length', 'law', 'fact']);
  assert.deepEqual(faults('Vu l’article 7, le dossier ne remplit pas les conditions.'), ['fact']);
  assert.deepEqual(faults('Les pièces du logement : 8, ce qui est beaucoup pour deux.'), ['law']);
  assert.deepEqual(faults('Vu l’article 7 du règlement ; pièces du logement : 8.'), []);
  assert.deepEqual(faults(`Vu l’article 7 ; pièces du logement : 8. ${'x'.repeat(4_000)}`), ['length']);
});

test('a hostile text costs no more than its length', () => {
  const facts = inputOf(clearCase('adverse').household);
  const began = performance.now();
  for (const part of ['articles 1 et ', 'والفصول 1 و', 'pièces du logement ', '1.1.1.', 'ال', '1 ']) {
    const text = part.repeat(4_000 / part.length);
    assert.throws(() => checkReasons(record, facts, { lang: 'fr', text }), { code: 'reasons-insufficient' });
  }
  assert.ok(performance.now() - began < 1_500, `${performance.now() - began} ms`);
});

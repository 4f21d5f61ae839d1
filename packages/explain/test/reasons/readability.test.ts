import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { messages } from '../../src/reasons/messages.ts';

/** Words a sentence may have and the mean of all: B1 is held to be about 20. French counts its articles, Arabic joins them. */
const MOST = { en: 16, fr: 18, ar: 14, zgh: 14 } as const;
const MEAN = { en: 7, fr: 8, ar: 6, zgh: 6 } as const;
type Lang = keyof typeof MOST;

/** Words of administration, statistics and computing that a person need not know. */
const JARGON: Record<Lang, RegExp> = {
  en: /\b(?:algorithm|model|feature|contribution|shapley|margin|probability|log.?odds|value|variable|parameter|pursuant|herein)\b/i,
  fr: /\b(?:algorithme|modèle|variable|contribution|shapley|marge|probabilité|paramètre|susmentionné|nonobstant)\b/i,
  ar: /خوارزمي|نموذج|متغير|احتمالية|هامش|المشار إليه أعلاه|السالف الذكر/,
  zgh: /[A-Za-z]/,
};

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

function wordings(nodes: readonly Node[]): string[] {
  return nodes.reduce<string[]>(
    (before, node) => before.flatMap((start) => partsOf(node).map((part) => start + part)),
    [''],
  );
}

function partsOf(node: Node): string[] {
  if ('options' in node) return Object.values(node.options).flatMap((option) => wordings(option.value));
  if ('children' in node) return wordings(node.children);
  return [node.type === 0 ? node.value : 'X'];
}

const sentences = (text: string) =>
  text
    .split(/[.!?؟:;؛]+(?=\s|$)/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
const words = (sentence: string) =>
  sentence.split(/[\s\u00a0]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

for (const lang of ['en', 'fr', 'ar', 'zgh'] as const) {
  const texts = Object.entries(messages).flatMap(([key, message]) => {
    const text: string | null = message[lang];
    if (text === null) return [];
    return wordings(new IntlMessageFormat(text, lang === 'zgh' ? 'fr' : lang).getAst()).map((wording) => ({
      key,
      wording,
    }));
  });

  test(`${lang}: sentences are short, without a word that a person need not know`, () => {
    if (lang === 'zgh') {
      const missing = Object.values(messages).filter(({ zgh }) => zgh === null).length;
      assert.equal(
        missing + texts.length,
        Object.keys(messages).length,
        'what is not written falls back, all of it',
      );
    } else assert.ok(texts.length >= 20, `${texts.length} wordings`);
    for (const { key, wording } of texts) {
      for (const sentence of sentences(wording))
        assert.ok(words(sentence) <= MOST[lang], `${key}: ${sentence}`);
      assert.ok(!JARGON[lang].test(wording.replaceAll('X', '')), `${key}: ${wording}`);
    }
    const lengths = texts.flatMap(({ wording }) => sentences(wording).map(words));
    const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length);
    assert.ok(mean <= MEAN[lang], `the mean sentence has ${mean.toFixed(1)} words`);
  });
}

test('every language uses the same values, and Arabic all its plural forms', () => {
  const named = (nodes: readonly Node[]): string[] =>
    nodes.flatMap((node) => [
      ...('value' in node && node.type !== 0 && node.type !== 8 ? [node.value] : []),
      ...('options' in node ? Object.values(node.options).flatMap((option) => named(option.value)) : []),
      ...('children' in node ? named(node.children) : []),
    ]);
  for (const [key, message] of Object.entries(messages)) {
    const own = (text: string) => [...new Set(named(new IntlMessageFormat(text, 'en').getAst()))].sort();
    assert.deepEqual(own(message.fr), own(message.en), key);
    assert.deepEqual(own(message.ar), own(message.en), key);
    if (message.ar.includes('plural'))
      for (const form of ['one', 'two', 'few', 'many', 'other'])
        assert.ok(message.ar.includes(`${form} {`), `${key}: ${form}`);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../web/icu.ts';
import { loadCatalogues, type Message } from '../web/index.ts';

/** Words a sentence may have; B1 is held to be about 20. French counts its articles, Arabic joins them. */
const MOST = { en: 20, fr: 24, ar: 20 } as const;
const MEAN = { en: 9, fr: 10, ar: 8 } as const;
type Checked = keyof typeof MOST;

/** Words of administration and computing that a person need not know. */
const JARGON: Record<Checked, RegExp> = {
  en: /\b(?:algorithm|hash|token|session|server|(?<!\.)json|metadata|pursuant|herein|whereas|submit|utilise|notwithstanding|cryptograph\w*)\b/i,
  fr: /\b(?:algorithme|hachage|jeton|session|serveur|(?<!\.)json|métadonnées|susmentionné|nonobstant|afférent|diligenter|cryptograph\w*)\b/i,
  ar: /خوارزمي|تشفير|خادم|جلسة|المشار إليه أعلاه|السالف الذكر/,
};

type Node = ReturnType<ReturnType<typeof parseMessage>['getAst']>[number];

/** Every wording a message can take: each branch of a choice, with a word for each value. */
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
    .map((s) => s.trim())
    .filter((s) => s !== '');
const words = (sentence: string) =>
  sentence.split(/[\s\u00a0\u202f]+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;

const messages: { key: string; message: Message }[] = (await loadCatalogues())
  .filter(({ room, file }) => room === 'citizen' || file.includes('aloud'))
  .flatMap(({ file, catalogue }) =>
    Object.entries(catalogue.messages).map(([key, message]) => ({ key: `${file} ${key}`, message })),
  );

for (const lang of ['fr', 'en', 'ar'] as const) {
  const texts = messages.flatMap(({ key, message }) =>
    wordings(parseMessage(lang, message[lang]).getAst()).map((text) => ({ key, text })),
  );

  test(`${lang}: every sentence is short enough to be understood at one reading`, () => {
    assert.ok(texts.length > 150);
    const long = texts.flatMap(({ key, text }) =>
      sentences(text)
        .filter((sentence) => words(sentence) > MOST[lang])
        .map((sentence) => `${key} (${words(sentence)}): ${sentence}`),
    );
    assert.deepEqual(long, []);
    const all = texts.flatMap(({ text }) => sentences(text).map(words));
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    assert.ok(mean <= MEAN[lang], `the mean sentence has ${mean.toFixed(1)} words`);
  });

  test(`${lang}: no word of administration or computing that a person need not know`, () => {
    const found = texts.filter(({ text }) => JARGON[lang].test(text));
    assert.deepEqual(found, []);
  });
}

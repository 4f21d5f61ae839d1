import { type Argument, argumentsOf, parseMessage } from './icu.ts';
import { LANGS, type Lang } from './languages.ts';
import { type Catalogue, type Message, sourceOf } from './messages.ts';

/** CLDR cardinal categories that a plural must spell out, for each language. */
const PLURALS: Readonly<Record<Lang, readonly string[]>> = {
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  zgh: ['one', 'other'],
  fr: ['one', 'other'],
  en: ['one', 'other'],
};

/** Month names of the Mashriq; in Morocco they are غشت, يوليوز, شتنبر, نونبر, دجنبر, ماي, يونيو. */
const MASHRIQ_MONTHS = /أغسطس|يوليو(?!ز)|سبتمبر|نوفمبر|ديسمبر|مايو/u;

/**
 * What is wrong with a catalogue, a sentence each; an empty list when nothing is.
 *
 * Looks for a missing language, ICU syntax errors, arguments or select cases that differ between languages, missing
 * plural categories, Eastern Arabic digits, Mashriq month names, and Arabic text without Arabic letters.
 */
export function problemsOf(catalogue: Catalogue): readonly string[] {
  return Object.entries(catalogue.messages).flatMap(([key, message]) =>
    messageProblems(message).map((problem) => `${key}: ${problem}`),
  );
}

function messageProblems(message: Message): readonly string[] {
  const problems: string[] = [];
  const signatures = new Map<Lang, string>();
  for (const lang of LANGS) {
    if (lang === 'zgh' && message.zgh?.kind === 'to-be-commissioned') continue;
    const text = lang === 'zgh' && !message.zgh ? undefined : sourceOf(message, lang).text;
    if (typeof text !== 'string' || text.trim() === '') {
      problems.push(`${lang} is missing`);
      continue;
    }
    problems.push(...textProblems(lang, text).map((problem) => `${lang} ${problem}`));
    try {
      const found = argumentsOf(parseMessage(lang, text));
      signatures.set(lang, signatureOf(found));
      problems.push(...pluralProblems(lang, found));
    } catch (error) {
      problems.push(`${lang} ${(error as Error).message}`);
    }
  }
  if (message.ar && !/\p{Script=Arabic}/u.test(message.ar) && message.ar !== message.en) {
    problems.push('ar has no Arabic letter');
  }
  const expected = signatures.get('en');
  for (const [lang, signature] of signatures) {
    if (expected !== undefined && signature !== expected) {
      problems.push(`${lang} uses the arguments [${signature}], en uses [${expected}]`);
    }
  }
  return problems;
}

function textProblems(lang: Lang, text: string): readonly string[] {
  const problems: string[] = [];
  if (/[\u0660-\u0669\u06f0-\u06f9]/.test(text)) problems.push('has Eastern Arabic digits: use 0-9');
  if (lang === 'ar' && MASHRIQ_MONTHS.test(text))
    problems.push('has a month name that is not the Moroccan one');
  return problems;
}

function pluralProblems(lang: Lang, found: readonly Argument[]): readonly string[] {
  return found
    .filter((argument) => argument.kind === 'plural')
    .map(({ name, cases }) => ({
      name,
      missing: PLURALS[lang].filter((category) => !cases.includes(category)),
    }))
    .filter(({ missing }) => missing.length > 0)
    .map(({ name, missing }) => `${lang} plural {${name}} lacks ${missing.join(', ')}`);
}

/** Names and kinds of the arguments, each once, in alphabetical order: what all languages must share. */
function signatureOf(found: readonly Argument[]): string {
  const described = found.map(({ name, kind, cases }) =>
    kind === 'select' ? `${name}: ${[...cases].sort().join('|')}` : kind === 'tag' ? `<${name}>` : name,
  );
  return [...new Set(described)].sort().join(', ');
}

import { formatted, isolated, numberFormat, say, textFor } from './icu.ts';
import type { ReasonLang, ReasonTopic, ReasonValue } from './topics.ts';

/** The recorded value behind a topic in words; undefined when the topic tells none. */
export function valueInWords(
  { value }: ReasonTopic,
  features: readonly string[],
  row: ArrayLike<number>,
  lang: ReasonLang,
): string | undefined {
  if (value === undefined) return undefined;
  const of = (feature: string) => row[features.indexOf(feature)] ?? Number.NaN;
  if (value.kind === 'one-hot') return oneHot(value, of, lang);
  const number = of(value.feature);
  if (Number.isNaN(number)) return say('notRecorded', lang).text;
  switch (value.kind) {
    case 'boolean':
      return say(number !== 0 ? 'yes' : 'no', lang).text;
    case 'choice': {
      const words = value.words[String(number)];
      return words === undefined
        ? numberInWords(number, {}, lang)
        : isolated(textFor(words, lang), sentenceLang(lang));
    }
    case 'number':
      return numberInWords(number, value, lang);
  }
}

/** Sentences are Arabic where there is no Tamazight yet. */
const sentenceLang = (lang: ReasonLang) => (lang === 'zgh' ? 'ar' : lang);

function oneHot(
  { words, otherwise }: Extract<ReasonValue, { kind: 'one-hot' }>,
  of: (feature: string) => number,
  lang: ReasonLang,
): string {
  const set = Object.keys(words).find((feature) => of(feature) > 0);
  const text = set === undefined ? otherwise : words[set];
  return text === undefined
    ? say('notRecorded', lang).text
    : isolated(textFor(text, lang), sentenceLang(lang));
}

/** A number with its unit: a text after it, or an ICU message of `{value}`. */
export function numberInWords(
  number: number,
  { decimals, unit }: Pick<Extract<ReasonValue, { kind: 'number' }>, 'decimals' | 'unit'>,
  lang: ReasonLang,
): string {
  const own = sentenceLang(lang);
  const options = {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 6,
    signDisplay: 'negative',
  } as const;
  const shown = numberFormat(own, options).format(number).replace('-', '−');
  if (unit === undefined) return shown;
  const { lang: real, text } = textFor(unit, lang);
  if (!text.includes('{')) return isolated({ lang: real, text: `${shown}\u00a0${text}` }, own);
  const rounded = Number(number.toFixed(decimals ?? 6)) || 0;
  return isolated({ lang: real, text: formatted(text, real, { value: rounded }).replace(/^-/, '−') }, own);
}

import { IntlMessageFormat } from 'intl-messageformat';
import { type Language, type Numbers, numbersOf, RIGHT_TO_LEFT } from '../plots/language.ts';
import { MESSAGES, type MessageKey } from './messages.ts';

/** The words of one language, and how it writes numbers. */
export interface Words {
  readonly language: Language;
  /** Which language the text is in: Arabic where Tamazight is to be commissioned. */
  readonly textLanguage: 'ar' | 'fr' | 'en';
  readonly rtl: boolean;
  readonly numbers: Numbers;
  say(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
}

const LOCALE = { ar: 'ar-MA-u-nu-latn', fr: 'fr-MA-u-nu-latn', en: 'en-GB' } as const;

export function wordsOf(language: Language): Words {
  const textLanguage = language === 'zgh' ? 'ar' : language;
  return {
    language,
    textLanguage,
    rtl: RIGHT_TO_LEFT.has(language),
    numbers: numbersOf(language),
    say(key, values) {
      const text = MESSAGES[key][textLanguage];
      if (values === undefined) return text;
      const kept = RIGHT_TO_LEFT.has(language) ? isolated(values) : values;
      return String(new IntlMessageFormat(text, LOCALE[textLanguage]).format(kept));
    },
  };
}

/** Names, dates and numbers keep their own direction within a sentence that is read from right to left. */
function isolated(
  values: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? `\u2068${value}\u2069` : value,
    ]),
  );
}

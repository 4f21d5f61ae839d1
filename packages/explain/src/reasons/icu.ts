import { IntlMessageFormat } from 'intl-messageformat';
import { ExplainError } from '../error.ts';
import { type MessageKey, messages } from './messages.ts';
import type { ReasonLang, ReasonText } from './topics.ts';

const LOCALES: Readonly<Record<ReasonLang, string>> = { ar: 'ar-MA', zgh: 'zgh', fr: 'fr', en: 'en-GB' };

/** CLDR's rule for Central Atlas Tamazight, as neither CLDR nor Node has one for zgh: one for 0, 1, 11 to 99. */
const zghPlural = (n: number) =>
  Number.isInteger(n) && (n === 0 || n === 1 || (n >= 11 && n <= 99)) ? 'one' : 'other';

/** A text and the language that it is really in. */
export interface Said {
  readonly lang: ReasonLang;
  readonly text: string;
}

const FALLBACKS: Readonly<Record<ReasonLang, readonly ReasonLang[]>> = {
  ar: ['ar', 'fr', 'en', 'zgh'],
  zgh: ['zgh', 'ar', 'fr', 'en'],
  fr: ['fr', 'ar', 'en', 'zgh'],
  en: ['en', 'fr', 'ar', 'zgh'],
};

/** The text for a reader, else the one in the nearest language that there is. */
export function textFor(text: ReasonText, lang: ReasonLang): Said {
  for (const candidate of FALLBACKS[lang]) {
    const found = text[candidate];
    if (found !== undefined) return { lang: candidate, text: found };
  }
  throw new ExplainError('bad-question', 'label', 'has no text in any language');
}

export type Marks = Readonly<Record<string, string | number>>;

/** Says one of this package's messages; in zgh the Arabic one until there is another. `<b>` is dropped. */
export function say(key: MessageKey, lang: ReasonLang, values: Marks = {}): Said {
  const { [key]: message } = messages;
  const real = lang === 'zgh' && message.zgh === null ? 'ar' : lang;
  const text = formatted(message[real] ?? message.ar, real, values, { b: (parts) => parts.join('') });
  return { lang: real, text };
}

const parsed = new Map<string, IntlMessageFormat>();
const MOST_PARSED = 2_000;

/**
 * Formats an ICU message with Latin digits and the language's plurals.
 * @throws {ExplainError} `bad-question` when the text is not ICU MessageFormat or asks for something else
 */
export function formatted(
  message: string,
  lang: ReasonLang,
  values: Marks,
  tags: Readonly<Record<string, (parts: string[]) => string>> = {},
): string {
  const key = `${lang} ${message}`;
  try {
    const known = parsed.get(key) ?? parse(message, lang);
    if (parsed.size < MOST_PARSED) parsed.set(key, known);
    const result = known.format({ ...values, ...tags } as Record<string, string>);
    return Array.isArray(result) ? result.join('') : String(result);
  } catch (error) {
    throw new ExplainError(
      'bad-question',
      'message',
      `${JSON.stringify(message.slice(0, 80))} is not an ICU message of the values given: ${error instanceof Error ? error.message.slice(0, 120) : ''}`,
    );
  }
}

function parse(message: string, lang: ReasonLang): IntlMessageFormat {
  if (message.length > 4_000) throw new Error('longer than 4,000 characters');
  return new IntlMessageFormat(message, LOCALES[lang], undefined, {
    formatters: {
      getNumberFormat: (_locale, options) => numberFormat(lang, options as Intl.NumberFormatOptions),
      getDateTimeFormat: () => new Intl.DateTimeFormat(LOCALES[lang]),
      getPluralRules: (_locale, options) =>
        lang === 'zgh'
          ? ({ select: zghPlural } as unknown as Intl.PluralRules)
          : new Intl.PluralRules(LOCALES[lang], options as Intl.PluralRulesOptions),
    },
  });
}

export function numberFormat(lang: ReasonLang, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return new Intl.NumberFormat(LOCALES[lang], { ...options, numberingSystem: 'latn' });
}

/** A text of another language inside a sentence keeps its own direction (Unicode TR 9, FSI and PDI). */
export function isolated({ lang, text }: Said, within: ReasonLang): string {
  return lang === within ? text : `\u2068${text}\u2069`;
}

import { IntlMessageFormat } from 'intl-messageformat';
import { WebError } from './error.ts';
import { type DateStyle, formatDate, type When } from './format.ts';
import { LANGUAGES, type Lang } from './languages.ts';
import { zghPlural } from './tamazight.ts';
import { typography } from './typography.ts';

const messages = new Map<string, IntlMessageFormat>();

/**
 * A message ready to format, parsed once per language and text.
 *
 * @throws WebError `bad-message` when the text is not valid ICU MessageFormat.
 */
export function parseMessage(lang: Lang, text: string): IntlMessageFormat {
  const key = `${lang} ${text}`;
  const known = messages.get(key);
  if (known) return known;
  try {
    const { locale } = LANGUAGES[lang];
    const made = new IntlMessageFormat(typography(lang, text), locale, FORMATS, {
      formatters: formatters(lang),
    });
    messages.set(key, made);
    return made;
  } catch (cause) {
    throw new WebError('bad-message', `Not ICU MessageFormat (${lang}): "${text}": ${String(cause)}`, {
      cause,
    });
  }
}

/** `{d, date, short|medium|long|full}`, `{d, time, short}` and `{d, time, datetime}` are what messages may ask. */
const FORMATS = {
  date: Object.fromEntries(
    (['short', 'medium', 'long', 'full'] as const).map((style) => [style, { dateStyle: style }]),
  ),
  time: {
    short: { timeStyle: 'short' as const },
    datetime: { dateStyle: 'long' as const, timeStyle: 'short' as const },
  },
};

function styleOf(options: Intl.DateTimeFormatOptions | undefined): DateStyle {
  if (options?.timeStyle) return options.dateStyle ? 'datetime' : 'time';
  return options?.dateStyle ?? 'long';
}

/** Dates go through `formatDate` (Moroccan time and months), digits stay Latin, zgh gets its own plural rule. */
function formatters(lang: Lang) {
  const { locale } = LANGUAGES[lang];
  const numbers = new Map<string, Intl.NumberFormat>();
  const plurals = new Map<string, Intl.PluralRules>();
  return {
    getNumberFormat(_locale?: string | string[], options?: object): Intl.NumberFormat {
      const key = JSON.stringify(options ?? {});
      const made = numbers.get(key) ?? new Intl.NumberFormat(locale, { ...options, numberingSystem: 'latn' });
      numbers.set(key, made);
      return made;
    },
    getDateTimeFormat(_locale?: unknown, options?: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
      const style = styleOf(options);
      return { format: (when: When) => formatDate(lang, when, style) } as unknown as Intl.DateTimeFormat;
    },
    getPluralRules(_locale?: unknown, options?: Intl.PluralRulesOptions): Intl.PluralRules {
      if (lang === 'zgh') return { select: zghPlural } as unknown as Intl.PluralRules;
      const key = options?.type ?? 'cardinal';
      const made = plurals.get(key) ?? new Intl.PluralRules(locale, options);
      plurals.set(key, made);
      return made;
    },
  };
}

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

const KINDS = ['text', 'plain', 'number', 'date', 'time', 'select', 'plural', 'pound', 'tag'] as const;

/** One argument as a message uses it. */
export interface Argument {
  readonly name: string;
  readonly kind: Exclude<(typeof KINDS)[number], 'text' | 'pound'>;
  /** The cases of a `select` or `plural`. */
  readonly cases: readonly string[];
}

/** Every argument a message uses, in the order met, nested ones too. */
export function argumentsOf(message: IntlMessageFormat): readonly Argument[] {
  const found: Argument[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      const kind = KINDS[node.type];
      if (!kind || kind === 'text' || kind === 'pound' || !('value' in node)) continue;
      const options = 'options' in node ? node.options : {};
      found.push({ name: node.value, kind, cases: Object.keys(options) });
      for (const option of Object.values(options)) walk(option.value);
      if ('children' in node) walk(node.children);
    }
  };
  walk(message.getAst());
  return found;
}

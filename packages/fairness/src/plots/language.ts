/** Arabic, French, English, Tamazight. */
export const LANGUAGES = ['ar', 'fr', 'en', 'zgh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Pages in Tamazight fall back to Arabic for most of their text and are laid out with it. */
export const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(['ar', 'zgh']);

const LOCALE: Readonly<Record<Language, string>> = {
  ar: 'ar-MA-u-nu-latn',
  fr: 'fr-MA-u-nu-latn',
  en: 'en-GB',
  zgh: 'ar-MA-u-nu-latn',
};

/** Numbers as they are written in a language, Latin digits throughout. `undefined` is a dash: not known is not 0. */
export interface Numbers {
  whole(value: number | undefined): string;
  /** A rate in per cent. */
  percent(value: number | undefined, decimals?: number): string;
  /** A difference of rates in percentage points, with its sign. */
  points(value: number | undefined, decimals?: number): string;
  ratio(value: number | undefined): string;
  /** Two ends, from the lower to the higher. */
  between(low: string, high: string): string;
}

const ABSENT = '–';

export function numbersOf(language: Language): Numbers {
  const locale = LOCALE[language];
  const format = (options: Intl.NumberFormatOptions) => {
    const made = new Intl.NumberFormat(locale, options);
    return (value: number | undefined) =>
      value === undefined || Number.isNaN(value) ? ABSENT : made.format(value).replaceAll('\u061c', '');
  };
  const fixed = (decimals: number) => ({ minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return {
    whole: format({ maximumFractionDigits: 0 }),
    percent: (value, decimals = 1) => format({ style: 'percent', ...fixed(decimals) })(value),
    points: (value, decimals = 1) =>
      format({ signDisplay: 'exceptZero', ...fixed(decimals) })(
        value === undefined ? undefined : 100 * value,
      ),
    ratio: (value) => (value === Infinity ? '∞' : format(fixed(2))(value)),
    between: (low, high) => `${low} – ${high}`,
  };
}

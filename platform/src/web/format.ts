import { WebError } from './error.ts';
import { LANGUAGES, type Lang } from './languages.ts';

/** Law runs in Moroccan time; instants are stored in UTC. */
export const TIME_ZONE = 'Africa/Casablanca';

/** A calendar date, an instant, or either as an ISO 8601 string (`2026-08-14`, `2026-08-14T09:30:00Z`). */
export type When = Temporal.Instant | Temporal.PlainDate | Date | string;

export type DateStyle = 'short' | 'medium' | 'long' | 'full' | 'datetime' | 'time';

const DATE_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  datetime: { dateStyle: 'long', timeStyle: 'short' },
  time: { timeStyle: 'short' },
};

/** Numbers only, day first: no Tamazight month names have been commissioned, and digits need no language. */
const ZGH_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  short: DATE_STYLES.short,
  medium: DATE_STYLES.short,
  long: DATE_STYLES.short,
  full: DATE_STYLES.short,
  datetime: { ...DATE_STYLES.short, hour: '2-digit', minute: '2-digit', hour12: false },
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
};

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const known = cache.get(key);
  if (known) return known as F;
  const made = make();
  cache.set(key, made);
  return made;
}

/** @throws WebError `bad-date` when the string is neither an ISO date nor an ISO instant. */
function parseWhen(when: When): Temporal.Instant | Temporal.PlainDate {
  if (when instanceof Temporal.Instant || when instanceof Temporal.PlainDate) return when;
  try {
    if (when instanceof Date) return Temporal.Instant.fromEpochMilliseconds(when.getTime());
    return /^\d{4}-\d{2}-\d{2}$/.test(when) ? Temporal.PlainDate.from(when) : Temporal.Instant.from(when);
  } catch (cause) {
    throw new WebError('bad-date', `"${when}" is not a date: give YYYY-MM-DD or an ISO 8601 instant`, {
      cause,
    });
  }
}

/** The machine-readable form for `<time datetime>`. */
export function isoOf(when: When): string {
  return parseWhen(when).toString();
}

/**
 * A date as people of that language write it, in Moroccan time, Moroccan month names (غشت) and Latin digits.
 *
 * @throws WebError `bad-date`.
 */
export function formatDate(lang: Lang, when: When, style: DateStyle = 'long'): string {
  const parsed = parseWhen(when);
  const dateOnly = parsed instanceof Temporal.PlainDate;
  const timeZone = dateOnly ? 'UTC' : TIME_ZONE;
  const wanted = dateOnly && (style === 'datetime' || style === 'time') ? 'long' : style;
  const formatter = cached(
    `d ${lang} ${wanted} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(lang === 'zgh' ? 'en-GB' : LANGUAGES[lang].locale, {
        ...(lang === 'zgh' ? ZGH_STYLES : DATE_STYLES)[wanted],
        calendar: 'gregory',
        numberingSystem: 'latn',
        timeZone,
      }),
  );
  const instant = dateOnly ? parsed.toZonedDateTime('UTC').epochMilliseconds : parsed.epochMilliseconds;
  const text = formatter.format(instant);
  if (lang === 'zgh') return text.replace(',', '');
  return lang === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text;
}

/** A decimal in its exact written form: `-12`, `0.50`, `1234.5678`. Decimals never pass through floats. */
export const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;

export interface DecimalOptions {
  /** `always` shows + as well; zero never has a sign then. */
  readonly sign?: 'auto' | 'always';
  /** Appended after a no-break space, e.g. `MAD`. */
  readonly unit?: string;
}

/**
 * A decimal string with the language's separators and a true minus sign (U+2212), every digit kept.
 *
 * @throws WebError `bad-number` when `value` is not in the form of {@link DECIMAL}.
 */
export function formatDecimal(lang: Lang, value: string, options: DecimalOptions = {}): string {
  if (!DECIMAL.test(value)) {
    throw new WebError('bad-number', `"${value}" is not a decimal: give digits, with a point if need be`);
  }
  const digits = value.split('.')[1]?.length ?? 0;
  const signDisplay = options.sign === 'always' ? 'exceptZero' : 'negative';
  const formatter = cached(
    `n ${lang} ${digits} ${signDisplay}`,
    () =>
      new Intl.NumberFormat(LANGUAGES[lang].locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        numberingSystem: 'latn',
        signDisplay,
      }),
  );
  const text = formatter.format(value as Intl.StringNumericLiteral).replace('-', '−');
  return options.unit ? `${text}\u00a0${options.unit}` : text;
}

/** @throws WebError `bad-number` when `value` is not a whole number. */
export function formatInteger(lang: Lang, value: number | bigint | string): string {
  const text = String(value);
  if (!/^-?\d+$/.test(text)) throw new WebError('bad-number', `"${text}" is not a whole number`);
  return formatDecimal(lang, text);
}

/**
 * A share as a percentage: `formatPercent('fr', '0.1234', 1)` is `12,3 %`.
 *
 * @param share decimal string; the last digit is rounded half away from zero by the formatter, on the exact value.
 */
export function formatPercent(lang: Lang, share: string, digits = 0): string {
  if (!DECIMAL.test(share)) throw new WebError('bad-number', `"${share}" is not a decimal share`);
  const formatter = cached(
    `p ${lang} ${digits}`,
    () =>
      new Intl.NumberFormat(LANGUAGES[lang].locale, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        numberingSystem: 'latn',
      }),
  );
  return formatter.format(share as Intl.StringNumericLiteral);
}

/** The language a duration is written in: there are no Tamazight unit names to draw on, so zgh reads Arabic. */
export function durationLang(lang: Lang): Lang {
  return lang === 'zgh' ? 'ar' : lang;
}

/** A duration in words with its plural forms; ISO 8601 (`P2M`, `PT4S`) or a Temporal duration. */
export function formatDuration(lang: Lang, value: Temporal.Duration | string): string {
  const duration = parseDuration(value);
  if (duration.blank) return formatZero(lang);
  return new Intl.DurationFormat(LANGUAGES[durationLang(lang)].locale, {
    style: 'long',
    numberingSystem: 'latn',
  }).format(duration);
}

function parseDuration(value: Temporal.Duration | string): Temporal.Duration {
  try {
    return Temporal.Duration.from(value);
  } catch (cause) {
    throw new WebError('bad-date', `"${String(value)}" is not an ISO 8601 duration such as P15D`, { cause });
  }
}

function formatZero(lang: Lang): string {
  return new Intl.NumberFormat(LANGUAGES[durationLang(lang)].locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'long',
    numberingSystem: 'latn',
  }).format(0);
}

/** A 12-digit code as it is printed and dictated: three groups of four. */
export function groupCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/**
 * A code as typed by a person: spaces, hyphens and dots go, Eastern Arabic digits become Latin.
 *
 * @returns the 12 digits, or undefined when what remains is not exactly that.
 */
export function parseCode(typed: string): string | undefined {
  const latin = typed
    .slice(0, 64)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\s.\u200e\u200f\u00a0\u202f-]/g, '');
  return /^\d{12}$/.test(latin) ? latin : undefined;
}

/**
 * The four languages of every page.
 *
 * Arabic and Tamazight are the official languages of Morocco (Constitution, art. 5); French is the working
 * language of much of the administration; English is for the outside reader.
 */
export const LANGS = ['ar', 'zgh', 'fr', 'en'] as const;

export type Lang = (typeof LANGS)[number];

export type Direction = 'rtl' | 'ltr';

interface Language {
  /** The language's name in itself. `ⵜⴰⵎⴰⵣⵉⵖⵜ` is the name CLDR gives for `zgh`. */
  readonly name: string;
  /** Direction of the language's own script. */
  readonly script: Direction;
  /** Direction of a page in this language. A zgh page is mostly Arabic fallback while drafts are a minority. */
  readonly page: Direction;
  /** BCP 47 tag for `lang` and `Content-Language`. */
  readonly tag: string;
  /** Locale for numbers, dates and plurals; the digits are always Latin. */
  readonly locale: string;
}

export const LANGUAGES: Readonly<Record<Lang, Language>> = Object.freeze({
  ar: { name: 'العربية', script: 'rtl', page: 'rtl', tag: 'ar-MA', locale: 'ar-MA' },
  zgh: { name: 'ⵜⴰⵎⴰⵣⵉⵖⵜ', script: 'ltr', page: 'rtl', tag: 'zgh', locale: 'zgh' },
  fr: { name: 'Français', script: 'ltr', page: 'ltr', tag: 'fr', locale: 'fr' },
  en: { name: 'English', script: 'ltr', page: 'ltr', tag: 'en', locale: 'en-GB' },
});

/** @returns the language when `value` is one of ours (a path segment, a form field), else undefined. */
export function parseLang(value: string | undefined): Lang | undefined {
  return LANGS.find((lang) => lang === value);
}

/** Standard Moroccan Tamazight also serves readers whose browser asks for a regional variety. */
const ALIASES: Readonly<Record<string, Lang>> = { tzm: 'zgh', shi: 'zgh', rif: 'zgh', ber: 'zgh' };

/**
 * The language to greet a visitor in, from `Accept-Language` (RFC 9110 §12.5.4).
 *
 * @param header the raw header, hostile: malformed parts are ignored.
 * @returns the accepted language of highest weight, the first on a tie; `fallback` when there is none.
 */
export function negotiateLanguage(header: string | undefined, fallback: Lang = 'ar'): Lang {
  let best: { lang: Lang; weight: number } | undefined;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const match = /^\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(part);
    const primary = match?.[1]?.toLowerCase();
    if (!primary) continue;
    const lang = parseLang(primary) ?? ALIASES[primary];
    const weight = Number(match?.[2] ?? 1);
    if (lang && weight > 0 && weight <= 1 && weight > (best?.weight ?? 0)) best = { lang, weight };
  }
  return best?.lang ?? fallback;
}

/**
 * The same page in another language: replaces the first path segment, keeps the query.
 *
 * @param path path and query as requested, e.g. `/fr/register?q=aide`.
 */
export function pathInLanguage(path: string, lang: Lang): string {
  const [, first, rest] = /^\/([^/?]*)(.*)$/s.exec(path) ?? [];
  return parseLang(first) ? `/${lang}${rest}` : `/${lang}${path === '/' ? '' : path}`;
}

/** A text that an agency wrote, in the languages it wrote it in. */
export type LocalText = Readonly<Partial<Record<Lang, string>>>;

const FALLBACKS: Readonly<Record<Lang, readonly Lang[]>> = {
  ar: ['ar', 'fr', 'en', 'zgh'],
  zgh: ['zgh', 'ar', 'fr', 'en'],
  fr: ['fr', 'ar', 'en', 'zgh'],
  en: ['en', 'fr', 'ar', 'zgh'],
};

/** @returns the text for a reader of `lang` and the language it is really in; undefined when there is none. */
export function localText(text: LocalText, lang: Lang): { lang: Lang; text: string } | undefined {
  for (const candidate of FALLBACKS[lang]) {
    const found = text[candidate];
    if (found) return { lang: candidate, text: found };
  }
  return undefined;
}

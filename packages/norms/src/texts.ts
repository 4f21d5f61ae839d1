/** The languages every text of a pack has to account for. */
export const LANGUAGES = ['ar', 'zgh', 'fr', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * One text in one language. A `draft` awaits review by a native speaker and must be marked as such wherever it is
 * shown; `to be commissioned` has no words at all.
 */
export type Phrase =
  | { readonly state: 'written'; readonly text: string }
  | { readonly state: 'draft'; readonly text: string }
  | { readonly state: 'to be commissioned' };

export type Texts = { readonly [language in Language]: Phrase };

export interface Said {
  readonly text: string;
  /** The language of `text`, for `lang`: not the one asked for when that has no words yet. */
  readonly lang: Language;
  readonly state: 'written' | 'draft';
  readonly fallback: boolean;
}

const FALLBACKS: Readonly<Record<Language, readonly Language[]>> = {
  ar: ['ar', 'fr', 'en'],
  zgh: ['zgh', 'ar', 'fr', 'en'],
  fr: ['fr', 'ar', 'en'],
  en: ['en', 'fr', 'ar'],
};

/** The words of `texts` in `language`, or in the next language that has them; a loaded pack always has some. */
export function say(texts: Texts, language: Language): Said {
  for (const lang of FALLBACKS[language]) {
    const phrase = texts[lang];
    if (phrase.state !== 'to be commissioned') {
      return { text: phrase.text, lang, state: phrase.state, fallback: lang !== language };
    }
  }
  throw new TypeError(
    'a text without words in any language: packs are refused at loading when they hold one',
  );
}

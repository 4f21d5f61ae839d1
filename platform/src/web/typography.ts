import type { Lang } from './languages.ts';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** Digits joined by hyphens, such as the number of a law: after Arabic letters they would be shown the wrong way round. */
const NUMBERED = /(?<![\d\u2066-])\d+(?:-\d+)+(?![\d-])/g;

/**
 * Sets a message as a printer would: curly apostrophes, French spaces that cannot break, numbers of laws that keep their
 * order among Arabic letters.
 *
 * A straight apostrophe after a letter becomes ’, which also keeps ICU from reading `l'{name}` as a quotation.
 */
export function typography(lang: Lang, text: string): string {
  const set = text.replace(/(?<=\p{L})'/gu, '’');
  if (lang === 'ar') return set.replace(NUMBERED, `${LEFT_TO_RIGHT}$&${END}`);
  if (lang !== 'fr') return set;
  return set
    .replace(/ :(?!:)/g, `${NBSP}:`)
    .replace(/ ([;!?»])/g, `${NARROW}$1`)
    .replace(/n° /g, `n°${NBSP}`)
    .replace(/« /g, `«${NARROW}`);
}

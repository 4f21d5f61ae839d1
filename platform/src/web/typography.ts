import type { Lang } from './languages.ts';

const NBSP = '\u00a0';
const NARROW = '\u202f';

/**
 * Sets a message as a printer would: curly apostrophes, and French spaces that cannot break.
 *
 * A straight apostrophe after a letter becomes ’, which also keeps ICU from reading `l'{name}` as a quotation.
 */
export function typography(lang: Lang, text: string): string {
  const set = text.replace(/(?<=\p{L})'/gu, '’');
  if (lang !== 'fr') return set;
  return set
    .replace(/ :(?!:)/g, `${NBSP}:`)
    .replace(/ ([;!?»])/g, `${NARROW}$1`)
    .replace(/n° /g, `n°${NBSP}`)
    .replace(/« /g, `«${NARROW}`);
}

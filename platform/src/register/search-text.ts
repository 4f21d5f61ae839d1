import type { SystemRecord } from './record.ts';

/** What Unicode does not decompose but readers of French and Arabic take for the same letter. */
const SAME: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
};

/**
 * A text as it is searched: without case, accents, harakat, hamza carriers, tatweel or punctuation, with Latin
 * digits; words are separated by one space.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[œæٱىةکی]/g, (letter) => SAME[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of a query, folded: at most eight of them, each to be found. */
export function searchTerms(query: string): readonly string[] {
  return fold(query.slice(0, 300))
    .split(' ')
    .filter((term) => term !== '')
    .slice(0, 8);
}

/** What a search finds a system by: its id, name, purpose and kind of decision in every language given. */
export function searchText(systemId: string, record: SystemRecord): string {
  const texts = [record.name, record.purpose, record.kindOfDecision].flatMap((text) => Object.values(text));
  return fold([systemId, ...texts].join(' '));
}

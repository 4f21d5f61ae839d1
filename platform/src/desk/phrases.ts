import { fold } from './fold.ts';

/** What may stand before an Arabic word and is no other word: و ف, then ب ك ل, then the article. */
const PROCLITICS = '(?:[وف])?(?:[بكل])?(?:ال|ل)?';
const ARABIC = /\p{Script=Arabic}/u;

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Source of a pattern for one folded word; an Arabic one with or without its article and proclitics. */
export function wordPattern(word: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return ARABIC.test(word) ? `${PROCLITICS}${literal.replace(/^(?:ال|لل)(?=..)/u, '')}` : literal;
}

/** Where a phrase stands in a folded text, as whole words. */
export function placesOf(folded: string, phrase: string): Place[] {
  const words = fold(phrase);
  if (words === '') return [];
  const pattern = new RegExp(`(?<![^ ])${words.split(' ').map(wordPattern).join(' ')}(?![^ ])`, 'gu');
  return [...folded.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

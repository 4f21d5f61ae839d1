import { fold } from './fold.ts';

/** What may stand before an Arabic word and is no other word: و ف, then ب ك ل, then the article. */
const PROCLITICS = '(?:[وف])?(?:[بكل])?(?:ال|ل)?';
const ARABIC = /\p{Script=Arabic}/u;

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A folded word without the article that may stand at its beginning. */
function bare(word: string): string {
  return ARABIC.test(word) ? word.replace(/^(?:ال|لل)(?=..)/u, '') : word;
}

/** Source of a pattern for one folded word; an Arabic one with or without its article and proclitics. */
export function wordPattern(word: string): string {
  const literal = bare(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return ARABIC.test(word) ? `${PROCLITICS}${literal}` : literal;
}

interface Known {
  /** The phrase's longest word: a text without it needs no closer look. */
  readonly probe: string;
  readonly pattern: RegExp;
}

const KNOWN_MOST = 20_000;
const known = new Map<string, Known | undefined>();

/** Phrases are labels of published records: few, and asked for with every text. */
function knownPhrase(phrase: string): Known | undefined {
  if (known.has(phrase)) return known.get(phrase);
  if (known.size >= KNOWN_MOST) known.clear();
  const words = fold(phrase).split(' ');
  const probe = words.map(bare).reduce((a, b) => (b.length > a.length ? b : a), '');
  const pattern = new RegExp(`(?<![^ ])${words.map(wordPattern).join(' ')}(?![^ ])`, 'gu');
  const made = probe === '' ? undefined : { probe, pattern };
  known.set(phrase, made);
  return made;
}

/** Where a phrase stands in a folded text, as whole words. */
export function placesOf(folded: string, phrase: string): Place[] {
  const found = knownPhrase(phrase);
  if (found === undefined || !folded.includes(found.probe)) return [];
  return [...folded.matchAll(found.pattern)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
}

/**
 * The only Tamazight words this program may show: attested terms, none of them yet confirmed in context by a
 * native speaker. {@link draft} refuses anything else, so nobody can invent one.
 */
export interface AttestedTerm {
  readonly term: string;
  readonly en: string;
  /** How sure we are that the term fits administrative use. */
  readonly confidence: 'high' | 'medium' | 'low';
}

export const ATTESTED: readonly AttestedTerm[] = Object.freeze([
  { term: 'ⵜⵉⵎⵏⵜⵉⵍⵉⵏ', en: 'reasons of law and fact', confidence: 'medium' },
  { term: 'ⵜⴰⵖⵜⴰⵙⵜ', en: 'decision', confidence: 'medium' },
  { term: 'ⴰⴳⵯⵢ', en: 'refusal', confidence: 'medium' },
  { term: 'ⴰⵏⴳⵔⴰⵡ', en: 'system', confidence: 'low' },
  { term: 'ⵉⵙⴼⴽⴰ ⵓⴷⵎⴰⵡⴰⵏⵏ', en: 'personal data', confidence: 'low' },
  { term: 'ⴰⵏⴰⵎⵓⵔ', en: 'citizen', confidence: 'medium' },
  { term: 'ⴰⵙⵖⵜⵉ', en: 'rectification', confidence: 'medium' },
  { term: 'ⴰⵍⵖⵓ', en: 'notification', confidence: 'low' },
  { term: 'ⵜⴰⴱⵔⴰⵜ', en: 'letter', confidence: 'high' },
  { term: 'ⵜⴰⵙⵏⴱⴹⴰⵢⵜ', en: 'court', confidence: 'medium' },
  { term: 'ⵉⵏⵉⴳⵉ', en: 'witness (of the log)', confidence: 'medium' },
  { term: 'ⴰⵙⴰⴹⵓⴼ', en: 'law', confidence: 'high' },
  { term: 'ⴰⵣⵔⴼ', en: 'right', confidence: 'high' },
]);

/** @returns whether every Tifinagh word of the text belongs to an attested term. */
export function isAttested(text: string): boolean {
  const known = new Set(ATTESTED.flatMap((entry) => entry.term.split(' ')));
  const words = text.match(/\p{Script=Tifinagh}+/gu) ?? [];
  return words.length > 0 && words.every((word) => known.has(word));
}

/**
 * Plural category for Tamazight, which neither CLDR's `zgh` nor Node provides.
 *
 * The rule is CLDR's for Central Atlas Tamazight (`tzm`): *one* for 0, 1 and 11 to 99, else *other*.
 */
export function zghPlural(n: number): 'one' | 'other' {
  return Number.isInteger(n) && (n === 0 || n === 1 || (n >= 11 && n <= 99)) ? 'one' : 'other';
}

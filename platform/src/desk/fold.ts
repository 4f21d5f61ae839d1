const ALEFS = /[\u0622\u0623\u0625\u0671]/g;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * Text as it is compared: spelling variants that readers do not notice are one. Case, accents, Arabic vowel signs and
 * tatweel, forms of alef, alef maqsura and ta marbuta, digits of either script, spaces inside numbers, punctuation.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(ALEFS, '\u0627')
    .normalize('NFD')
    .replace(/[\p{Mn}\u0640]/gu, '')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()
    .replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)[.,\u066b](?=\d)/g, '.')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/(?<!\d)\.|\.(?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

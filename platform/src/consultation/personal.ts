/** What of a text looks like somebody's personal data; a person still reads every comment. */
export type Personal = 'e-mail' | 'number' | 'identity-card';

const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const latin = (digit: string) => String((digit.codePointAt(0) as number) & 0xf);

/**
 * Finds what commonly identifies a person in Morocco: an e-mail address, a run of nine or more digits (telephone,
 * bank account, social number) however grouped, an identity card number (one or two letters and five to seven digits).
 * Linear in the text. It catches slips, not intent: moderation reads what passes.
 */
export function personalIn(text: string): Personal | undefined {
  const plain = text.normalize('NFKC').replace(ARABIC_DIGITS, latin);
  if (/[^\s@]{1,64}@[^\s@]{1,64}\.[a-z]{2,}/i.test(plain)) return 'e-mail';
  for (const run of plain.matchAll(/\+?\d[\d .\-/]{7,40}/g)) {
    if (run[0].replace(/\D/g, '').length >= 9) return 'number';
  }
  return /(?<![a-z0-9])[a-z]{1,2}\s?\d{5,7}(?![a-z0-9])/i.test(plain) ? 'identity-card' : undefined;
}

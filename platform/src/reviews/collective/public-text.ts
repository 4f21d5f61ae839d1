import { fold } from '../../desk/fold.ts';
import { PlatformError } from '../../errors.ts';

export const PUBLIC_MOST = 4_000;

/** What looks like somebody's data whoever it belongs to: an address for mail, a long number, an identity card. */
const PERSONAL: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an e-mail address', /[^\s@]+@[^\s@]+\.[^\s@]+/],
  ['a telephone or file number', /(?:\d[\s.-]?){7,}/],
  ['the number of an identity card', /\b[A-Z]{1,2}\d{5,6}\b/i],
];

/**
 * A text that is to be public holds nothing of a person: neither what looks like personal data, nor any of the given
 * words of the members (references, names, contacts, file numbers). Throws `invalid-request` and says what it found,
 * without repeating it.
 */
export function assertNothingPersonal(text: string, where: string, ofMembers: readonly string[]): string {
  const trimmed = text.replace(/\r\n/g, '\n').trim();
  if (trimmed === '' || trimmed.length > PUBLIC_MOST) {
    throw new PlatformError('invalid-request', 'The words are missing or too long.', {
      where,
      mend: `Write 1 to ${PUBLIC_MOST} characters.`,
    });
  }
  const found = PERSONAL.find(([, pattern]) => pattern.test(trimmed))?.[0];
  const folded = fold(trimmed);
  const bare = folded.replace(/[\s-]/g, '');
  const known = ofMembers.some((word) => {
    const wanted = fold(word).trim();
    return wanted.length >= 3 && (folded.includes(wanted) || bare.includes(wanted.replace(/[\s-]/g, '')));
  });
  if (found === undefined && !known) return trimmed;
  throw new PlatformError(
    'invalid-request',
    `The text holds ${found ?? 'something of a member'}: it would be public.`,
    {
      where: `${where}:personal`,
      mend: 'Say what holds for everybody; what concerns one person belongs into the answer to that person.',
    },
  );
}

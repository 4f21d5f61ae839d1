import type { SystemRecord } from '../register/record.ts';
import type { Lang } from '../web/index.ts';
import { fold } from './fold.ts';
import { placesOf, wordPattern } from './phrases.ts';

type LegalBasis = SystemRecord['legalBasis'][number];

/**
 * How each language says "article": one of them directly before a number, or several before a list of numbers. The
 * dahirs of Morocco count in فصول. Tamazight has no attested word for it: the others serve there too.
 */
const WORDS: Readonly<Record<Exclude<Lang, 'zgh'>, { readonly one: string[]; readonly several: string[] }>> =
  {
    ar: {
      one: ['المادة', 'الفصل'],
      several: ['المواد', 'المادتين', 'المادتان', 'الفصول', 'الفصلين', 'الفصلان'],
    },
    fr: { one: ['article', 'art'], several: ['articles'] },
    en: { one: ['article', 'art', 'section'], several: ['articles', 'sections'] },
  };

const either = (words: readonly string[]) => `(?:${words.map((w) => wordPattern(fold(w))).join('|')})`;
const ONE = either(Object.values(WORDS).flatMap((w) => w.one));
const SEVERAL = either(Object.values(WORDS).flatMap((w) => w.several));
/** A number of a list, with what joins it to the next. */
const LISTED = '\\d[\\d.]{0,8} (?:(?:et|ou|a|and|or|to|و|او|الي) ?)?';
/** "article 4 bis" is another article. */
const NOT_ANOTHER = '(?![^ ])(?! (?:bis|ter|quater|quinquies|مكرر)(?![^ ]))';

/**
 * Whether a folded text names an article of the legal basis: its number right behind the word for article, or in a
 * list behind the plural ("articles 4, 7 et 9", "المادتين 4 و7"); or the whole title, which alone names a basis
 * without an article.
 */
export function namesArticle(folded: string, { article, title }: LegalBasis): boolean {
  if (Object.values(title).some((t) => t !== undefined && placesOf(folded, t).length > 0)) return true;
  const number = article === undefined ? '' : fold(article);
  if (number === '') return false;
  if (!folded.includes(number)) return false;
  const literal = number.replace(/\./g, '\\.');
  const alone = `(?<![^ ])${ONE} (?:n |رقم )?${literal}${NOT_ANOTHER}`;
  const listed = `(?<![^ ])${SEVERAL} (?:${LISTED}){0,12}${literal}${NOT_ANOTHER}`;
  return new RegExp(`${alone}|${listed}`, 'u').test(folded);
}

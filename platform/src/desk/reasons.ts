import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import type { Input, Localized, SystemRecord } from '../register/record.ts';
import type { Lang } from '../web/index.ts';
import { fold } from './fold.ts';

export const REASONS_LEAST = 40;
export const REASONS_MOST = 4_000;

export interface WrittenReasons {
  readonly text: string;
  readonly lang: Lang;
}

/** Reasons of law and fact as they stand in a decision. */
export interface Reasons extends WrittenReasons {
  /** Ids of the legal bases that the text names. */
  readonly articles: readonly string[];
  /** Names of the facts of this file that the text names with their value. */
  readonly facts: readonly string[];
}

const ARTICLE_WORDS = ['article', 'articles', 'art', 'المادة', 'الماده', 'الفصل', 'مادة', 'فصل'].map(fold);
const YES = ['oui', 'yes', 'نعم'].map(fold);
const NO = ['non', 'no', 'لا'].map(fold);

const has = (folded: string, part: string) => part !== '' && ` ${folded} `.includes(` ${part} `);
const texts = (text: Localized) => Object.values(text).map(fold);

/** Whether the text names an article: its number behind the word, or the whole title of the legal basis. */
function namesArticle(folded: string, { article, title }: SystemRecord['legalBasis'][number]): boolean {
  const number = article === undefined ? undefined : fold(article);
  const byNumber = number !== undefined && ARTICLE_WORDS.some((word) => has(folded, `${word} ${number}`));
  return byNumber || texts(title).some((t) => has(folded, t));
}

function valueWords(input: Input, value: string | number | boolean): string[] {
  if (input.type === 'boolean') return value ? YES : NO;
  if (input.type === 'choice') {
    const found = input.values.find((v) => v.value === value);
    return found === undefined ? [] : texts(found.label);
  }
  return [fold(String(value)), fold(String(Number(value)))];
}

/** Whether the text names a fact: its label, in any language of the record, and its value in this file. */
function namesFact(folded: string, input: Input, facts: Facts): boolean {
  const value = facts[input.name];
  if (value === undefined) return false;
  return (
    texts(input.label).some((label) => has(folded, label)) &&
    valueWords(input, value).some((v) => has(folded, v))
  );
}

/**
 * Reads what a reviewer wrote. Law 03-01 asks for the reasons of law and of fact in the decision itself: the text must
 * name at least one article of the system's legal basis and at least one fact of this very file with its value.
 * Throws `reasons-insufficient` and says which is missing.
 */
export function checkReasons(record: SystemRecord, facts: Facts, { text, lang }: WrittenReasons): Reasons {
  const trimmed = text.trim();
  const folded = fold(trimmed);
  const articles = record.legalBasis.filter((basis) => namesArticle(folded, basis)).map((basis) => basis.id);
  const named = record.inputs.filter((input) => namesFact(folded, input, facts)).map((input) => input.name);
  const faults = [
    ...(trimmed.length < REASONS_LEAST || trimmed.length > REASONS_MOST
      ? [{ where: 'length', what: `must have ${REASONS_LEAST} to ${REASONS_MOST} characters` }]
      : []),
    ...(articles.length === 0 ? [{ where: 'law', what: 'names no article of the legal basis' }] : []),
    ...(named.length === 0 ? [{ where: 'fact', what: 'names no fact of this file with its value' }] : []),
  ];
  if (faults.length > 0) {
    throw new PlatformError('reasons-insufficient', 'The text does not give reasons of law and of fact.', {
      where: 'text',
      faults,
      mend: 'Name an article of the legal basis, and a recorded fact of this file by its label and value.',
    });
  }
  return { text: trimmed, lang, articles, facts: named };
}

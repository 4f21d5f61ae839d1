import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import type { SystemRecord } from '../register/record.ts';
import type { Lang } from '../web/index.ts';
import { fold } from './fold.ts';
import { namesArticle } from './names-article.ts';
import { namesFact } from './names-fact.ts';

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

/**
 * Reads what a reviewer wrote. Law 03-01 asks for the reasons of law and of fact in the decision itself: the text must
 * name at least one article of the system's legal basis and at least one fact of this very file with its value, as
 * `namesArticle` and `namesFact` define it. Throws `reasons-insufficient` and says which is missing.
 *
 * @param others the file as it was recorded before a correction: a fact may be named by either value.
 */
export function checkReasons(
  record: SystemRecord,
  facts: Facts,
  { text, lang }: WrittenReasons,
  others: Facts = facts,
): Reasons {
  const trimmed = text.trim();
  const folded = fold(trimmed);
  const articles = record.legalBasis.filter((basis) => namesArticle(folded, basis)).map((basis) => basis.id);
  const named = record.inputs
    .filter((input) => {
      const [now, before] = [facts[input.name], others[input.name]];
      return namesFact(folded, input, now) || (before !== now && namesFact(folded, input, before));
    })
    .map((input) => input.name);
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

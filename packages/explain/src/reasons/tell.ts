import { isolated, numberFormat, type Said, say, textFor } from './icu.ts';
import {
  contributionsByTopic,
  type PrincipalOptions,
  principalReasons,
  type ReasonSide,
} from './principal.ts';
import { checkTopics, type ReasonLang, type ReasonTopic } from './topics.ts';
import { valueInWords } from './values.ts';

/** One principal reason in words. */
export interface ToldReason {
  readonly id: string;
  readonly effect: 'against' | 'in-favour';
  /** The label, in the language that it is in. */
  readonly label: Said;
  /** The recorded value in words; undefined when the topic tells none. */
  readonly value: string | undefined;
  /** Part of everything that pushed the same way, 0 to 1. */
  readonly share: number;
  /** In units of the margin. */
  readonly contribution: number;
  readonly sentence: Said;
}

export interface ToldSide {
  readonly reasons: readonly ToldReason[];
  /** What is said when there are smaller reasons, or none at all; undefined when the reasons are all there are. */
  readonly rest: Said | undefined;
}

export interface ToldReasons {
  readonly against: ToldSide;
  readonly inFavour: ToldSide;
  /** That this is an estimate; undefined for exact reasons. */
  readonly note: Said | undefined;
}

export interface ReasonsQuestion extends PrincipalOptions {
  readonly topics: readonly ReasonTopic[];
  /** The model's features, and the row's values in their order; NaN is missing. */
  readonly features: readonly string[];
  readonly row: ArrayLike<number>;
  /** The contributions of one output, in the order of the features. */
  readonly contributions: ArrayLike<number>;
  readonly lang: ReasonLang;
  /** True for estimates: every sentence then says so. */
  readonly approximate?: boolean;
}

/**
 * Tells the principal reasons of one answer in words, by fixed messages filled with the labels, units and words of the
 * topics: the same contributions always give the same sentences.
 * @throws {ExplainError} `bad-question` when topics and features do not fit
 */
export function tellReasons(question: ReasonsQuestion): ToldReasons {
  const { topics, features, contributions, lang, approximate = false } = question;
  checkTopics(topics, features);
  const { against, inFavour } = principalReasons(
    contributionsByTopic(topics, features, contributions),
    question,
  );
  return {
    against: tellSide(against, 'against', question),
    inFavour: tellSide(inFavour, 'in-favour', question),
    note: approximate ? say('estimate', lang) : undefined,
  };
}

function tellSide(
  { principal, others }: ReasonSide,
  effect: ToldReason['effect'],
  question: ReasonsQuestion,
): ToldSide {
  const { topics, features, row, lang, approximate = false } = question;
  const reasons = principal.map(({ id, value: contribution, share }): ToldReason => {
    const topic = topics.find((own) => own.id === id) as ReasonTopic;
    const label = textFor(topic.label, lang);
    const value = valueInWords(topic, features, row, lang);
    const sentence = say(approximate ? 'approximate' : 'exact', lang, {
      effect,
      label: isolated(label, lang === 'zgh' ? 'ar' : lang),
      value: value === undefined ? '' : ` (${value})`,
      share: percent(share, lang),
    });
    return { id, effect, label, value, share, contribution, sentence };
  });
  if (principal.length === 0) return { reasons, rest: say('nothing', lang, { effect }) };
  if (others.count === 0) return { reasons, rest: undefined };
  return {
    reasons,
    rest: say('others', lang, { effect, count: others.count, share: percent(others.share, lang) }),
  };
}

function percent(share: number, lang: ReasonLang): string {
  const digits = share < 0.01 ? 1 : 0;
  return numberFormat(lang === 'zgh' ? 'ar' : lang, {
    style: 'percent',
    maximumFractionDigits: digits,
  }).format(share);
}

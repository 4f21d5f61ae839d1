import { ExplainError } from '../error.ts';
import type { ReasonTopic } from './topics.ts';

/** What one topic added to the margin. */
export interface TopicContribution {
  readonly id: string;
  readonly value: number;
}

export interface PrincipalReason extends TopicContribution {
  /** Its part of everything that pushed the same way, from 0 to 1. */
  readonly share: number;
}

/** The reasons of one side that weigh most, and what is left over. */
export interface ReasonSide {
  readonly principal: readonly PrincipalReason[];
  /** How many more reasons pushed the same way, and their part together. */
  readonly others: { readonly count: number; readonly share: number };
}

export interface PrincipalReasons {
  readonly against: ReasonSide;
  readonly inFavour: ReasonSide;
}

export interface PrincipalOptions {
  /** Whether a higher margin is better for the person, or a lower one. */
  readonly favourable: 'up' | 'down';
  /** At most so many a side; 4 by default. */
  readonly most?: number;
  /** A reason below this part of its side is not a principal one; 0.05 by default. The first is always told. */
  readonly least?: number;
}

/** Adds up the contributions of every topic's features, in the order of the topics. */
export function contributionsByTopic(
  topics: readonly ReasonTopic[],
  features: readonly string[],
  values: ArrayLike<number>,
): TopicContribution[] {
  if (values.length !== features.length)
    throw new ExplainError(
      'bad-question',
      'values',
      `has ${values.length} contributions for ${features.length} features`,
    );
  const place = new Map(features.map((feature, index) => [feature, index]));
  return topics.map(({ id, features: own }) => ({
    id,
    value: own.reduce((sum, feature) => sum + (values[place.get(feature) ?? -1] ?? Number.NaN), 0),
  }));
}

/**
 * Chooses the principal reasons of each side from exact contributions: the largest first, at most four, as more are "not
 * likely to be helpful" (12 CFR part 1002, supplement I, comment 9(b)(2)-1), none of them marginal. What is left out is
 * counted, never dropped in silence.
 */
export function principalReasons(
  contributions: readonly TopicContribution[],
  { favourable, most = 4, least = 0.05 }: PrincipalOptions,
): PrincipalReasons {
  const bad = contributions.find(({ value }) => !Number.isFinite(value));
  if (bad !== undefined)
    throw new ExplainError('bad-question', bad.id, 'has a contribution that is not a number');
  const sign = favourable === 'up' ? 1 : -1;
  return {
    against: sideOf(
      contributions.filter(({ value }) => value * sign < 0),
      most,
      least,
    ),
    inFavour: sideOf(
      contributions.filter(({ value }) => value * sign > 0),
      most,
      least,
    ),
  };
}

function sideOf(own: readonly TopicContribution[], most: number, least: number): ReasonSide {
  const total = own.reduce((sum, { value }) => sum + Math.abs(value), 0);
  const sorted = own
    .map(({ id, value }) => ({ id, value, share: Math.abs(value) / total }))
    .sort((a, b) => b.share - a.share);
  const principal = sorted.filter(({ share }, index) => index === 0 || (index < most && share >= least));
  const left = sorted.slice(principal.length);
  return {
    principal,
    others: { count: left.length, share: left.reduce((sum, { share }) => sum + share, 0) },
  };
}

import type { Tally } from '../cells/tally.ts';
import {
  type Count,
  differenceBeyond,
  type Estimate,
  fisherMidP,
  type Interval,
  ratioPValues,
} from '../statistics/index.ts';
import { differenceOf, type Pair, pairOf, ratioOf, swapped, turned, worstDifference } from './compare.ts';
import { ALPHA, type Criterion, SMALLEST_DENOMINATOR } from './settings.ts';

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'insufficient-evidence' | 'not-judged';

/** Why, as a code; `report/words` says it in four languages. */
export type Because =
  | 'within'
  | 'beyond'
  | 'beyond-alone'
  | 'crosses'
  | 'few'
  | 'undefined'
  | 'reference'
  | 'unknown-attribute';

/** One criterion held against one group. */
export interface Judgement {
  readonly criterion: Criterion;
  readonly verdict: Verdict;
  readonly because: Because;
  readonly estimate: Estimate | undefined;
  /** The smaller of the two denominators. */
  readonly denominator: number;
  /** Two-sided, of the hypothesis that the limit is kept; `adjusted` by Holm over the whole audit. */
  readonly p: number | undefined;
  readonly adjusted: number | undefined;
  readonly worstCase: Interval | undefined;
}

/** A judgement before Holm's correction. */
export type Draft = Omit<Judgement, 'verdict' | 'because' | 'adjusted'> & {
  readonly undefinedBecause?: 'few' | 'undefined';
};

export function draft(
  criterion: Criterion,
  sides: { group: Tally; reference: Tally; unknown: Tally },
  designEffect: number,
): Draft {
  const metric = criterion.kind === 'ratio' ? 'selection' : criterion.metric;
  const found = pairOf(sides.group, sides.reference, metric, designEffect);
  const pair = found === undefined ? undefined : oriented(criterion, found);
  const estimate =
    pair === undefined ? undefined : criterion.kind === 'ratio' ? ratioOf(pair) : differenceOf(pair);
  const denominator = pair === undefined ? 0 : Math.min(...pair.denominators);
  const worst =
    criterion.kind === 'difference'
      ? worstDifference(sides.group, sides.reference, metric, sides.unknown)
      : undefined;
  const base = { criterion, estimate, denominator, p: undefined, worstCase: worst };
  if (pair === undefined) return { ...base, undefinedBecause: 'undefined' };
  const evidence = Math.min(denominator, pair.group.total, pair.reference.total);
  if (evidence < SMALLEST_DENOMINATOR) return { ...base, undefinedBecause: 'few' };
  if (estimate === undefined) return { ...base, undefinedBecause: 'undefined' };
  return {
    ...base,
    p: criterion.kind === 'ratio' ? ratioP(pair, criterion.limit) : differenceP(pair, criterion.limit),
  };
}

/** Ratios are of the outcome that people want, group over comparison; of a burden, comparison over group. */
function oriented(criterion: Criterion, pair: Pair): Pair {
  if (criterion.kind === 'difference') return pair;
  if (criterion.name === 'burden-ratio') return swapped(pair);
  return criterion.favourable === 'yes' ? pair : turned(pair);
}

function differenceP(pair: Pair, limit: number): number {
  return differenceBeyond(pair.group, pair.reference, limit) ?? 1;
}

/** Where a count is small, the four-fifths rule asks for Fisher's mid-p too: a ratio alone shows nothing. */
function ratioP(pair: Pair, limit: number): number {
  const score = Math.min(1, 2 * (ratioPValues(pair.group, pair.reference, limit)?.below ?? 1));
  return pair.exact && smallestExpected(pair.group, pair.reference) < 5
    ? Math.max(score, Math.min(1, 2 * fisherMidP(pair.group, pair.reference).less))
    : score;
}

function smallestExpected(one: Count, two: Count): number {
  const share = (one.successes + two.successes) / (one.total + two.total);
  return Math.min(one.total, two.total) * Math.min(share, 1 - share);
}

/**
 * The verdict of one criterion. *Fail* takes a p-value that stands after Holm over all groups and criteria; *pass* takes
 * an interval inside the limit, which needs no correction, as all must pass together (R. L. Berger, Technometrics 24
 * (1982) 295–300).
 */
export function conclude(draft: Draft, adjusted: number | undefined): Judgement {
  const { undefinedBecause, ...rest } = draft;
  const judged = { ...rest, adjusted };
  const { criterion, estimate, p } = draft;
  if (undefinedBecause !== undefined || estimate === undefined || p === undefined) {
    return { ...judged, verdict: 'insufficient-evidence', because: undefinedBecause ?? 'undefined' };
  }
  const within =
    criterion.kind === 'ratio'
      ? estimate.low >= criterion.limit
      : estimate.low >= -criterion.limit && estimate.high <= criterion.limit;
  if (within) return { ...judged, verdict: 'pass', because: 'within' };
  if (adjusted !== undefined && adjusted < ALPHA) return { ...judged, verdict: 'fail', because: 'beyond' };
  return { ...judged, verdict: 'inconclusive', because: p < ALPHA ? 'beyond-alone' : 'crosses' };
}

const GRAVITY: readonly Verdict[] = ['not-judged', 'pass', 'insufficient-evidence', 'inconclusive', 'fail'];

/** The gravest of several verdicts. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>(
    (worst, one) => (GRAVITY.indexOf(one) > GRAVITY.indexOf(worst) ? one : worst),
    'not-judged',
  );
}

import { ExplainError } from '../error.ts';
import * as int from '../exact/int.ts';
import type { CompiledTerm } from './compile.ts';
import type { Facts, ScorecardModel } from './model.ts';
import { conclude, type Prediction, readCase, scoreUnits } from './predict.ts';

/** One addend: `value = coefficient × (derived − mean)`. All numbers are exact plain decimals. */
export interface ExplainedTerm {
  readonly id: string;
  readonly derived: string;
  readonly mean: string;
  readonly coefficient: string;
  readonly value: string;
}

export interface Contribution {
  readonly reason: string;
  /** The facts behind this reason; they move together. */
  readonly facts: readonly string[];
  /** What this reason adds to the score against the segment's mean. */
  readonly value: string;
  /** Where it pushed this case. */
  readonly effect: 'favourable' | 'adverse' | 'none';
  readonly terms: readonly ExplainedTerm[];
}

export interface Explanation extends Prediction {
  readonly kind: 'scorecard';
  /** SHA-256 of the model file that was run. */
  readonly model: string;
  /** What the contributions are measured against. */
  readonly against: 'segment-mean';
  /** The score at the segment's mean: constant + Σ coefficient × mean, group constants at their mean included. */
  readonly base: string;
  readonly threshold: string;
  /** Largest absolute value first; equal ones in the model's order. */
  readonly contributions: readonly Contribution[];
  /** base + Σ contributions, and its difference from the score: always "0". */
  readonly additivity: { readonly sum: string; readonly difference: string };
}

/**
 * Exact Shapley values of the score against the segment's mean.
 *
 * A scorecard is additive, so the Shapley value of term i is `c_i (x_i − E[x_i])` (Štrumbelj & Kononenko 2014,
 * "Explaining prediction models and individual predictions with feature contributions", §3; Lundberg & Lee 2017,
 * "A unified approach to interpreting model predictions", corollary 1), and by linearity the value of a reason is the
 * sum over its terms. The segment itself is given, not explained: all contributions are within it.
 * @throws {ExplainError} as `predict`
 */
export function explainScorecard(model: ScorecardModel, facts: Facts): Explanation {
  const { segment, units } = readCase(model, facts);
  const { compiled } = segment;
  const score = scoreUnits(compiled, units);
  const rising = model.outcomes.favourable === model.outcomes.above ? 'favourable' : 'adverse';
  const falling = rising === 'favourable' ? 'adverse' : 'favourable';

  let sum = compiled.base;
  const sized = compiled.reasons.map(({ reason, facts: behind, terms: places }, order) => {
    let total: int.Int = 0;
    const terms = places.map((place) => {
      const term = compiled.terms[place] as CompiledTerm;
      const derived = int.multiply(term.derived.value(units), term.lift);
      const value = int.multiply(term.factor, int.subtract(derived, term.mean));
      total = int.add(total, value);
      return {
        id: term.spec.id,
        derived: int.format(derived, term.liftedScale),
        mean: term.texts.mean,
        coefficient: term.texts.coefficient,
        value: int.format(value, compiled.scale),
      };
    });
    sum = int.add(sum, total);
    const effect = total > 0 ? rising : total < 0 ? falling : 'none';
    const contribution: Contribution = {
      reason,
      facts: behind,
      value: int.format(total, compiled.scale),
      effect,
      terms,
    };
    return { contribution, size: int.absolute(total), order };
  });
  sized.sort((a, b) => int.compare(b.size, a.size) || a.order - b.order);

  const difference = int.subtract(sum, score);
  if (difference !== 0) {
    throw new ExplainError(
      'not-additive',
      segment.name,
      `contributions miss the score by ${int.format(difference, compiled.scale)}`,
    );
  }
  return {
    kind: 'scorecard',
    model: model.sha256,
    ...conclude(model, segment, score),
    against: 'segment-mean',
    base: compiled.baseText,
    threshold: model.threshold.toString(),
    contributions: sized.map(({ contribution }) => contribution),
    additivity: { sum: int.format(sum, compiled.scale), difference: int.format(difference, compiled.scale) },
  };
}

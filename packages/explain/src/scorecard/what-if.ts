import { ExplainError } from '../error.ts';
import type { Decimal } from '../exact/decimal.ts';
import { type Axis, axisOf } from './axes.ts';
import { cheapestFlip, type Gap } from './box-search.ts';
import type { Facts, FactValue, ScorecardModel } from './model.ts';
import { type Prediction, predictScorecard, readCase } from './predict.ts';

/** A fact that may be changed, and how. Only what the caller lists is ever changed. */
export interface Changeable {
  readonly fact: string;
  /** Only these values. Without it: every other declared value, or the range below. */
  readonly values?: readonly FactValue[];
  /** Range of a numeric fact, inclusive; never wider than the model's own. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** Grid of a numeric fact counted from `min`; the default is the fact's last decimal. */
  readonly step?: number | string;
  readonly direction?: 'up' | 'down';
  /** Cost of one unit of a number, or of one other choice; a positive decimal, "1" by default. Compares pairs. */
  readonly cost?: number | string;
}

export interface Question {
  readonly changeable: readonly Changeable[];
  readonly maxFacts: 1 | 2;
  /** The outcome to reach; by default the other one. */
  readonly target?: string;
  /** Boxes of values examined for one set of facts before it is given up as `undecided`; 50,000 by default. */
  readonly maxBoxes?: number;
}

/**
 * Why nothing cheaper flips: every cheaper case lies in a box whose best possible score, bounded exactly term by term,
 * stays on the wrong side (`refuted`), or was scored itself (`scored`).
 */
export interface Proof {
  readonly refuted: number;
  readonly scored: number;
}

/** The cheapest change of its facts that flips the outcome, re-run through `predict`. */
export interface Flip {
  readonly changes: readonly { readonly fact: string; readonly from: FactValue; readonly to: FactValue }[];
  readonly cost: string;
  readonly prediction: Prediction;
  readonly proof: Proof;
}

/**
 * What was found for each set of facts. `undecided`: nothing was found, but the limit of boxes was reached or a segment
 * could not be evaluated, so nothing is claimed.
 */
export interface Searched {
  readonly facts: readonly string[];
  readonly result: 'flips' | 'none' | 'undecided';
  readonly proof: Proof;
}

export interface WhatIf {
  readonly from: Prediction;
  readonly target: string;
  /** Single facts first, then pairs of which neither fact flips alone; cheapest first within each. */
  readonly flips: readonly Flip[];
  /** True when nothing in the asked space reaches the target, and that is proven. */
  readonly none: boolean;
  readonly searched: readonly Searched[];
  /** Segments that were left out because they read a fact that this case does not have. */
  readonly notEvaluated: readonly Gap[];
}

/**
 * The cheapest change of each allowed fact, then of each pair, that brings the target outcome, over exactly the values
 * that the caller allows. Complete: where it finds nothing, and says so, there is nothing.
 * @throws {ExplainError} `bad-question` for a question that makes no sense, or as `predict`
 */
export function whatIfScorecard(model: ScorecardModel, facts: Facts, question: Question): WhatIf {
  const from = predictScorecard(model, facts);
  const target = targetOf(model, from, question);
  const { units } = readCase(model, facts);
  const axes = question.changeable.map((wish) => axisOf(model, facts, units, wish));
  const twice = axes.find(({ fact }, index) => axes.findIndex((other) => other.fact === fact) !== index);
  if (twice !== undefined) refuse('changeable', `lists "${twice.fact}" twice`);

  const searched: Searched[] = [];
  const notEvaluated = new Map<string, Gap>();
  const search = (set: readonly Axis[]): Priced | undefined => {
    const { result, to, cost, refuted, scored, gaps } = cheapestFlip(
      model,
      units,
      set,
      target,
      question.maxBoxes ?? 50_000,
    );
    const proof = { refuted, scored };
    for (const gap of gaps) notEvaluated.set(String(gap.value), gap);
    searched.push({ facts: set.map(({ fact }) => fact), result, proof });
    if (result !== 'flips') return undefined;
    const changes = set.map(({ fact }, place) => ({ fact, from: facts[fact] ?? '', to: to[place] ?? '' }));
    const prediction = correctedScorecardOutcome(model, facts, changes);
    if (prediction.outcome !== target) {
      throw new ExplainError(
        'not-additive',
        'whatIf',
        'a change that was found did not flip the outcome when re-run',
      );
    }
    return { flip: { changes, cost: cost.toString(), prediction, proof }, cost };
  };

  const singles = axes.map((axis) => search([axis]));
  const stuck = question.maxFacts === 1 ? [] : axes.filter((_, index) => singles[index] === undefined);
  const pairs = stuck.flatMap((a, index) => stuck.slice(index + 1).map((b) => search([a, b])));
  const flips = [...cheapestFirst(singles), ...cheapestFirst(pairs)];
  return {
    from,
    target,
    flips,
    none: searched.every(({ result }) => result === 'none'),
    searched,
    notEvaluated: [...notEvaluated.values()],
  };
}

interface Priced {
  readonly flip: Flip;
  readonly cost: Decimal;
}

function cheapestFirst(found: readonly (Priced | undefined)[]): Flip[] {
  return found
    .filter((priced) => priced !== undefined)
    .sort((a, b) => a.cost.compare(b.cost))
    .map(({ flip }) => flip);
}

function targetOf(model: ScorecardModel, from: Prediction, { target, maxFacts }: Question): string {
  const { atMost, above } = model.outcomes;
  const wanted = target ?? (from.outcome === atMost ? above : atMost);
  if (wanted !== atMost && wanted !== above) refuse('target', `must be "${atMost}" or "${above}"`);
  if (wanted === from.outcome) refuse('target', `the outcome is "${wanted}" already`);
  if (maxFacts !== 1 && maxFacts !== 2) refuse('maxFacts', 'must be 1 or 2');
  return wanted;
}

/** The prediction for a case with some of its facts replaced. @throws {ExplainError} as `predict` */
export function correctedScorecardOutcome(
  model: ScorecardModel,
  facts: Facts,
  changes: readonly { readonly fact: string; readonly to: FactValue }[],
): Prediction {
  return predictScorecard(model, {
    ...facts,
    ...Object.fromEntries(changes.map(({ fact, to }) => [fact, to])),
  });
}

function refuse(path: string, message: string): never {
  throw new ExplainError('bad-question', path, message);
}

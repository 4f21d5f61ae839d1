import { type Check, checkScorecardExplanation } from './scorecard/check.ts';
import { type Explanation, explainScorecard } from './scorecard/explain.ts';
import type { Facts, FactValue, ScorecardModel } from './scorecard/model.ts';
import { parseScorecard, type ScorecardLimits } from './scorecard/parse.ts';
import { type Prediction, predictScorecard } from './scorecard/predict.ts';
import {
  correctedScorecardOutcome,
  type Question,
  type WhatIf,
  whatIfScorecard,
} from './scorecard/what-if.ts';

/** A model that was read from a file, told apart by `kind`. */
export type Model = ScorecardModel;

/**
 * Reads a model file from an untrusted source.
 * @param bytes the whole file; its SHA-256 becomes `model.sha256`
 * @throws {ExplainError} with a code, the path inside the file, and how to mend it
 */
export function parseModel(bytes: Uint8Array, limits?: Partial<ScorecardLimits>): Model {
  return parseScorecard(bytes, limits);
}

/** Runs the model on one case, exactly. @throws {ExplainError} `fact-*` when the facts do not fit the model */
export function predict(model: Model, facts: Facts): Prediction {
  return predictScorecard(model, facts);
}

/** Exact Shapley values of one case, checked to add up. See {@link explainScorecard} for what they are measured against. */
export function explain(model: Model, facts: Facts): Explanation {
  return explainScorecard(model, facts);
}

/** Recomputes an explanation by replay; nothing it states is believed. */
export function checkExplanation(model: Model, facts: Facts, explanation: Explanation): Check {
  return checkScorecardExplanation(model, facts, explanation);
}

/** The cheapest allowed changes that bring the other outcome, or the proof that there are none. */
export function whatIf(model: Model, facts: Facts, question: Question): WhatIf {
  return whatIfScorecard(model, facts, question);
}

/** The prediction for the case with some facts corrected. */
export function correctedOutcome(
  model: Model,
  facts: Facts,
  changes: readonly { readonly fact: string; readonly to: FactValue }[],
): Prediction {
  return correctedScorecardOutcome(model, facts, changes);
}

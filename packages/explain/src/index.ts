export { ExplainError, type ExplainErrorCode } from './error.ts';
export { Decimal } from './exact/decimal.ts';
export {
  checkExplanation,
  correctedOutcome,
  explain,
  type Model,
  parseModel,
  predict,
  whatIf,
} from './model.ts';
export type { Check } from './scorecard/check.ts';
export type { Contribution, ExplainedTerm, Explanation } from './scorecard/explain.ts';
export type { FactSpec, Facts, FactValue, ScorecardModel, Transform } from './scorecard/model.ts';
export type { ScorecardLimits } from './scorecard/parse.ts';
export type { Prediction } from './scorecard/predict.ts';
export { type RoundedExplanation, roundExplanation } from './scorecard/rounding.ts';
export type { Changeable, Flip, Question, Searched, WhatIf } from './scorecard/what-if.ts';

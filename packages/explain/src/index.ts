// models behind an address, always approximate
export {
  type ApproximateContributions,
  type ApproximationOptions,
  approximateContributions,
} from './black-box/approximate.ts';
export { type AskRows, askOver, type BlackBoxAccess } from './black-box/ask.ts';
export type { BlackBoxModel } from './black-box/model.ts';
// model files of any format, rows of numbers
export type {
  ChangeableFeature,
  Counterfactual,
  CounterfactualQuestion,
  Counterfactuals,
} from './counterfactual/counterfactuals.ts';
export { ExplainError, type ExplainErrorCode } from './error.ts';
export { Decimal } from './exact/decimal.ts';
export { type Rows, rowsOf } from './forest/rows.ts';
export type { ModelFileLimits } from './formats/limits.ts';
export type { LinearModel } from './formats/linear.ts';
export { type Link, predictionsOf, predictionsPerRow } from './formats/link.ts';
export { type AnyModel, type RowModel, readModelFile } from './formats/read.ts';
export type { TreesFormat, TreesModel } from './formats/trees-model.ts';
export {
  checkExplanation,
  correctedOutcome,
  explain,
  type Model,
  parseModel,
  predict,
  whatIf,
} from './model.ts';
// reasons in words
export type { Said } from './reasons/icu.ts';
export { parseReasonWords, type ReasonWords } from './reasons/parse.ts';
export {
  contributionsByTopic,
  type PrincipalOptions,
  type PrincipalReason,
  type PrincipalReasons,
  principalReasons,
  type ReasonSide,
  type TopicContribution,
} from './reasons/principal.ts';
export {
  type ReasonsQuestion,
  type ToldReason,
  type ToldReasons,
  type ToldSide,
  tellReasons,
} from './reasons/tell.ts';
export { type FactWords, type ToldRule, tellRules } from './reasons/tell-rules.ts';
export {
  checkTopics,
  REASON_LANGS,
  type ReasonLang,
  type ReasonText,
  type ReasonTopic,
  type ReasonValue,
} from './reasons/topics.ts';
// files of rows, reports
export { type ExplainCommand, explainCommand, type ReportFormat, type SourceFile } from './report/command.ts';
export {
  makeReport,
  type Report,
  type ReportHead,
  type ReportOptions,
  type ReportRow,
  reportRows,
} from './report/report.ts';
export { csvFacts, csvRows } from './report/rows.ts';
export {
  contributionsAgainstRows,
  contributionsOf,
  counterfactuals,
  outputsOf,
  predictMany,
} from './rows-model.ts';
// decision tables and rule graphs
export {
  decideByRules,
  type HitRow,
  type MissedRow,
  type RuleCondition,
  type RuleDecision,
  type RuleFacts,
  type RuleStep,
} from './rules/decide.ts';
export type { RuleNode, RulesModel, RuleValue } from './rules/model.ts';
// scorecards, in exact decimals
export type { Check } from './scorecard/check.ts';
export type { Contribution, ExplainedTerm, Explanation } from './scorecard/explain.ts';
export type { FactSpec, Facts, FactValue, ScorecardModel, Transform } from './scorecard/model.ts';
export type { ScorecardLimits } from './scorecard/parse.ts';
export type { Prediction } from './scorecard/predict.ts';
export { type Additive, type RoundedExplanation, roundExplanation } from './scorecard/rounding.ts';
export type { Changeable, Flip, Question, Searched, WhatIf } from './scorecard/what-if.ts';
export {
  type ContributionOptions,
  interactions,
  leafNumbers,
  type RowContributions,
  type RowInteractions,
  type RowPredictions,
} from './trees.ts';
export { type ContributionPool, openPool, type PoolOptions } from './workers/pool.ts';

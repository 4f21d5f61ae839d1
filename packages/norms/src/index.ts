export {
  type Calendar,
  type DatedDay,
  type DayStatus,
  dayStatus,
  type FixedHoliday,
  type LoadedYear,
} from './calendar.ts';
export type { Case, CaseResult, Facts, Plain } from './cases/case.ts';
export { conformance, type Gap, type Share, shares } from './cases/coverage.ts';
export { readCases } from './cases/read.ts';
export { runCases } from './cases/run.ts';
export { CERTAINTIES, type Certainty } from './certainty.ts';
export { type CheckReport, type CheckSources, check, checkFolder } from './check.ts';
export { type ClockState, clockState } from './clock-state.ts';
export { type ClockFacts, clocks, deadlineRules } from './clocks.ts';
export { type Answers, type AnswerValue, type Condition, parseCondition } from './condition.ts';
export type { Step } from './count.ts';
export { type Deadline, type DeadlineInput, deadline } from './deadline.ts';
export { NormError, type NormErrorCode, type Problem, tellProblem } from './error.ts';
export { type Assessment, assess, type Level, levelOf, type Points, questionnaireOf } from './level.ts';
export { bundledPack, loadPack, readFolder } from './load.ts';
export { type Notification, provenStart } from './notification.ts';
export {
  type Conformity,
  conformity,
  type Evidence,
  type EvidenceState,
  type Obligation,
  type ObligationFacts,
  obligations,
} from './obligations.ts';
export { type Pack, reference, ruleOf } from './pack.ts';
export type { Pause } from './pause.ts';
export type { Effective, Provenance, Quote, RuleReference } from './provenance.ts';
export {
  type Choice,
  maximum,
  type Page,
  type Question,
  type Questionnaire,
  type Visible,
  visible,
} from './questionnaire.ts';
export {
  type Answer,
  type Applicability,
  type ApplicabilityQuestion,
  applicability,
  openQuestions,
} from './questions.ts';
export { readPack } from './read/pack.ts';
export type { SourceFile } from './read/source.ts';
export type { Reason } from './reason.ts';
export { tellReport } from './report.ts';
export { type Revision, revise } from './revise.ts';
export type {
  DeadlineKind,
  DeadlineRule,
  EvidenceNeed,
  Ground,
  Length,
  LevelRule,
  ObligationRule,
  ProvisionRule,
  Rule,
  RuleKind,
  SafeguardRule,
} from './rule.ts';
export {
  type Narrowing,
  type SafeguardFacts,
  type SafeguardGround,
  type Safeguards,
  safeguards,
} from './safeguards.ts';
export { LANGUAGES, type Language, type Phrase, type Said, say, type Texts } from './texts.ts';
export { CERTAINTY_TEXTS, reasonTexts, tellReason } from './words.ts';

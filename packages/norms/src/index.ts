export {
  type Calendar,
  type DatedDay,
  type DayStatus,
  dayStatus,
  type FixedHoliday,
  type LoadedYear,
} from './calendar.ts';
export { CERTAINTIES, type Certainty } from './certainty.ts';
export { type ClockState, clockState } from './clock-state.ts';
export type { Step } from './count.ts';
export { type Deadline, type DeadlineInput, deadline, type Reason } from './deadline.ts';
export { NormError, type NormErrorCode, type Problem, tellProblem } from './error.ts';
export { bundledPack, loadPack, readFolder } from './load.ts';
export { type Notification, provenStart } from './notification.ts';
export { type Pack, reference, ruleOf } from './pack.ts';
export type { Effective, Provenance, Quote, RuleReference } from './provenance.ts';
export { readPack } from './read/pack.ts';
export type { SourceFile } from './read/source.ts';
export { type Revision, revise } from './revise.ts';
export type { DeadlineKind, DeadlineRule, Length, ProvisionRule, Rule, SafeguardRule } from './rule.ts';
export {
  type Applicability,
  type Narrowing,
  type SafeguardFacts,
  type SafeguardGround,
  type Safeguards,
  safeguards,
} from './safeguards.ts';
export { LANGUAGES, type Language, type Phrase, type Said, say, type Texts } from './texts.ts';
export { CERTAINTY_TEXTS, reasonTexts, tellReason } from './words.ts';

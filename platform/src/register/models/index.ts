export type {
  AdditiveExplanation,
  AdditiveReason,
  Correction,
  CorrectionAnswer,
  DecisionRule,
  Effect,
  Explanation,
  ModelKind,
  Prediction,
  Reason,
  RegisteredModel,
  SealedExplanation,
  SealedSum,
  TraceExplanation,
} from './contract.ts';
export { otherEffect } from './contract.ts';
export { exact } from './plain.ts';
export { MODEL_FILE_MOST, readModel } from './read.ts';

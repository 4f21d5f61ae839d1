export { type Audit, audit } from './audit/audit.ts';
export type { Rate } from './audit/compare.ts';
export type { Conditional } from './audit/conditional.ts';
export type { GapReport } from './audit/gaps.ts';
export type { Comparison, Group, GroupCounts } from './audit/groups.ts';
export type { Because, Judgement, Verdict } from './audit/judge.ts';
export type { SelectiveLabels } from './audit/labels.ts';
export type { Calibration } from './audit/scores.ts';
export {
  type AuditSettings,
  type Criterion,
  DEFAULT_SEED,
  DEFAULT_TOLERANCE,
  FOUR_FIFTHS,
  SMALLEST_DENOMINATOR,
} from './audit/settings.ts';
export { CellBuilder, type DecisionRow } from './cells/builder.ts';
export {
  assemble,
  type Cells,
  type Dimension,
  type RawCells,
  type Role,
  rowsIn,
  UNKNOWN,
} from './cells/cells.ts';
export { METRICS, type Measure, type Metric, measure } from './cells/metrics.ts';
export { type Tallies, Tally, tallies } from './cells/tally.ts';
export { FairnessError, type FairnessErrorCode } from './error.ts';
export * from './statistics/index.ts';

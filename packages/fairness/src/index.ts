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
export { type Funnel, type FunnelGroup, funnel, type StageOfGroup } from './procedure/funnel.ts';
export { type WithinOfficers, withinOfficers } from './procedure/officers.ts';
export { OVERRIDES, type Override, STAGES, type Stage } from './procedure/state.ts';
export {
  type PublicationSettings,
  type PublishedAttribute,
  type PublishedCount,
  type PublishedGroup,
  publish,
} from './publication/publish.ts';
export { type CountTable, type Mask, type Range, readerRanges } from './publication/reader.ts';
export {
  type RoundedCount,
  type RoundedSplit,
  readRounded,
  roundCount,
  roundedRate,
  roundedRatio,
  sumRounded,
} from './publication/round.ts';
export { SMALLEST_PUBLISHED, type Suppressed, suppress } from './publication/suppress.ts';
export * from './statistics/index.ts';
export type { Subgroup } from './subgroups/describe.ts';
export {
  DEFAULT_DEPTH,
  MOST_ATTRIBUTES,
  type SearchSettings,
  type SubgroupSearch,
  searchSubgroups,
} from './subgroups/search.ts';
export { type Drift, type DriftAlarm, type DriftPoint, type DriftSettings, drift } from './time/drift.ts';

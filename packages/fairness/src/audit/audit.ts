import { type Cells, rowsIn } from '../cells/cells.ts';
import { type Conditional, conditionalOf } from './conditional.ts';
import { type GapReport, gapsOf } from './gaps.ts';
import { divide, type Group, groupsOf } from './groups.ts';
import { gravest, type Verdict } from './judge.ts';
import { type SelectiveLabels, selectiveLabels } from './labels.ts';
import { type Calibration, calibrationOf } from './scores.ts';
import { type AuditSettings, type Criterion, criteria, DEFAULT_SEED } from './settings.ts';

/** The answer: what differs between groups and how sure that is. */
export interface Audit {
  readonly rows: number;
  readonly hasTruth: boolean;
  readonly criteria: readonly Criterion[];
  readonly groups: readonly Group[];
  readonly gaps: readonly GapReport[];
  readonly conditional: readonly Conditional[];
  readonly calibration: readonly Calibration[];
  readonly labels: SelectiveLabels | undefined;
  /** Of the whole file: *pass* only when every group that is judged passes. */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly seed: number;
}

/**
 * Audits cells. Pure: the same cells and settings give the same answer.
 *
 * @throws FairnessError `one-group`, `all-null`, `bad-option`
 */
export function audit(cells: Cells, settings: AuditSettings = {}): Audit {
  const hasTruth = cells.roles.truth !== undefined;
  const seed = settings.seed ?? DEFAULT_SEED;
  const wanted = criteria(settings, hasTruth);
  const divisions = cells.attributes.map((attribute) => divide(cells, attribute, settings, seed));
  const groups = groupsOf(divisions, wanted, hasTruth);
  return {
    rows: rowsIn(cells),
    hasTruth,
    criteria: wanted,
    groups,
    gaps: divisions.flatMap((division) => gapsOf(division, hasTruth)),
    conditional: divisions.flatMap((division) => conditionalOf(cells, division, settings.favourable)),
    calibration: divisions.flatMap((division) => calibrationOf(cells, division)),
    labels: selectiveLabels(cells),
    verdict: verdictOf(groups),
    seed,
  };
}

function verdictOf(groups: readonly Group[]): 'pass' | 'fail' | 'inconclusive' {
  const worst: Verdict = gravest(groups.map(({ verdict }) => verdict));
  return worst === 'pass' || worst === 'fail' ? worst : 'inconclusive';
}

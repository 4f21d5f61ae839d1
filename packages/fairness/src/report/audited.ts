import { DEFAULT_TOLERANCE } from '../audit/settings.ts';
import type { Cells } from '../cells/cells.ts';
import { type FullAudit, type FullSettings, fullAudit } from './full.ts';

/** An audit and what it is of: what every report is made from. */
export interface Audited {
  readonly full: FullAudit;
  readonly files: readonly string[];
  readonly excluded: Readonly<Record<string, number>>;
  readonly favourable: 'yes' | 'no' | undefined;
  readonly tolerance: number;
  /**
   * Of everything together: *fail* also where an alarm was raised, or where a subgroup's corrected interval lies beyond the
   * tolerance; a subgroup that stands out within it keeps the whole from passing.
   */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
}

/** @throws FairnessError as {@link fullAudit} */
export function auditCells(
  cells: Cells,
  of: { readonly files: readonly string[]; readonly excluded: Readonly<Record<string, number>> },
  settings: FullSettings = {},
): Audited {
  const full = fullAudit(cells, settings);
  const tolerance = settings.tolerance ?? DEFAULT_TOLERANCE;
  return {
    full,
    files: of.files,
    excluded: of.excluded,
    favourable: settings.favourable,
    tolerance,
    verdict: verdictOf(full, tolerance),
  };
}

function verdictOf({ audit, drift, search }: FullAudit, tolerance: number): Audited['verdict'] {
  const found = search?.found ?? [];
  const beyond = found.some(({ shrunk }) => shrunk.low > tolerance || shrunk.high < -tolerance);
  if (audit.verdict === 'fail' || beyond || drift.some(({ alarm }) => alarm !== undefined)) return 'fail';
  return audit.verdict === 'pass' && found.length > 0 ? 'inconclusive' : audit.verdict;
}

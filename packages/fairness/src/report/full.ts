import { type Audit, audit } from '../audit/audit.ts';
import { ALPHA, type AuditSettings } from '../audit/settings.ts';
import { type Cells, UNKNOWN } from '../cells/cells.ts';
import { type Funnel, funnel } from '../procedure/funnel.ts';
import { type WithinOfficers, withinOfficers } from '../procedure/officers.ts';
import { MOST_ATTRIBUTES, type SubgroupSearch, searchSubgroups } from '../subgroups/search.ts';
import { type Drift, drift } from '../time/drift.ts';

/** Everything that this package says of cells. */
export interface FullAudit {
  readonly audit: Audit;
  /** Where the cells tell more than the score. */
  readonly funnel: Funnel | undefined;
  readonly withinOfficers: readonly WithinOfficers[];
  /** One list for all attributes and rates, which share one chance of a false alarm; empty without periods. */
  readonly drift: readonly Drift[];
  /** Left out for more attributes than can be searched. */
  readonly search: SubgroupSearch | undefined;
}

export interface FullSettings extends AuditSettings {
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** Audits, follows the procedure, follows the periods, searches. @throws FairnessError as each of them */
export function fullAudit(cells: Cells, settings: FullSettings = {}): FullAudit {
  const { progress, ...asked } = settings;
  const { human, objection, remedy, period, truth } = cells.roles;
  const staged = [human, objection, remedy].some((role) => role !== undefined);
  const complete = truth !== undefined && !truth.codes.includes(UNKNOWN);
  const metrics = complete ? (['selection', 'fpr', 'fnr'] as const) : (['selection'] as const);
  const questions = cells.attributes.length * metrics.length;
  return {
    audit: audit(cells, asked),
    funnel: staged ? funnel(cells, asked) : undefined,
    withinOfficers: withinOfficers(cells, asked),
    drift:
      period === undefined
        ? []
        : cells.attributes.flatMap(({ name }) =>
            metrics.flatMap((metric) =>
              drift(cells, name, {
                metric,
                tolerance: asked.tolerance,
                reference: asked.reference?.[name],
                alpha: ALPHA / questions,
              }),
            ),
          ),
    search:
      cells.attributes.length > MOST_ATTRIBUTES
        ? undefined
        : searchSubgroups(cells, {
            ...asked,
            ...(progress === undefined ? {} : { progress }),
          }),
  };
}

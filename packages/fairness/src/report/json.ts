import type { Comparison, Group } from '../audit/groups.ts';
import type { Judgement } from '../audit/judge.ts';
import type { Subgroup } from '../subgroups/describe.ts';
import type { Audited } from './audited.ts';
import type { FullAudit } from './full.ts';

/** Raised when a field changes its meaning or goes; new fields may come at any time. */
export const JSON_VERSION = 1;

/**
 * The audit as JSON. What is not known is `null`, never 0, and so is the end of an interval that has none.
 * Rows that do not tell an attribute are the group whose value is `null`.
 */
export function renderJson(audited: Audited): string {
  return `${JSON.stringify(jsonOf(audited), (_, value) => (value === undefined ? null : value), 2)}\n`;
}

export function jsonOf({ full, ...about }: Audited): object {
  const { audit, search, funnel, drift } = full;
  return {
    version: JSON_VERSION,
    files: about.files,
    rows: audit.rows,
    excluded: about.excluded,
    favourable: about.favourable,
    tolerance: about.tolerance,
    verdict: about.verdict,
    criteria: audit.criteria.map(({ name, limit }) => ({ name, limit })),
    groups: audit.groups.map(groupJson),
    gaps: audit.gaps.map(({ attribute, ...gap }) => ({ by: attribute, ...gap })),
    subgroups: (search?.found ?? []).map(subgroupJson),
    search: searchJson(full),
    conditional: audit.conditional.map(({ attribute, value, ...rest }) => ({
      by: { [attribute]: value },
      ...rest,
    })),
    calibration: audit.calibration.map(({ attribute, value, ...rest }) => ({
      by: { [attribute]: value },
      ...rest,
    })),
    labels: audit.labels,
    procedure: funnel,
    withinOfficers: full.withinOfficers,
    drift: drift.map(({ attribute, value, ...rest }) => ({ by: { [attribute]: value }, ...rest })),
    seed: audit.seed,
  };
}

function groupJson({
  attribute,
  value,
  against,
  counts,
  metrics,
  comparisons,
  judgements,
  verdict,
  because,
}: Group) {
  const { n, positive, truth, unlabelled } = counts;
  return {
    by: { [attribute]: value ?? null },
    against,
    counts: { n, positive, ...truth, ...(truth === undefined ? {} : { unlabelled }) },
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, { value: rate, low, high, denominator, method, worstCase }]) => [
        name,
        {
          value: rate ?? null,
          low: low ?? null,
          high: high ?? null,
          denominator,
          method,
          ...(worstCase === undefined ? {} : { worstCase }),
        },
      ]),
    ),
    comparisons: Object.fromEntries(comparisons.map((one: Comparison) => [one.metric, omit(one)])),
    judgements: judgements.map(judgementJson),
    verdict,
    reason: because,
  };
}

function omit({ metric: _, ...rest }: Comparison): object {
  return rest;
}

function judgementJson({ criterion, ...rest }: Judgement) {
  return { criterion: criterion.name, limit: criterion.limit, ...rest };
}

function subgroupJson(subgroup: Subgroup) {
  return { ...subgroup, n: subgroup.rate.denominator };
}

function searchJson({ search }: FullAudit) {
  if (search === undefined) return undefined;
  const { found: _, strongest, ...rest } = search;
  return { ...rest, strongest: strongest === undefined ? undefined : subgroupJson(strongest) };
}

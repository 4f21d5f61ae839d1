import { ratioOf } from '../audit/compare.ts';
import type { AuditSettings } from '../audit/settings.ts';
import { type Cells, UNKNOWN } from '../cells/cells.ts';
import { type Count, type Estimate, mantelHaenszelRatio, pooled, type Stratum } from '../statistics/index.ts';
import { countState, withoutClusters } from './counts.ts';
import { burdenOf, stageState } from './state.ts';

/**
 * Whether a group is left burdened more often by the same officer, or meets stricter officers: the ratio of the `human`
 * stage, group over comparison, before and after taking the officer into account (Mantel–Haenszel).
 */
export interface WithinOfficers {
  readonly attribute: string;
  readonly value: string;
  readonly officers: number;
  readonly crude: Estimate | undefined;
  readonly within: Estimate | undefined;
}

/** None where the cells tell no officer or no person's decision. */
export function withinOfficers(
  cells: Cells,
  settings: Pick<AuditSettings, 'favourable' | 'reference'> = {},
): readonly WithinOfficers[] {
  const { officer, human } = cells.roles;
  if (officer === undefined || human === undefined) return [];
  const state = stageState(cells, 'human', burdenOf(settings.favourable));
  return cells.attributes.flatMap(({ name, values, codes }) => {
    const wanted = settings.reference?.[name];
    const reference = wanted === undefined ? undefined : values.indexOf(wanted);
    const groups = values.length;
    const counted = countState(
      withoutClusters(cells),
      state,
      codes.map((code, cell) => {
        const at = officer.codes[cell] as number;
        return code === UNKNOWN || at === UNKNOWN ? UNKNOWN : at * groups + code;
      }),
      groups * officer.values.length,
    ).sides.map(({ group }) => group.count);
    return values.flatMap((value, group) => {
      if (group === reference) return [];
      const strata = officer.values.map((_, at): Stratum => {
        const own = counted.slice(at * groups, (at + 1) * groups);
        const others = own.filter((_, other) =>
          reference === undefined ? other !== group : other === reference,
        );
        return { group: own[group] as Count, reference: others.reduce(plus, { successes: 0, total: 0 }) };
      });
      const both = pooled(strata);
      const denominators = [both.group.total, both.reference.total] as const;
      return [
        {
          attribute: name,
          value,
          officers: strata.filter((one) => one.group.total > 0 && one.reference.total > 0).length,
          crude: ratioOf({ ...both, denominators, exact: cells.weights === undefined }),
          within: mantelHaenszelRatio(strata),
        },
      ];
    });
  });
}

function plus(one: Count, other: Count): Count {
  return { successes: one.successes + other.successes, total: one.total + other.total };
}

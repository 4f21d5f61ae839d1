import { type Cells, UNKNOWN } from '../cells/cells.ts';
import { measure } from '../cells/metrics.ts';
import { type Tallies, type Tally, tallies } from '../cells/tally.ts';
import {
  type Count,
  conditionalDemographicDisparity,
  deflate,
  type Estimate,
  mantelHaenszelRatio,
  pooled,
  type Stratum,
  simpsonsParadox,
} from '../statistics/index.ts';
import { ratioOf } from './compare.ts';
import type { Division } from './groups.ts';

/** The ratio of selection rates, group over comparison, before and after taking the strata into account. */
export interface Conditional {
  readonly attribute: string;
  readonly value: string;
  readonly against: string | undefined;
  readonly strata: number;
  readonly crude: Estimate | undefined;
  readonly conditional: Estimate | undefined;
  /** Between −1 and 1; positive: the group's share among those without the favourable outcome exceeds its share among those with it. */
  readonly demographicDisparity: number | undefined;
  readonly simpson: boolean;
}

/** Conditional disparity of every group but a fixed reference. Rows without a stratum are a stratum of their own. */
export function conditionalOf(
  cells: Cells,
  division: Division,
  favourable: 'yes' | 'no' | undefined,
): readonly Conditional[] {
  const { stratum } = cells.roles;
  if (stratum === undefined) return [];
  const { attribute, reference, effects } = division;
  const groups = attribute.values.length;
  const layers = stratum.values.length + 1;
  const codes = attribute.codes.map((code, cell) => {
    const layer = stratum.codes[cell] === UNKNOWN ? layers - 1 : (stratum.codes[cell] as number);
    return code === UNKNOWN ? UNKNOWN : layer * groups + code;
  });
  const counted = tallies(cells, codes, layers * groups);
  return attribute.values.flatMap((value, group) => {
    if (group === reference) return [];
    const effect = effects.difference(group, 'selection');
    const strata = Array.from({ length: layers }, (_, layer): Stratum => {
      const all = counted.known.slice(layer * groups, (layer + 1) * groups);
      const own = all[group] as Tally;
      const other = reference === undefined ? rest(all, group, counted) : (all[reference] as Tally);
      return { group: deflate(selected(own), effect), reference: deflate(selected(other), effect) };
    });
    const both = pooled(strata);
    const crude = ratioOf({
      ...both,
      denominators: [both.group.total, both.reference.total],
      exact: effect === 1,
    });
    const conditional = mantelHaenszelRatio(strata);
    return [
      {
        attribute: attribute.name,
        value,
        against: reference === undefined ? undefined : attribute.values[reference],
        strata: strata.filter((one) => one.group.total > 0 && one.reference.total > 0).length,
        crude,
        conditional,
        demographicDisparity: conditionalDemographicDisparity(
          favourable === 'no' ? strata.map(granted) : strata,
        ),
        simpson: crude !== undefined && conditional !== undefined && simpsonsParadox(crude, conditional),
      },
    ];
  });
}

function rest(all: readonly Tally[], group: number, { unknown }: Tallies): Tally {
  return all.reduce((sum, tally, at) => (at === group ? sum : sum.plus(tally)), unknown.minus(unknown));
}

function selected(tally: Tally): Count {
  return measure(tally, 'selection')?.count ?? { successes: 0, total: 0 };
}

/** Where the positive prediction is a burden, those who were not selected had the favourable outcome. */
function granted({ group, reference }: Stratum): Stratum {
  const turn = ({ successes, total }: Count): Count => ({ successes: total - successes, total });
  return { group: turn(group), reference: turn(reference) };
}

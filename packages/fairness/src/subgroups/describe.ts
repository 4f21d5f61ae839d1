import { differenceOf, type Rate, rateOfCount } from '../audit/compare.ts';
import type { Cells } from '../cells/cells.ts';
import { type Count, type Estimate, maxT } from '../statistics/index.ts';
import { type Candidate, directed, type Tested } from './candidate.ts';
import type { SearchedMetric } from './channels.ts';
import { groupAt, type Lattice } from './lattice.ts';
import { bestParent } from './naming.ts';
import { shrink } from './shrink.ts';

/** A subgroup that stands out. */
export interface Subgroup {
  readonly by: Readonly<Record<string, string>>;
  readonly metric: SearchedMetric;
  readonly rate: Rate;
  /** Everybody else. */
  readonly others: Rate;
  /** Subgroup minus everybody else, as it was seen: too large on average, because it was chosen for being large. */
  readonly difference: Estimate;
  /** The same, corrected for that choice. */
  readonly shrunk: Estimate;
  /** Standard errors from everybody else. */
  readonly z: number;
  /** p-value over all subgroups and rates together (max-T). */
  readonly adjusted: number;
  /** The larger group that it differs from and that is itself closest to it; `undefined` for a single attribute. */
  readonly parent: { readonly by: Readonly<Record<string, string>>; readonly rate: number } | undefined;
}

/** Puts a candidate into words that can be checked. */
export function subgroupOf(
  one: Candidate,
  { n, k }: Tested,
  lattice: Lattice,
  cells: Cells,
  values: readonly (readonly string[])[],
  critical: number,
  maxima: Float64Array,
): Subgroup {
  const { channel, count, node, z } = one;
  const by = (at: number) =>
    Object.fromEntries(
      groupAt(lattice, at).map(([attribute, value]) => [
        cells.attributes[attribute]?.name ?? '',
        values[attribute]?.[value] ?? '',
      ]),
    );
  const others = {
    successes: channel.whole.successes - count.successes,
    total: channel.whole.total - count.total,
  };
  const effective = ({ successes, total }: Count): Count => ({
    successes: successes / channel.designEffect,
    total: total / channel.designEffect,
  });
  const exact = channel.designEffect === 1;
  const difference = differenceOf({
    group: effective(count),
    reference: effective(others),
    denominators: [count.total, others.total],
    exact,
  }) as Estimate;
  const size = Math.abs(z);
  const shrunk = shrink(size, Math.min(critical, size));
  const perStandardError = difference.value / (z === 0 ? 1 : size);
  const ends = [perStandardError * shrunk.low, perStandardError * shrunk.high].sort((a, b) => a - b);
  const parent = bestParent(one, lattice, n, k);
  return {
    by: by(node),
    metric: channel.metric,
    rate: rateOfCount(effective(count), count.total, exact),
    others: rateOfCount(effective(others), others.total, exact),
    difference,
    shrunk: {
      value: perStandardError * shrunk.value,
      low: ends[0] as number,
      high: ends[1] as number,
      method: 'conditional-on-selection',
    },
    z,
    adjusted: maxT([directed(one)], maxima).adjusted[0] as number,
    parent:
      parent === undefined
        ? undefined
        : { by: by(parent), rate: (k[parent] as number) / (n[parent] as number) },
  };
}

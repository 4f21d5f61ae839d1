import { type Metric, measure } from '../cells/metrics.ts';
import { type Count, deflate, equalOddsGap, type Gap, gap } from '../statistics/index.ts';
import { metricsOf } from './compare.ts';
import type { Division } from './groups.ts';
import { SMALLEST_DENOMINATOR } from './settings.ts';

/** The distance between the highest and the lowest rate of an attribute's groups. */
export interface GapReport {
  readonly attribute: string;
  readonly metric: Metric | 'equalOdds';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The groups with the lowest and the highest rate. */
  readonly between: readonly [string, string];
  /** Groups with too few people for this rate, which take no part. */
  readonly leftOut: readonly string[];
  readonly method: string;
}

/** Gaps of every rate over the groups with evidence enough, and of equal odds; none where fewer than two are left. */
export function gapsOf(division: Division, hasTruth: boolean): readonly GapReport[] {
  const { values, name } = division.attribute;
  const report = (metric: GapReport['metric'], found: Gap | undefined, groups: readonly number[]) => {
    if (found === undefined) return [];
    const { value, low, high, method } = found;
    const named = (at: number) => values[groups[at] as number] as string;
    return [
      {
        attribute: name,
        metric,
        value,
        low,
        high,
        between: [named(found.lowest), named(found.highest)] as const,
        leftOut: values.filter((_, group) => !groups.includes(group)),
        method,
      },
    ];
  };
  const single = metricsOf(hasTruth).flatMap((metric) => {
    const { counts, groups } = countsOf(division, [metric]);
    return report(metric, gap(counts.map(([count]) => count as Count)), groups);
  });
  if (!hasTruth) return single;
  const odds = countsOf(division, ['tpr', 'fpr']);
  const joint = equalOddsGap(
    odds.counts.map(([tpr]) => tpr as Count),
    odds.counts.map(([, fpr]) => fpr as Count),
  );
  return [...single, ...report('equalOdds', joint, odds.groups)];
}

/** Effective counts of the groups that have evidence enough for every one of the metrics. */
function countsOf(division: Division, metrics: readonly Metric[]): { counts: Count[][]; groups: number[] } {
  const counts: Count[][] = [];
  const groups: number[] = [];
  division.tallies.known.forEach((tally, group) => {
    const found = metrics.map((metric) => {
      const measured = measure(tally, metric);
      if (measured === undefined || measured.denominator < SMALLEST_DENOMINATOR) return undefined;
      const count = deflate(measured.count, division.effects.rate(group, metric));
      return count.total < SMALLEST_DENOMINATOR ? undefined : count;
    });
    if (found.some((count) => count === undefined)) return;
    counts.push(found as Count[]);
    groups.push(group);
  });
  return { counts, groups };
}

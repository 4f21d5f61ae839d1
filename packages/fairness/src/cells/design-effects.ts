import { type Count, clusterVariance, resample } from '../statistics/index.ts';
import { type Cells, UNKNOWN } from './cells.ts';
import { METRICS, type Metric, measure } from './metrics.ts';
import { type Tallies, type Tally, tallies } from './tally.ts';

/** By how much repeated people or officers make a rate, or its difference from the comparison, less certain. */
export interface DesignEffects {
  rate(group: number, metric: Metric): number;
  difference(group: number, metric: Metric): number;
}

/** Every row stands for itself. */
export const NO_CLUSTERS: DesignEffects = { rate: () => 1, difference: () => 1 };

/**
 * Design effects by the cluster bootstrap: its variance over that of independent rows. A rate of 0 or 1, of which the
 * bootstrap knows nothing, takes the worst case, in which every cluster always decides alike. Rows without a cluster are
 * one cluster together, the careful side.
 *
 * Source: Rao & Scott, Biometrics 48 (1992) 577–585 (counts divided by the design effect).
 *
 * @param against the tally that a group is compared with
 */
export function designEffects(
  cells: Cells,
  codes: Int32Array,
  groups: number,
  against: (tallies: Tallies, group: number) => Tally,
  { seed, replicates = 200 }: { seed: number; replicates?: number },
): DesignEffects {
  const { cluster } = cells.roles;
  if (cluster === undefined) return NO_CLUSTERS;
  const stray = cluster.codes.includes(UNKNOWN);
  const clusters = cluster.values.length + (stray ? 1 : 0);
  const clusterOf = cluster.codes.map((code) => (code === UNKNOWN ? clusters - 1 : code));
  const statistics = (times: Int32Array) => {
    const all = tallies(cells, codes, groups, (cell) => times[clusterOf[cell] as number] as number);
    return all.known.flatMap((tally, group) => {
      const other = against(all, group);
      return METRICS.flatMap((metric) => {
        const [one, two] = [rate(measure(tally, metric)?.count), rate(measure(other, metric)?.count)];
        return [one, one === undefined || two === undefined ? undefined : one - two];
      });
    });
  };
  const resampled = resample(clusters, statistics, { seed, replicates });
  const now = tallies(cells, codes, groups);
  const largest = largestCluster(cells, clusterOf, clusters);
  const place = (group: number, metric: Metric) => 2 * (group * METRICS.length + METRICS.indexOf(metric));
  const effect = (at: number, expected: number | undefined) => {
    const variance = clusterVariance(resampled, at);
    if (expected === undefined || variance === undefined) return 1;
    return expected > 0 && variance > 0 ? Math.max(1, variance / expected) : largest;
  };
  const spread = (tally: Tally, metric: Metric) => {
    const count = measure(tally, metric)?.count;
    if (count === undefined || count.total === 0) return undefined;
    const p = count.successes / count.total;
    return (p * (1 - p)) / count.total;
  };
  return {
    rate: (group, metric) => effect(place(group, metric), spread(now.known[group] as Tally, metric)),
    difference: (group, metric) => {
      const one = spread(now.known[group] as Tally, metric);
      const two = spread(against(now, group), metric);
      return effect(place(group, metric) + 1, one === undefined || two === undefined ? undefined : one + two);
    },
  };
}

function rate(count: Count | undefined): number | undefined {
  return count === undefined || count.total === 0 ? undefined : count.successes / count.total;
}

/** Rows of a typical row's cluster: Σn²/Σn, the design effect when clusters always decide alike. */
function largestCluster(cells: Cells, clusterOf: Int32Array, clusters: number): number {
  const sizes = new Float64Array(clusters);
  clusterOf.forEach((cluster, cell) => {
    sizes[cluster] = (sizes[cluster] as number) + (cells.count[cell] as number);
  });
  const rows = sizes.reduce((sum, n) => sum + n, 0);
  return sizes.reduce((sum, n) => sum + n * n, 0) / rows;
}

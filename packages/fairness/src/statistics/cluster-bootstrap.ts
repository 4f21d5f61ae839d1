import { FairnessError } from '../error.ts';
import { studentQuantile } from './gamma.ts';
import type { Estimate } from './interval.ts';
import { normalLower } from './normal.ts';
import { seededRandom } from './random.ts';

/** Sums of one cluster (a person, an officer, an office): any numbers that add up over clusters. */
export type ClusterSums = ArrayLike<number>;

/** Made-up data sets: `values[replicate]` holds every statistic, `undefined` where it was not defined. */
export interface Resampled {
  readonly observed: readonly (number | undefined)[];
  readonly values: readonly (readonly (number | undefined)[])[];
  readonly clusters: number;
}

/**
 * Draws whole clusters with replacement and computes the statistics of each made-up data set.
 *
 * Source: Davison & Hinkley, Bootstrap Methods and their Application (1997), section 3.8 (strategy 1).
 *
 * @param clusters how many there are
 * @param statistics given how often each cluster was drawn
 */
export function resample(
  clusters: number,
  statistics: (times: Int32Array) => readonly (number | undefined)[],
  { replicates = 400, seed }: { replicates?: number; seed: number },
): Resampled {
  if (clusters < 2) {
    throw new FairnessError('bad-input', 'the cluster bootstrap needs at least two clusters', {
      mend: 'Name a column that tells people or officers apart, or leave the clusters out',
    });
  }
  const random = seededRandom(seed);
  const times = new Int32Array(clusters).fill(1);
  const observed = statistics(times);
  const values = Array.from({ length: replicates }, () => {
    times.fill(0);
    for (let i = 0; i < clusters; i++) {
      const at = random.index(clusters);
      times[at] = (times[at] as number) + 1;
    }
    return statistics(times);
  });
  return { observed, values, clusters };
}

/** {@link resample} for clusters that are given as sums: `statistics` gets the sums over all clusters drawn. */
export function resampleClusters(
  clusters: readonly ClusterSums[],
  statistics: (sums: Float64Array) => readonly (number | undefined)[],
  options: { replicates?: number; seed: number },
): Resampled {
  const width = clusters[0]?.length ?? 0;
  return resample(
    clusters.length,
    (times) => {
      const sums = new Float64Array(width);
      clusters.forEach((cluster, at) => {
        const drawn = times[at] as number;
        for (let j = 0; j < width; j++) sums[j] = (sums[j] as number) + drawn * (cluster[j] as number);
      });
      return statistics(sums);
    },
    options,
  );
}

/**
 * The interval of one smooth statistic (a rate, a difference, a ratio; never a maximum minus a minimum, see `gap`):
 * expanded percentiles, which give few clusters the width that Student's t would.
 *
 * Source: T. Hesterberg, The American Statistician 69 (2015) 371–386, section 5.3.
 *
 * @returns `undefined` when the statistic is, or when more than one replicate in twenty left it undefined.
 */
export function clusterInterval(resampled: Resampled, at = 0, alpha = 0.05): Estimate | undefined {
  const value = resampled.observed[at];
  const sorted = Float64Array.from(defined(resampled, at)).sort();
  if (value === undefined || sorted.length < 0.95 * resampled.values.length) return undefined;
  const n = resampled.clusters;
  const level = normalLower(-Math.sqrt(n / (n - 1)) * studentQuantile(1 - alpha / 2, n - 1));
  return {
    value,
    low: quantile(sorted, level),
    high: quantile(sorted, 1 - level),
    method: 'cluster-bootstrap',
  };
}

/** Bootstrap variance of one statistic over the replicates in which it was defined. */
export function clusterVariance(resampled: Resampled, at = 0): number | undefined {
  const values = defined(resampled, at);
  if (values.length < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function defined(resampled: Resampled, at: number): number[] {
  return resampled.values.map((row) => row[at]).filter((value) => value !== undefined);
}

function quantile(sorted: Float64Array, p: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1));
  const left = Math.floor(place);
  const [a, b] = [sorted[left] as number, sorted[Math.min(left + 1, sorted.length - 1)] as number];
  return a === b ? a : a + (place - left) * (b - a);
}

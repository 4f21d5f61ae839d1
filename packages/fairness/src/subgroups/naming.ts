import { SMALLEST_DENOMINATOR } from '../audit/settings.ts';
import { type Count, normalQuantile } from '../statistics/index.ts';
import type { Candidate, Tested } from './candidate.ts';
import { groupAt, type Lattice, parentsOf } from './lattice.ts';
import { nestedCounts, scoreOf } from './scores.ts';

/** Chance that any child is named for a difference within its parent that is none; Bonferroni over all that passed. */
const WITHIN_PARENT = 0.01;

/**
 * Those that stand out on their own, the furthest first: each must differ from the rest of its best parent and of every
 * larger group named before it, and must still stand out without every smaller one named before it.
 */
export function named(
  passed: readonly Candidate[],
  tested: readonly Tested[],
  lattice: Lattice,
  critical: number,
): readonly Candidate[] {
  const within = -normalQuantile(WITHIN_PARENT / Math.max(1, passed.length));
  const kept: Candidate[] = [];
  for (const one of passed) {
    const { n, k } = tested.find(({ channel }) => channel === one.channel) as Tested;
    const sign = Math.sign(one.z);
    const countAt = (node: number): Count => ({ successes: k[node] as number, total: n[node] as number });
    const parent = bestParent(one, lattice, n, k);
    if (parent !== undefined && sign * nestedCounts(one.count, countAt(parent)) < within) continue;
    const stands = kept.every((other) => {
      if (other.channel !== one.channel) return true;
      if (isRest(one, other)) return false;
      if (Math.sign(other.z) !== sign) return true;
      const [a, b] = [groupAt(lattice, one.node), groupAt(lattice, other.node)];
      if (contains(b, a)) return sign * nestedCounts(one.count, other.count) >= within;
      if (!contains(a, b)) return true;
      const rest = {
        successes: one.count.successes - other.count.successes,
        total: one.count.total - other.count.total,
      };
      if (rest.total < SMALLEST_DENOMINATOR) return false;
      const all = one.channel.whole;
      const scale = Math.sqrt((rest.total * (all.total - rest.total)) / all.total);
      return sign * scoreOf(rest, one.channel, scale) >= critical;
    });
    if (stands) kept.push(one);
  }
  return kept;
}

/** Whether one is exactly everybody but the other: the same disparity from its other side. */
function isRest({ count, channel: { whole } }: Candidate, other: Candidate): boolean {
  return (
    count.total + other.count.total === whole.total &&
    count.successes + other.count.successes === whole.successes
  );
}

type Group = readonly (readonly [number, number])[];

/** Whether every person of the second group is one of the first. */
function contains(larger: Group, smaller: Group): boolean {
  return larger.every(([attribute, value]) => smaller.some(([a, v]) => a === attribute && v === value));
}

/** The parent whose rate is closest to the subgroup's. */
export function bestParent(
  { node, count }: Candidate,
  lattice: Lattice,
  n: Float64Array,
  k: Float64Array,
): number | undefined {
  const rate = count.successes / count.total;
  const far = (parent: number) => Math.abs((k[parent] as number) / (n[parent] as number) - rate);
  return parentsOf(lattice, node).reduce<number | undefined>(
    (best, parent) => (best === undefined || far(parent) < far(best) ? parent : best),
    undefined,
  );
}

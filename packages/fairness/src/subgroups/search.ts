import type { Rate } from '../audit/compare.ts';
import { differenceOf, rateOfCount } from '../audit/compare.ts';
import { ALPHA, type AuditSettings, DEFAULT_SEED, SMALLEST_DENOMINATOR } from '../audit/settings.ts';
import type { Cells } from '../cells/cells.ts';
import { FairnessError } from '../error.ts';
import { type Count, type Estimate, maxT, normalQuantile, seededRandom } from '../statistics/index.ts';
import { type Channel, channelsOf, type SearchedMetric, searchCells } from './channels.ts';
import { BinomialDraws } from './draws.ts';
import { groupAt, type Lattice, latticeOf, parentsOf } from './lattice.ts';
import { Marginals } from './marginals.ts';
import { nestedCounts, scoreOf } from './scores.ts';
import { shrink } from './shrink.ts';

export interface SearchSettings extends Pick<AuditSettings, 'favourable' | 'depth' | 'seed'> {
  /** Data sets without any effect that the threshold is made from. */
  readonly replicates?: number;
  /** Told after every replicate. */
  readonly progress?: (done: number, total: number) => void;
}

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

export interface SubgroupSearch {
  readonly depth: number;
  readonly attributes: readonly string[];
  /** Subgroups with people enough that were held against the threshold, over all rates. */
  readonly tested: number;
  /** Standard errors that a data set without any effect exceeds anywhere with 5 % probability. */
  readonly threshold: number;
  readonly replicates: number;
  readonly seed: number;
  /** By how many standard errors, the most first. */
  readonly found: readonly Subgroup[];
  /** The one that came closest, found or not. */
  readonly strongest: Subgroup | undefined;
}

export const DEFAULT_DEPTH = 3;
export const MOST_ATTRIBUTES = 8;
const REPLICATES = 499;
/** Chance that any child is named for a difference within its parent that is none; Bonferroni over all that passed. */
const WITHIN_PARENT = 0.01;

/**
 * The worst-off subgroups of up to `depth` attributes: exact, every one of them is looked at. The hypothesis is that a rate
 * is the same everywhere; the threshold comes from resampled data sets in which it is. Where an outcome was called
 * favourable, selection is searched on the side of those worse off; everything else on both sides.
 *
 * A subgroup within a larger one is named only where it differs from the rest of it, and a larger one only where it stands
 * out without the smaller ones named before it.
 *
 * Source: Westfall & Young (1993), algorithm 2.8, by {@link maxT}; score statistics of each subgroup against its complement.
 *
 * @throws FairnessError `bad-option`, `too-many-cells`
 */
export function searchSubgroups(cells: Cells, settings: SearchSettings = {}): SubgroupSearch {
  const { depth = DEFAULT_DEPTH, seed = DEFAULT_SEED, replicates = REPLICATES } = settings;
  checkSettings(cells, depth);
  const { values, codes, slots } = searchCells(cells);
  const lattice = latticeOf(
    values.map((list) => list.length),
    Math.min(depth, values.length),
  );
  const marginals = new Marginals(lattice, codes);
  const tested = channelsOf(cells, slots, settings.favourable).map((channel) => ({
    channel,
    ...eligibleOf(channel, marginals, lattice),
  }));
  const maxima = resampleMaxima(tested, marginals, lattice, {
    replicates,
    seed,
    progress: settings.progress,
  });
  const observed = tested.flatMap(({ channel, nodes, scale, k, n }) =>
    [...nodes].map((node, at) => {
      const count = { successes: k[node] as number, total: n[node] as number };
      return { channel, node, count, z: scoreOf(count, channel, scale[at] as number) };
    }),
  );
  const directed = ({ channel, z }: Candidate) => (channel.harm === 0 ? Math.abs(z) : channel.harm * z);
  const { critical } = maxT([], maxima, ALPHA);
  const ranked = observed
    .filter((one) => directed(one) >= Math.min(critical, 1.5))
    .sort((a, b) => directed(b) - directed(a) || a.node - b.node);
  const passed = ranked.filter((one) => directed(one) >= critical);
  const describe = (one: Candidate): Subgroup => {
    const k = tested.find(({ channel }) => channel === one.channel);
    return subgroupOf(one, k as Tested, lattice, cells, values, critical, maxima);
  };
  const [strongest] = ranked;
  return {
    depth: lattice.depth,
    attributes: cells.attributes.map(({ name }) => name),
    tested: observed.length,
    threshold: critical,
    replicates,
    seed,
    found: named(passed, tested, lattice, critical).map(describe),
    strongest: strongest === undefined ? undefined : describe(strongest),
  };
}

interface Candidate {
  readonly channel: Channel;
  readonly node: number;
  readonly count: Count;
  readonly z: number;
}

interface Tested {
  readonly channel: Channel;
  readonly n: Float64Array;
  readonly k: Float64Array;
  /** Groups with people enough on both sides, and the standard deviation of their score per √(pq). */
  readonly nodes: Int32Array;
  readonly scale: Float64Array;
}

function eligibleOf(channel: Channel, marginals: Marginals, lattice: Lattice): Omit<Tested, 'channel'> {
  const n = marginals.sums(channel.total);
  const k = marginals.sums(channel.successes);
  const all = channel.whole.total;
  const nodes: number[] = [];
  for (let node = 0; node < lattice.length; node++) {
    const size = n[node] as number;
    if (size >= SMALLEST_DENOMINATOR && all - size >= SMALLEST_DENOMINATOR) nodes.push(node);
  }
  const scale = Float64Array.from(nodes, (node) => {
    const size = n[node] as number;
    return Math.sqrt((size * (all - size)) / all);
  });
  return { n, k, nodes: Int32Array.from(nodes), scale };
}

function resampleMaxima(
  tested: readonly Tested[],
  marginals: Marginals,
  lattice: Lattice,
  { replicates, seed, progress }: { replicates: number; seed: number; progress: SearchSettings['progress'] },
): Float64Array {
  const random = seededRandom(seed);
  const drawers = tested.map(({ channel }) => new BinomialDraws(random, channel.total, channel.rate));
  const drawn = new Float64Array(tested[0]?.channel.total.length ?? 0);
  const sums = new Float64Array(lattice.length);
  const maxima = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    let most = 0;
    tested.forEach(({ channel, n, nodes, scale }, at) => {
      if (nodes.length === 0 || channel.rate <= 0 || channel.rate >= 1) return;
      const all = (drawers[at] as BinomialDraws).draw(drawn);
      marginals.sums(drawn, sums);
      const p = all / channel.whole.total;
      const spread = Math.sqrt(p * (1 - p));
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i] as number;
        const z = ((sums[node] as number) - (n[node] as number) * p) / (spread * (scale[i] as number));
        most = Math.max(most, channel.harm === 0 ? Math.abs(z) : channel.harm * z);
      }
    });
    maxima[replicate] = most;
    progress?.(replicate + 1, replicates);
  }
  return maxima;
}

/**
 * Those that stand out on their own, the furthest first: each must differ from the rest of its best parent and of every
 * larger group named before it, and must still stand out without every smaller one named before it.
 */
function named(
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
function bestParent(
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

function subgroupOf(
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
    adjusted: maxT([channel.harm === 0 ? size : channel.harm * z], maxima).adjusted[0] as number,
    parent:
      parent === undefined
        ? undefined
        : { by: by(parent), rate: (k[parent] as number) / (n[parent] as number) },
  };
}

function checkSettings(cells: Cells, depth: number): void {
  if (!Number.isSafeInteger(depth) || depth < 1 || depth > 6) {
    throw new FairnessError('bad-option', `the depth ${depth} is no number of attributes`, {
      mend: 'Give a whole number from 1 to 6',
    });
  }
  if (cells.attributes.length > MOST_ATTRIBUTES) {
    throw new FairnessError('bad-option', `${cells.attributes.length} attributes cannot be searched`, {
      mend: `Name at most ${MOST_ATTRIBUTES}`,
    });
  }
}

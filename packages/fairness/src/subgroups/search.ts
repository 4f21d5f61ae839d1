import { ALPHA, type AuditSettings, DEFAULT_SEED, SMALLEST_DENOMINATOR } from '../audit/settings.ts';
import type { Cells } from '../cells/cells.ts';
import { FairnessError } from '../error.ts';
import { maxT } from '../statistics/index.ts';
import { type Candidate, directed, type Tested } from './candidate.ts';
import { type Channel, channelsOf, searchCells } from './channels.ts';
import { type Subgroup, subgroupOf } from './describe.ts';
import { type Lattice, latticeOf } from './lattice.ts';
import { Marginals } from './marginals.ts';
import { named } from './naming.ts';
import { resampleMaxima } from './resample.ts';
import { scoreOf } from './scores.ts';

export interface SearchSettings extends Pick<AuditSettings, 'favourable' | 'depth' | 'seed'> {
  /** Data sets without any effect that the threshold is made from. */
  readonly replicates?: number;
  /** Told after every replicate. */
  readonly progress?: (done: number, total: number) => void;
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
const REPLICATES = 199;

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

import { seededRandom } from '../statistics/index.ts';
import type { Tested } from './candidate.ts';
import { BinomialDraws } from './draws.ts';
import type { Lattice } from './lattice.ts';
import type { Marginals } from './marginals.ts';

/** The largest statistic of each data set in which every rate is the same everywhere. */
export function resampleMaxima(
  tested: readonly Tested[],
  marginals: Marginals,
  lattice: Lattice,
  {
    replicates,
    seed,
    progress,
  }: { replicates: number; seed: number; progress: ((done: number, total: number) => void) | undefined },
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

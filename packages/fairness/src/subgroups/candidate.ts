import type { Count } from '../statistics/index.ts';
import type { Channel } from './channels.ts';

/** One subgroup in one rate. */
export interface Candidate {
  readonly channel: Channel;
  readonly node: number;
  readonly count: Count;
  readonly z: number;
}

/** One rate over every subgroup. */
export interface Tested {
  readonly channel: Channel;
  readonly n: Float64Array;
  readonly k: Float64Array;
  /** Groups with people enough on both sides, and the standard deviation of their score per √(pq). */
  readonly nodes: Int32Array;
  readonly scale: Float64Array;
}

/** How far it stands out on the side that is searched. */
export function directed({ channel, z }: Pick<Candidate, 'channel' | 'z'>): number {
  return channel.harm === 0 ? Math.abs(z) : channel.harm * z;
}

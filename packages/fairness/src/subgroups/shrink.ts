import { bisect } from '../statistics/gamma.ts';
import { normalUpper } from '../statistics/index.ts';

/** An effect in standard errors, corrected for having been selected because it was large. */
export interface Shrunk {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The winner's curse undone: what is reported passed a threshold, and what passes a threshold is too large on average.
 * The estimate is the effect under which the median of what passes is what was seen; the interval holds at 95 % given that
 * it passed. Never of the other sign than the estimate, and at 0 where nothing but the selection speaks for it.
 *
 * Source: Zhong & Prentice, Biostatistics 9 (2008) 621–634; Ghosh, Zou & Wright, AJHG 82 (2008) 1064–1074.
 *
 * @param z what was seen, in standard errors, at or above `threshold`
 */
export function shrink(z: number, threshold: number, alpha = 0.05): Shrunk {
  const passes = (effect: number) => normalUpper(z - effect) / normalUpper(threshold - effect);
  const at = (probability: number) =>
    bisect(threshold - 40, z + 10, (effect) => passes(effect) < probability);
  return {
    value: Math.max(0, at(0.5)),
    low: Math.max(0, at(alpha / 2)),
    high: Math.max(0, at(1 - alpha / 2)),
  };
}

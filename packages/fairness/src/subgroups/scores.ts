import type { Count } from '../statistics/index.ts';
import type { Channel } from './channels.ts';

/** Standard errors between a group's rate and everybody's, its own share taken into account; 0 where all rates are 0 or 1. */
export function scoreOf({ successes, total }: Count, { rate, designEffect }: Channel, scale: number): number {
  const spread = Math.sqrt(rate * (1 - rate) * designEffect);
  return spread === 0 ? 0 : (successes - total * rate) / (spread * scale);
}

/** Standard errors between a group and the rest of a larger one that it is part of; 0 where there is no rest. */
export function nestedCounts(inner: Count, outer: Count): number {
  const rest = { successes: outer.successes - inner.successes, total: outer.total - inner.total };
  const p = outer.successes / outer.total;
  const variance = p * (1 - p) * (1 / inner.total + 1 / rest.total);
  if (rest.total <= 0 || !(variance > 0)) return 0;
  return (inner.successes / inner.total - rest.successes / rest.total) / Math.sqrt(variance);
}

/** How long everything is kept that is not a file: rules as data, what they would do, and doing it. */

import type { Context } from '../context.ts';
import { authorities } from '../register/authorities.ts';
import { type Swept, sweep } from './sweep.ts';

export { KEPT } from './kept.ts';
export { NO_SYSTEM, SWEPT } from './rules.ts';
export { type NewRule, setRetentionRule } from './set-rule.ts';
export { type Planned, planSweep, type Swept } from './sweep.ts';

/** Sweeps the platform and every authority. */
export async function sweepAll(ctx: Context): Promise<readonly Swept[]> {
  const swept = [...(await sweep(ctx, undefined))];
  for (const authorityId of authorities(ctx).keys()) swept.push(...(await sweep(ctx, authorityId)));
  return swept;
}

import assert from 'node:assert/strict';
import type { ContributionOptions } from '../../src/trees.ts';

/** Fails unless both lists have the same length and no entry is further apart than the tolerance. */
export function closeTo(mine: Iterable<number>, theirs: readonly number[], tolerance: number): void {
  let place = 0;
  for (const value of mine) {
    const other = theirs[place] as number;
    assert.ok(Math.abs(value - other) <= tolerance, `place ${place}: ${value} for ${other}`);
    place++;
  }
  assert.equal(place, theirs.length);
}

/** The ways to compute contributions, with how well they must add up and agree on the scale of a margin. */
export const ENGINES: readonly { options: ContributionOptions; additivity: number; closeness: number }[] = [
  { options: { kernels: false }, additivity: 1e-10, closeness: 1e-9 },
  { options: {}, additivity: 1e-5, closeness: 5e-6 },
  { options: { tablesAfterRows: 0 }, additivity: 1e-5, closeness: 5e-6 },
];

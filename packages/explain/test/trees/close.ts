import assert from 'node:assert/strict';

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

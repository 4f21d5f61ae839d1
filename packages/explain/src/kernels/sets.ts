import type { Forest } from '../forest/forest.ts';
import type { Layout } from './memory.ts';

/** Reserves one byte per rank of every category set, and one before them for a missing value (rank −1). */
export function takeSets(layout: Layout, forest: Forest): number[] {
  return forest.sets.map(({ length }) => layout.take(length + 1) + 1);
}

/** Writes 1 where a set node sends the rank to the left. */
export function writeSets(forest: Forest, memory: ArrayBuffer, places: readonly number[]): void {
  const bytes = new Uint8Array(memory);
  forest.cut.forEach((cut, node) => {
    if (cut >= 0) return;
    const place = places[-1 - cut] as number;
    bytes[place - 1] = forest.missingLeft[node] as number;
    bytes.set(forest.sets[-1 - cut] as Uint8Array, place);
  });
}

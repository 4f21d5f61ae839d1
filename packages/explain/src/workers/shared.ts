import type { Forest } from '../forest/forest.ts';
import type { Plan } from '../forest/plan.ts';

/** What a worker is started with. */
export interface Prepared {
  readonly forest: Forest;
  readonly plan: Plan;
}

/** One call: everything lies in shared memory, and workers take the next part until none is left. */
export interface Job {
  readonly data: Float32Array | Float64Array;
  readonly count: number;
  readonly values: Float64Array;
  readonly margin: Float64Array;
  readonly bias: Float64Array;
  /** The number of the next part of {@link PART} rows. */
  readonly next: Int32Array;
}

/** What a worker says at the end: its largest gap of additivity, or why it failed. */
export type Done = { readonly additivity: number } | { readonly failure: string };

/**
 * Rows of a part. Parts are cut the same whatever the number of workers, and each row of a part is computed by itself: so the
 * results are the same to the last bit.
 */
export const PART = 4_096;

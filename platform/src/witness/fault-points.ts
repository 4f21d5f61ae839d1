/** Every step at which a witness can die between a request and its answer, in order. Tests kill it at each. */
export const WITNESS_FAULT_POINTS = [
  'record-checked',
  'record-written',
  'record-synced',
  'record-renamed',
  'record-durable',
  'answered',
] as const;

export type WitnessFaultPoint = (typeof WITNESS_FAULT_POINTS)[number];

let hook: ((point: WitnessFaultPoint) => void) | undefined;

/** For tests alone: what to do when a point is reached. */
export function onWitnessFaultPoint(act: ((point: WitnessFaultPoint) => void) | undefined): void {
  hook = act;
}

export function reachInWitness(point: WitnessFaultPoint): void {
  hook?.(point);
}

/**
 * Every step of the append path at which a process can die or a disk can fail, in order. Tests kill a process at each of
 * them and make each of them throw; a step that is added to the path is added here.
 */
export const FAULT_POINTS = [
  'batch-taken',
  'checks-done',
  'rows-written',
  'keys-durable',
  'state-swapped',
  'checkpoint-signed',
  'entries-written',
  'tiles-written',
  'fence-intended',
  'before-commit',
  'committed',
  'fence-settled',
  'acknowledged',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** From here on the entry is durable: an error must not be told as "nothing was recorded". */
export const FIRST_AFTER_COMMIT: FaultPoint = 'committed';

let hook: ((point: FaultPoint) => void) | undefined;

/** For tests alone: what to do when a point is reached. */
export function onFaultPoint(act: ((point: FaultPoint) => void) | undefined): void {
  hook = act;
}

export function reach(point: FaultPoint): void {
  hook?.(point);
}

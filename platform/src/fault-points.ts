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

/** Steps beside the append path, by what they belong to; the campaign of faults kills at each of them too. */
export const OTHER_FAULT_POINTS = [
  // A new connection of the database holds the turn; rows are copied; the commit is sent and not yet answered.
  'postgres-begun',
  'postgres-copied',
  'postgres-commit-sent',
  'sqlite-commit-sent',
  // The keys of cases to come, before and after they are durable.
  'case-keys-made',
  'case-keys-durable',
  // The fence's record is written and not yet on the disk.
  'fence-written',
  // What the public sees moves on, before and after its commit.
  'publication-written',
  'publication-committed',
  // A batch is assessed, and sealed, and its answer not yet sent; a single decision is sealed and not yet answered.
  'batch-assessed',
  'batch-sealed',
  'decision-sealed',
  // A web process has taken the writer's place, and has just become the writer.
  'place-taken',
  'writer-ready',
  // An event is delivered, and the cursor of its receiver not yet moved; the cursor is moved.
  'webhook-sent',
  'webhook-cursor-moved',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number] | (typeof OTHER_FAULT_POINTS)[number];

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

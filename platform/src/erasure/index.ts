/** Files that go when their time is over: retention, what stands against it, two people, the key destroyed. */

export { sealErasuresAgain } from './again.ts';
export type { ArchiveDecision } from './archive.ts';
export { finishErasures } from './destroy.ts';
export { dueFiles, type ListedErasure, listErasures } from './due.ts';
export {
  confirmErasure,
  type ErasureRequest,
  type ErasureRow,
  erasureOf,
  requestErasure,
  withdrawErasure,
} from './erase.ts';
export { type Examined, examine, keepUntil, type Obstacle } from './obstacles.ts';
export { LONGEST_DELAY_MINUTES, publicationDelays, setPublicationDelay } from './publication-delay.ts';
export { dayOf, type NewSchedule, type Schedule, schedulesInForce, setSchedule } from './schedule.ts';
export type { ArchiveOutcome } from './tables.ts';

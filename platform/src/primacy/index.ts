export { CapAlert, ExercisePage, JudgeFirstPage } from './desk-pages.tsx';
export {
  answerExercise,
  type Exercise,
  findExercise,
  openExercise,
  plantIfDue,
  waitingExercises,
} from './exercises.ts';
export { assertJudged, mustJudgeFirst, recordJudgement } from './judge-first.ts';
export { m as primacyMessages } from './messages.ts';
export { noteSigned } from './signed.ts';
export { assertWithinCap, workload } from './workload.ts';

/** Collective requests: one representative, a mandate of each member, one public answer, an outcome for each. */
export { answerCollective, publicCounts } from './answer.ts';
export {
  findCollective,
  listCollectives,
  membersOf,
  type PublicCollective,
  publicCollective,
  representativeOf,
} from './collectives.ts';
export { joinCollective } from './join.ts';
export { openCollective } from './open.ts';

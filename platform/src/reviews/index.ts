/** Requests for review: asked, acknowledged at once, given to somebody uninvolved, answered with reasons. */
export { type Assignment, assignReview } from './assign.ts';
export { type CourtClock, type ReviewClock, type ReviewDates, reviewClock, reviewDates } from './clock.ts';
export { type Corrected, type Corrections, correctedFacts, previewCorrections } from './corrections.ts';
export {
  type DecidedReview,
  decideReview,
  type PreparedReview,
  prepareReview,
  type ReviewDecision,
} from './decide-review.ts';
export { findReview, type ReviewRow } from './find.ts';
export { type Involvement, involvementOf } from './involvement.ts';
export { openReview } from './openings.ts';
export { type Queue, queueSizes } from './queue.ts';
export {
  type FiledBy,
  GROUNDS,
  type Ground,
  type RequestedReview,
  type ReviewRequest,
  requestReview,
} from './request.ts';
export { type Candidate, candidatesFor } from './reviewers.ts';
export { type Answered, type Asked, type Review, reviewOf, reviewsOfCase } from './reviews-of-case.ts';
export type { SigningRights } from './signing-rights.ts';
export type { ReviewOutcome, ReviewStatus } from './tables.ts';

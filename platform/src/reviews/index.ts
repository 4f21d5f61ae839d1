/** Requests for review: asked, acknowledged at once, qualified, given to who may decide, answered with reasons. */
export { type Assignment, assignReview } from './assign.ts';
export {
  answerDeadlines,
  type CourtClock,
  extensionGrounds,
  type ReviewClock,
  type ReviewDates,
  reviewClock,
  reviewDates,
} from './clock.ts';
export { type Corrected, type Corrections, correctedFacts, previewCorrections } from './corrections.ts';
export {
  type DecidedReview,
  decideReview,
  type PreparedReview,
  prepareReview,
  type ReviewDecision,
} from './decide-review.ts';
export {
  type AskedDocuments,
  askForDocuments,
  bringDocuments,
  DOCUMENT_KINDS,
  type DocumentKind,
} from './documents.ts';
export { type ExtensionRequest, extendReview } from './extend.ts';
export { type AddedFiles, addFiles, type Chosen, withdrawFile } from './files.ts';
export { findReview, type ReviewRow } from './find.ts';
export { type Involvement, involvementOf } from './involvement.ts';
export { DECIDERS, type Decider, isAppeal, isKind, KINDS, type Kind, proposedKind } from './kinds.ts';
export { openReview } from './openings.ts';
export { pendingReviews } from './pending.ts';
export {
  BECAUSE_MOST,
  contestQualification,
  type Qualification,
  type QualificationRequest,
  qualifyRequest,
} from './qualify.ts';
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
export {
  type Answered,
  type Asked,
  type Extension,
  type Review,
  reviewOf,
  reviewsOfCase,
} from './reviews-of-case.ts';
export type { SigningRights } from './signing-rights.ts';
export type { ReviewOutcome, ReviewStatus } from './tables.ts';

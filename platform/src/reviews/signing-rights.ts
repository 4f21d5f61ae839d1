import type { JsonValue } from '@taalil/transparency-log';
import type { Effect } from '../decisions/tables.ts';
import type { Transaction } from '../store/index.ts';
import { competence, type Delegation } from '../training/index.ts';
import type { ReviewRow } from './find.ts';
import type { Kind } from './kinds.ts';
import { mayReview } from './reviewers.ts';
import type { ReviewOutcome } from './tables.ts';

/** The delegation to decide the review and, where the new decision is adverse, the one that covers that (I3). */
export interface SigningRights {
  readonly review: Delegation;
  readonly adverse: Delegation | undefined;
}

/** The rights of a reviewer to sign this answer at `at`. Throws `forbidden`, `not-certified`, `not-competent`. */
export async function rightsOf(
  tx: Transaction,
  { authority_id: authorityId, system_id: systemId }: ReviewRow,
  kind: Kind,
  staffId: string,
  effect: Effect,
  outcome: ReviewOutcome,
  at: string,
): Promise<SigningRights> {
  const review = await mayReview(tx, { authorityId, staffId, systemId, kind, at });
  if (outcome === 'rejected' || effect === 'favourable') return { review, adverse: undefined };
  return {
    review,
    adverse: await competence(tx, { authorityId, staffId, act: 'confirm-adverse', systemId, at }),
  };
}

export function sameRights(a: SigningRights, b: SigningRights): boolean {
  return (
    a.review.delegationId === b.review.delegationId && a.adverse?.delegationId === b.adverse?.delegationId
  );
}

/** As it is sealed in the answer: the name stands here and nowhere in clear. */
export function signatoryFact(staff: string, name: string, { review, adverse }: SigningRights): JsonValue {
  const fact = { staff, name, delegation: { ...review } };
  return (adverse === undefined
    ? fact
    : { ...fact, adverse_delegation: { ...adverse } }) as unknown as JsonValue;
}

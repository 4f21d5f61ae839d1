import { type CaseEvent, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Transaction } from '../store/index.ts';
import type { ReviewRow } from './find.ts';

/** How somebody took part in a case, so that they cannot review it (I4). */
export type Involvement = 'signed-decision' | 'signed-review' | 'filed-request' | 'assisted';

/**
 * Who took part: whoever signed any decision or any answer to a review of the case, confirming or overriding alike,
 * and whoever filed a request in it or helped the person with it at the counter. Having read the file is not taking
 * part. Read from what was sealed, not from a column that somebody could change.
 */
export function involvementOf(life: readonly CaseEvent[], staffId: string): Involvement | undefined {
  for (const { type, facts } of life) {
    const signer = (facts.decided_by as { readonly staff?: string } | undefined)?.staff;
    const filer = (facts.filed_by as { readonly staff?: string } | undefined)?.staff;
    const helper = (facts.by as { readonly staff?: string } | undefined)?.staff;
    if (type === 'review-requested' && filer === staffId) return 'filed-request';
    if (type === 'assisted' && helper === staffId) return 'assisted';
    if (signer !== staffId) continue;
    return type === 'review-upheld' || type === 'review-rejected' ? 'signed-review' : 'signed-decision';
  }
  return undefined;
}

/** Whether this person signed the very decision under review and had no other part in the case: its author. */
export function isAuthor(life: readonly CaseEvent[], staffId: string, decisionId: string): boolean {
  const others = life.filter(
    (e) => !(signerOf(e) === staffId && e.decisionId === decisionId && isSettling(e)),
  );
  return others.length < life.length && involvementOf(others, staffId) === undefined;
}

const isSettling = ({ type }: CaseEvent) => type === 'proposal-confirmed' || type === 'proposal-overridden';

function signerOf({ facts }: CaseEvent): string | undefined {
  return (facts.decided_by as { readonly staff?: string } | undefined)?.staff;
}

/**
 * What keeps somebody from deciding a request of this kind (I4). Nothing, for whoever took no part, and for the author in
 * an appeal to the author; what they may then decide is for `assertAuthorGivesWay`.
 */
export function obstacleTo(
  { kind, decision_id }: Pick<ReviewRow, 'kind' | 'decision_id'>,
  life: readonly CaseEvent[],
  staffId: string,
): Involvement | undefined {
  if (kind === 'appeal-to-author' && isAuthor(life, staffId, decision_id)) return undefined;
  return involvementOf(life, staffId);
}

/** Inside a sealing transaction: throws `not-independent` when the person's part in the case keeps them from deciding. */
export async function assertMayDecide(
  ctx: Context,
  tx: Transaction,
  review: Pick<ReviewRow, 'authority_id' | 'case_id' | 'kind' | 'decision_id'>,
  staffId: string,
): Promise<void> {
  const within: Context = { ...ctx, store: { ...ctx.store, read: tx.db } };
  const how = obstacleTo(review, await caseLife(within, review.authority_id, review.case_id), staffId);
  if (how !== undefined) throw notIndependent(how);
}

/**
 * Authors may give way and never confirm themselves: an answer by the author gives the person what they ask. Anything
 * else takes somebody who took no part. Throws `not-independent`.
 */
export function assertAuthorGivesWay(
  life: readonly CaseEvent[],
  staffId: string,
  { granted }: { readonly granted: boolean },
): void {
  if (granted || involvementOf(life, staffId) === undefined) return;
  throw new PlatformError(
    'not-independent',
    'You signed this decision: you may give way, not confirm yourself.',
    {
      where: 'author',
      mend: 'Decide in favour of the person, or have a supervisor give the appeal to somebody who took no part.',
    },
  );
}

const DEEDS: Readonly<Record<Involvement, string>> = {
  'signed-decision': 'signed a decision of this case',
  'signed-review': 'signed the answer to a review of this case',
  'filed-request': 'filed a request in this case at the counter',
  assisted: 'helped the person with this case at the counter',
};

export function notIndependent(how: Involvement): PlatformError {
  return new PlatformError('not-independent', `Whoever reviews must be somebody else: you ${DEEDS[how]}.`, {
    where: how,
    mend: 'Have a supervisor give the request to a reviewer who took no part.',
  });
}

import { type CaseEvent, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Transaction } from '../store/index.ts';

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

/** Inside a sealing transaction: throws `not-independent` when the person took part in the case. */
export async function assertUninvolved(
  ctx: Context,
  tx: Transaction,
  { authorityId, caseId, staffId }: { authorityId: string; caseId: string; staffId: string },
): Promise<void> {
  const within: Context = { ...ctx, store: { ...ctx.store, read: tx.db } };
  const how = involvementOf(await caseLife(within, authorityId, caseId), staffId);
  if (how !== undefined) throw notIndependent(how);
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

import { assertStillAllowed } from '../../access/index.ts';
import { recordCaseEvent } from '../../cases/events.ts';
import type { Context } from '../../context.ts';
import { findDecisionRow } from '../../decisions/view.ts';
import { PlatformError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Transaction } from '../../store/index.ts';
import { type Ground, type RequestedReview, requestReview } from '../request.ts';
import { findCollective, representativeOf } from './collectives.ts';

const MANDATE_YEARS = 1;
const TIME_ZONE = 'Africa/Casablanca';

export interface Joining {
  readonly authorityId: string;
  readonly caseId: string;
  readonly decisionId: string;
  readonly collectiveId: string;
  readonly ground: Ground;
  /** What is this person's own, beside what holds for everybody; may be empty. */
  readonly text: string;
  /** The agent before whom the person gave the mandate on paper; left out when they give it in their own open file. */
  readonly staffId?: string | undefined;
}

/**
 * A person joins a collective request with a mandate of their own, given in their open file or before an agent: recorded
 * in their case, for a year. Their request is one of its own, with its own clock, reviewer and outcome; only who asks,
 * and the public answer, are shared.
 *
 * Throws `not-found`, `conflict` (answered already, a request waits, or the system is another one), `forbidden`.
 */
export async function joinCollective(ctx: Context, joining: Joining): Promise<RequestedReview> {
  const { authorityId, caseId, decisionId, collectiveId, staffId } = joining;
  const collective = await findCollective(ctx.store.read, collectiveId, authorityId);
  const decision = await findDecisionRow(ctx, authorityId, decisionId);
  if (collective.status !== 'open' || decision?.system_id !== collective.system_id) {
    throw new PlatformError('conflict', 'This collective request is answered, or about another system.', {
      where: 'collective',
      mend: 'Ask for a review of your own.',
    });
  }
  const representativeId = newId('rep');
  const until = ctx.clock.now().toZonedDateTimeISO(TIME_ZONE).toPlainDate().add({ years: MANDATE_YEARS });
  const stillOpen = async (tx: Transaction) => {
    if ((await findCollective(tx.db, collectiveId, authorityId)).status === 'open') return;
    throw new PlatformError('conflict', 'This collective request was answered meanwhile.', {
      where: 'collective',
    });
  };
  await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: collective.system_id,
    type: 'representative-recorded',
    facts: {
      representative: representativeId,
      capacity: 'representative',
      name: representativeOf(ctx, collective),
      document: staffId === undefined ? 'own-file' : 'written-mandate',
      until: until.toString(),
      collective: collectiveId,
      by: staffId === undefined ? { person: true } : { staff: staffId },
    },
    async check(tx) {
      await stillOpen(tx);
      if (staffId !== undefined) await assertStillAllowed(tx, authorityId, staffId, 'counter.assist');
    },
  });
  return requestReview(ctx, {
    authorityId,
    caseId,
    decisionId,
    ground: joining.ground,
    text: joining.text,
    filedBy: { kind: 'collective', collectiveId, representativeId },
    check: stillOpen,
  });
}

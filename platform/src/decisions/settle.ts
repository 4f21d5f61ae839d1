import type { JsonValue } from '@taalil/transparency-log';
import { type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { assertLive, systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { DecisionTables, Effect } from './tables.ts';
import type { DecisionRow } from './view.ts';

export interface Settlement {
  readonly row: DecisionRow;
  readonly effect: Effect;
  /** What is sealed beside the outcome: reasons, who decided, time spent. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** Asked inside the sealing transaction: certificate, delegation, whatever the desk relies on. */
  check(tx: Transaction, at: string): Promise<void>;
  write?(tx: Transaction): void | Promise<void>;
}

/**
 * Turns a proposal into a decision in force, by a person. Confirming keeps the proposed adverse effect, overriding
 * makes it favourable. Inside the sealing transaction the proposal still waits (compare and swap) and the system may
 * still decide (I11). Throws `conflict` when somebody else was faster.
 */
export async function settleProposal(ctx: Context, settlement: Settlement): Promise<RecordedEvent> {
  const { row, effect, facts } = settlement;
  return recordCaseEvent(ctx, {
    authorityId: row.authority_id,
    caseId: row.case_id,
    systemId: row.system_id,
    decisionId: row.decision_id,
    type: effect === row.effect ? 'proposal-confirmed' : 'proposal-overridden',
    facts: { outcome: { effect }, ...facts },
    async check(tx) {
      const { authority_id, system_id } = row;
      assertLive(system_id, await systemState(tx, authority_id, system_id));
      const now = await tx.lookup('decisions', { authority_id, decision_id: row.decision_id });
      if ((now as DecisionRow | undefined)?.status !== 'awaiting-person') throw settledBefore();
      await settlement.check(tx, stamp(ctx.clock.now()));
    },
    async write(tx, _index, at) {
      const swapped = await typed<DecisionTables>(tx.db)
        .updateTable('decisions')
        .set({
          status: 'effective',
          effect,
          decided_by: 'person',
          overridden: effect === row.effect ? 0 : 1,
          effective_at: at,
        })
        .where('authority_id', '=', row.authority_id)
        .where('decision_id', '=', row.decision_id)
        .where('status', '=', 'awaiting-person')
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw settledBefore();
      await settlement.write?.(tx);
    },
  });
}

function settledBefore(): PlatformError {
  return new PlatformError('conflict', 'Somebody has already decided on this proposal.', {
    mend: 'Open the case again to see what was decided.',
  });
}

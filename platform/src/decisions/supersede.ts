import { type EventFacts, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Facts } from '../register/inputs.ts';
import { assertLive, systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import { closureOf } from '../withholding/closure.ts';
import type { Assessment } from './assess.ts';
import { decisionFacts } from './decision-facts.ts';
import type { DecisionTables, Effect } from './tables.ts';
import type { DecisionRow, DecisionView } from './view.ts';

/** A new decision, by a person, that takes the place of one in force. */
export interface Supersession {
  /** The decision in force, as the person read it. */
  readonly old: DecisionView;
  /** The event that makes the new decision: one entry of the log for both. */
  readonly type: 'review-upheld';
  /** The facts it rests on: those of the old decision, or corrected ones. */
  readonly facts: Facts;
  /** What the model of the old decision's version says of these facts. */
  readonly assessed: Assessment;
  readonly effect: Effect;
  /** What is sealed beside it, at most four facts: reasons, who decided, what led to it. */
  readonly sealed: EventFacts;
  /** Asked inside the sealing transaction. */
  check(tx: Transaction): Promise<void>;
  write(tx: Transaction, decisionId: string, at: string): void | Promise<void>;
}

export interface Superseded {
  readonly decisionId: string;
  readonly at: string;
  readonly index: number;
}

/**
 * Makes the new decision and ends the old one, together or not at all. Inside the sealing transaction the old one is
 * still in force, and where the facts are other ones, so that the model was run again, its system is live (I11). A
 * person may decide on the recorded facts while the system is suspended: that delays nobody's remedy.
 *
 * The model is that of the old decision's version: a corrected record gets what it would have got on that day.
 * Throws `conflict`, `suspended`, `not-live`, and what `check` throws; then nothing has happened.
 */
export async function supersedeDecision(ctx: Context, s: Supersession): Promise<Superseded> {
  const { row, system, subject } = s.old;
  const { authority_id, system_id } = row;
  const decisionId = newId('dec');
  // What was told of the old decision is not withheld of the new one.
  const closure = s.old.withheld && closureOf(s.old.withheld.under, s.assessed.explanation);
  const { outcome, ...rest } = decisionFacts(system, subject, s.facts, s.assessed, closure);
  const recorded = await recordCaseEvent(ctx, {
    authorityId: authority_id,
    caseId: row.case_id,
    systemId: system_id,
    decisionId,
    type: s.type,
    facts: {
      ...rest,
      outcome: { ...outcome, effect: s.effect },
      supersedes: row.decision_id,
      ...s.sealed,
    },
    async check(tx) {
      if (s.facts !== s.old.facts) assertLive(system_id, await systemState(tx, authority_id, system_id));
      assertInForce(await tx.lookup('decisions', { authority_id, decision_id: row.decision_id }));
      await s.check(tx);
    },
    async write(tx, _index, at) {
      const ended = await typed<DecisionTables>(tx.db)
        .updateTable('decisions')
        .set({ status: 'superseded', superseded_by: decisionId })
        .where('authority_id', '=', authority_id)
        .where('decision_id', '=', row.decision_id)
        .where('status', '=', 'effective')
        .where('superseded_by', 'is', null)
        .executeTakeFirst();
      if (ended.numUpdatedRows !== 1n) throw noLongerInForce();
      tx.append('decisions', {
        authority_id,
        decision_id: decisionId,
        case_id: row.case_id,
        system_id,
        version: row.version,
        status: 'effective',
        effect: s.effect,
        decided_by: 'person',
        overridden: 0,
        created_at: at,
        effective_at: at,
        supersedes: row.decision_id,
        superseded_by: null,
      });
      await s.write(tx, decisionId, at);
    },
  });
  return { decisionId, at: recorded.at, index: recorded.index };
}

/** Throws `conflict` unless this row, read inside a transaction, is a decision in force. */
export function assertInForce(row: Readonly<Record<string, unknown>> | undefined): void {
  const now = row as DecisionRow | undefined;
  if (now?.status !== 'effective' || now.superseded_by !== null) throw noLongerInForce();
}

function noLongerInForce(): PlatformError {
  return new PlatformError('conflict', 'Another decision has taken the place of this one meanwhile.', {
    mend: 'Open the case again to see the decision in force.',
  });
}

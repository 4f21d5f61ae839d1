import { provenStart } from '@taalil/norms';
import { type CaseEvent, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import type { DecisionTables } from '../decisions/tables.ts';
import { findDecisionRow } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import { type Actor, actorFact } from './actor.ts';

export const NOTIFICATION_MODES = ['hand', 'registered-letter', 'electronic'] as const;
export type NotificationMode = (typeof NOTIFICATION_MODES)[number];

/** Days of law are days in Morocco (I13). */
const TIME_ZONE = 'Africa/Casablanca';

export interface Proof {
  /** What proves it: a signed slip, a delivery record, and its number. */
  readonly document: string;
  /** The day the proof came in, `YYYY-MM-DD`. */
  readonly on: string;
}

export interface NotificationRequest {
  readonly authorityId: string;
  readonly caseId: string;
  readonly decisionId: string;
  readonly mode: NotificationMode;
  /** The day the person was reached, `YYYY-MM-DD`. */
  readonly date: string;
  /** Without a proof no time runs; record the notification again when the proof comes in. */
  readonly proof?: Proof | undefined;
  /** Into whose hands: the person, a representative, somebody of the household. */
  readonly to: string;
  readonly by: Actor;
}

function day(text: string, where: string): Temporal.PlainDate {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch {
      // Falls through to the one error below.
    }
  }
  throw new PlatformError('invalid-request', 'This is not a date of the calendar.', {
    where,
    mend: 'Write it as YYYY-MM-DD.',
  });
}

function refuse(where: string, what: string, mend: string): never {
  throw new PlatformError('invalid-request', what, { where, mend });
}

function inForce(row: DecisionTables['decisions'] | undefined, caseId: string): DecisionTables['decisions'] {
  if (row === undefined || row.case_id !== caseId) {
    throw new PlatformError('not-found', 'There is no such decision in this case.');
  }
  if (row.status === 'awaiting-person') {
    throw new PlatformError(
      'person-required',
      'This proposal waits for a person: there is no decision to notify yet.',
    );
  }
  if (row.status === 'superseded') {
    throw new PlatformError('conflict', 'A newer decision has replaced this one.', {
      mend: 'Notify the newer one.',
    });
  }
  return row;
}

async function decisionInForce(db: Db, authorityId: string, caseId: string, decisionId: string) {
  const row = await typed<DecisionTables>(db)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('decision_id', '=', decisionId)
    .executeTakeFirst();
  return inForce(row, caseId);
}

function checkDates(ctx: Context, request: NotificationRequest, effectiveAt: string): void {
  const today = ctx.clock.now().toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const decided = Temporal.Instant.from(effectiveAt).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const date = day(request.date, 'date');
  const isAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) > 0;
  if (isAfter(decided, date))
    refuse('date', `The decision was made on ${decided}, after this date.`, 'Mend the date.');
  if (isAfter(date, today))
    refuse('date', 'This date is still to come.', 'Record the notification once it is made.');
  if (request.proof === undefined) return;
  const proven = day(request.proof.on, 'proof.on');
  if (isAfter(date, proven))
    refuse('proof.on', 'The proof is older than the notification.', 'Mend one of the dates.');
  if (isAfter(proven, today))
    refuse('proof.on', 'This date is still to come.', 'Record the proof once you hold it.');
}

/**
 * Records that a decision in force was brought to the person. Only a proven notification starts the court's time (I8).
 * Throws `invalid-request`, `not-found`, `person-required`, `conflict`; then nothing is recorded.
 */
export async function recordNotification(ctx: Context, request: NotificationRequest): Promise<RecordedEvent> {
  const { authorityId, caseId, decisionId, mode, date, proof, to, by } = request;
  const row = inForce(await findDecisionRow(ctx, authorityId, decisionId), caseId);
  checkDates(ctx, request, row.effective_at ?? row.created_at);
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: row.system_id,
    decisionId,
    type: 'decision-notified',
    facts: {
      mode,
      date,
      proof: proof === undefined ? null : { document: proof.document, on: proof.on },
      to,
      by: actorFact(by),
    },
    async check(tx) {
      await decisionInForce(tx.db, authorityId, caseId, decisionId);
    },
  });
}

/** A notification as it was recorded; pass it to `provenStart` of @taalil/norms. */
export interface Notified {
  readonly decisionId: string;
  readonly mode: NotificationMode;
  readonly notifiedOn: Temporal.PlainDate;
  readonly provenOn?: Temporal.PlainDate;
}

export function notificationsOf(life: readonly CaseEvent[], decisionId: string): Notified[] {
  return life
    .filter((e) => e.type === 'decision-notified' && e.decisionId === decisionId)
    .map(({ facts }) => {
      const proof = facts.proof as { readonly on: string } | null;
      return {
        decisionId,
        mode: facts.mode as NotificationMode,
        notifiedOn: Temporal.PlainDate.from(facts.date as string),
        ...(proof === null ? {} : { provenOn: Temporal.PlainDate.from(proof.on) }),
      };
    });
}

/**
 * The notification from which time runs: of the proven ones the earliest, the careful side. Undefined while nothing is
 * proven: then no clock runs and none may be shown as running (I8).
 *
 * @param decisionId by default the last decision of the case that was notified.
 */
export function notifiedOn(life: readonly CaseEvent[], decisionId?: string): Notified | undefined {
  const of = decisionId ?? life.findLast((e) => e.type === 'decision-notified')?.decisionId;
  if (of === undefined) return undefined;
  return notificationsOf(life, of)
    .filter((n) => provenStart(n) !== undefined)
    .sort((a, b) => Temporal.PlainDate.compare(a.notifiedOn, b.notifiedOn))[0];
}

import type { JsonValue, Opening } from '@taalil/transparency-log';
import { buildEntry } from '@taalil/transparency-log/writer';
import { recordingTime, stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { periodOf } from '../ledger/journal.ts';
import type { Sealed } from '../ledger/sequencer.ts';
import { type Transaction, typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { CaseKey } from '../vault/vault.ts';
import type { CaseTables } from './tables.ts';

/** Everything that can happen in the life of a case. Each is a log entry of its own. */
export type CaseEventType =
  | 'decision-made'
  | 'decision-proposed'
  | 'proposal-signed-first'
  | 'proposal-confirmed'
  | 'proposal-overridden'
  | 'decision-notified'
  | 'review-requested'
  | 'request-qualified'
  | 'qualification-contested'
  | 'documents-requested'
  | 'documents-brought'
  | 'files-added'
  | 'file-withdrawn'
  | 'review-extended'
  | 'review-assigned'
  | 'review-upheld'
  | 'review-rejected'
  | 'decision-superseded'
  | 'representative-recorded'
  | 'representative-ended'
  | 'death-recorded'
  | 'death-corrected'
  | 'code-issued'
  | 'assisted'
  | 'bundle-issued'
  | 'remedy-offered'
  | 'outcome-established'
  | 'withheld-opened';

export type EventFacts = Readonly<Record<string, JsonValue>>;

export interface CaseEventDraft {
  readonly authorityId: string;
  readonly caseId: string;
  readonly systemId: string;
  readonly decisionId?: string;
  readonly type: CaseEventType;
  /** At most 11 of them; each becomes a commitment that the receipt can open on its own. */
  readonly facts: EventFacts;
  /** Key of a case that this very event opens; otherwise the vault has it. */
  readonly key?: CaseKey;
}

export interface NewCaseEvent extends CaseEventDraft {
  check?(tx: Transaction): Promise<void>;
  write?(tx: Transaction, index: number, at: string): void | Promise<void>;
}

export interface RecordedEvent extends Sealed {
  readonly at: string;
}

/** An event with everything but its place in the log: plain data. */
export interface PreparedEvent {
  readonly authorityId: string;
  readonly caseId: string;
  readonly systemId: string;
  readonly decisionId: string | null;
  readonly type: CaseEventType;
  readonly at: string;
  /** The log entry: commitments to the facts. */
  readonly entry: Uint8Array;
  /** The facts and their salts under the case's key. */
  readonly sealed: Uint8Array;
}

const context = (authorityId: string, caseId: string, type: string, at: string) =>
  `case-event/${authorityId}/${caseId}/${type}/${at}`;

export function prepareCaseEvent(
  { clock, vault }: Pick<Context, 'clock' | 'vault'>,
  event: CaseEventDraft,
): PreparedEvent {
  const { authorityId, caseId, systemId, type, decisionId = null } = event;
  const at = stamp(recordingTime(clock));
  const facts: Record<string, JsonValue> = {
    authority: authorityId,
    system: systemId,
    case: caseId,
    ...(decisionId === null ? {} : { decision: decisionId }),
    type,
    at,
    ...event.facts,
  };
  const { entry, openings } = buildEntry({
    type: 'case',
    period: periodOf(at),
    facts: Object.entries(facts).map(([name, value]) => ({ name, value })),
  });
  const key = event.key ?? vault.caseKey(authorityId, caseId);
  const sealed = sealBytes(key, context(authorityId, caseId, type, at), JSON.stringify(openings));
  return { authorityId, caseId, systemId, decisionId, type, at, entry, sealed };
}

/** Within the transaction that gives the event its place. */
export function appendCaseEvent(tx: Transaction, index: number, event: PreparedEvent): void {
  tx.append('case_events', {
    authority_id: event.authorityId,
    log_index: index,
    case_id: event.caseId,
    system_id: event.systemId,
    decision_id: event.decisionId,
    type: event.type,
    at: event.at,
    sealed: event.sealed,
  });
}

/**
 * Seals one event of a case: commitments to the log, the facts and their salts under the case's key. Resolves
 * when both are durable (I1); throws what `check` or `write` threw, and then nothing has happened.
 */
export async function recordCaseEvent(ctx: Context, event: NewCaseEvent): Promise<RecordedEvent> {
  const prepared = prepareCaseEvent(ctx, event);
  const { entry, caseId, systemId, at } = prepared;
  const sealed = await ctx.ledger.seal(event.authorityId, {
    entry,
    caseId,
    systemId,
    check: event.check,
    write(tx, index) {
      appendCaseEvent(tx, index, prepared);
      return event.write?.(tx, index, at);
    },
  });
  return { ...sealed, at };
}

export interface CaseEvent {
  readonly index: number;
  readonly type: CaseEventType;
  readonly at: string;
  readonly decisionId: string | undefined;
  readonly facts: EventFacts;
  readonly openings: readonly Opening[];
}

/**
 * The whole life of a case, oldest first. Every row is opened and compared with its clear columns: an altered row
 * throws `altered-record`, an erased case `erased`.
 */
export async function caseLife(ctx: Context, authorityId: string, caseId: string): Promise<CaseEvent[]> {
  const rows = await typed<CaseTables>(ctx.store.read)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .orderBy('log_index')
    .execute();
  const key = rows.length > 0 ? ctx.vault.caseKey(authorityId, caseId) : undefined;
  return rows.map((row) => openEvent(key as CaseKey, row));
}

export function openEvent(key: CaseKey, row: CaseTables['case_events']): CaseEvent {
  const place = context(row.authority_id, row.case_id, row.type, row.at);
  const openings = JSON.parse(openBytes(key, place, row.sealed).toString()) as Opening[];
  const { whole, ...told } = Object.fromEntries(openings.map((o) => [o.name, o.value])) as EventFacts;
  // Where something is withheld from the person, facts and reasons were sealed as one; here they are read as ever.
  const facts: EventFacts = { ...told, ...(whole as EventFacts | undefined) };
  const altered = facts.system !== row.system_id || (facts.decision ?? null) !== row.decision_id;
  if (altered) {
    throw new PlatformError('altered-record', `The stored row of log entry ${row.log_index} was altered.`, {
      where: place,
      mend: 'Do not rely on it. Compare the store with the log and restore the row from a backup.',
    });
  }
  return {
    index: Number(row.log_index),
    type: row.type as CaseEventType,
    at: row.at,
    decisionId: row.decision_id ?? undefined,
    facts,
    openings,
  };
}

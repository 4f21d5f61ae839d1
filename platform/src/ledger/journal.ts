import type { JsonValue } from '@taalil/transparency-log';
import { buildEntry } from '@taalil/transparency-log/writer';
import { recordingTime, stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import type { Transaction } from '../store/index.ts';
import type { Sealed } from './sequencer.ts';

/** Month of an instant, all that an entry says about time. */
export function periodOf(at: string): string {
  return at.slice(0, 7);
}

export interface JournalEvent {
  readonly authorityId: string;
  /** The entry's coarse type: a published record, or something about the authority's staff and keys. */
  readonly kind: 'register' | 'authority';
  readonly type: string;
  /** What is committed to. Kept in clear beside the entry: never a person's name or a citizen's data. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  check?(tx: Transaction): Promise<void>;
  write(tx: Transaction, index: number, at: string): void | Promise<void>;
}

/** Seals an event that belongs to no case: publications, suspensions, delegations, certificates, keys. */
export async function recordInJournal(ctx: Context, event: JournalEvent): Promise<Sealed & { at: string }> {
  const at = stamp(recordingTime(ctx.clock));
  const facts: Record<string, JsonValue> = {
    authority: event.authorityId,
    type: event.type,
    at,
    ...event.facts,
  };
  const built = buildEntry({
    type: event.kind,
    period: periodOf(at),
    facts: Object.entries(facts).map(([name, value]) => ({ name, value })),
  });
  const sealed = await ctx.ledger.seal(event.authorityId, {
    entry: built.entry,
    check: event.check,
    async write(tx, index) {
      tx.append('journal', {
        authority_id: event.authorityId,
        log_index: index,
        type: event.type,
        at,
        openings: JSON.stringify(built.openings),
      });
      await event.write(tx, index, at);
    },
  });
  return { ...sealed, at };
}

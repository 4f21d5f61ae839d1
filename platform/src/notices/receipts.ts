import { formatReceiptBundle, LogError, type Receipt, verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';

/** What a bundle may hold (docs/formats.md). */
const MOST = 256;

/** What would tell the outcome of a proposal before a person has decided (I3). */
const OUTCOME_FACTS = ['outcome', 'explanation', 'safeguard'];

/** Events of access to the case; when a bundle is full, the oldest of these are left out first. */
const OF_ACCESS: readonly CaseEvent['type'][] = ['code-issued', 'assisted'];

function waiting(event: CaseEvent, life: readonly CaseEvent[]): boolean {
  return (
    event.type === 'decision-proposed' &&
    !life.some(
      (e) =>
        e.decisionId === event.decisionId &&
        (e.type === 'proposal-confirmed' || e.type === 'proposal-overridden'),
    )
  );
}

/** The events that a bundle has room for: all of them, or all but the oldest openings of the file. */
export function fitting<E extends Pick<CaseEvent, 'type'>>(life: readonly E[]): readonly E[] {
  let over = life.length - MOST;
  return life.filter((e) => !(OF_ACCESS.includes(e.type) && over-- > 0));
}

/**
 * The receipts of a case in the order of its life, as a receipt bundle (docs/formats.md). Each is checked before it is
 * given: a store that does not match its log gives `altered-record` rather than a receipt that fails elsewhere.
 *
 * A proposal that waits for a person keeps its outcome closed. Throws `not-found`, `erased`, `altered-record`.
 */
export async function caseReceipts(ctx: Context, authorityId: string, caseId: string): Promise<string> {
  const life = await caseLife(ctx, authorityId, caseId);
  if (life.length === 0) throw new PlatformError('not-found', 'There is no such case.');
  const receipts: Receipt[] = [];
  for (const event of fitting(life)) {
    const closed = waiting(event, life) ? OUTCOME_FACTS : [];
    receipts.push({
      entry: await ctx.ledger.entry(authorityId, event.index),
      openings: event.openings.filter((o) => !closed.includes(o.name)),
      proof: await ctx.ledger.proof(authorityId, event.index),
    });
  }
  await assertGood(ctx, authorityId, receipts);
  return formatReceiptBundle(receipts);
}

async function assertGood(ctx: Context, authorityId: string, receipts: readonly Receipt[]): Promise<void> {
  const vkey = await ctx.ledger.vkey(authorityId);
  try {
    await verifyReceiptFile(receipts, { vkey }, { linkedBy: 'case' }, nodeRuntime);
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw new PlatformError('altered-record', `The store does not match its log: ${cause.message}`, {
      where: authorityId,
      mend: 'Do not rely on it. Compare the store with the log and restore the rows from a backup.',
      cause,
    });
  }
}

import { formatReceiptBundle, LogError, type Receipt, verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Disclosed } from '../withholding/closure.ts';
import { inForce, standingOf } from '../withholding/standing.ts';

/** What a bundle may hold (docs/formats.md). */
const MOST = 256;

/** What would tell the outcome of a proposal before a person has decided (I3). */
const OUTCOME_FACTS = ['outcome', 'explanation', 'safeguard', 'whole', 'disclosed'];

/** While something of them is withheld, `disclosed` is opened in their place. */
const WITHHELD_FACTS = ['whole'];

/** Events of access to the case; when a bundle is full, the oldest of these are left out first. */
const OF_ACCESS: readonly CaseEvent['type'][] = ['code-issued', 'assisted', 'bundle-issued'];

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

async function withheldFacts(
  ctx: Context,
  authorityId: string,
  event: CaseEvent,
): Promise<readonly string[]> {
  const disclosed = event.facts.disclosed as unknown as Disclosed | undefined;
  if (disclosed === undefined) return [];
  const system = { authorityId, systemId: String(event.facts.system) };
  const now = inForce(await standingOf(ctx.store, system), ctx.clock.now());
  return now.some(({ id }) => disclosed.under.includes(id)) ? WITHHELD_FACTS : [];
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
  return (await receiptsOfCase(ctx, authorityId, caseId)).text;
}

/** The receipts of a case with the events that they open, each without what its receipt keeps closed. */
export interface CaseReceipts {
  /** A receipt bundle (docs/formats.md). */
  readonly text: string;
  readonly events: readonly CaseEvent[];
}

/** `caseReceipts`, with the events. Throws the same. */
export async function receiptsOfCase(
  ctx: Context,
  authorityId: string,
  caseId: string,
): Promise<CaseReceipts> {
  const life = await caseLife(ctx, authorityId, caseId);
  if (life.length === 0) throw new PlatformError('not-found', 'There is no such case.');
  const receipts: Receipt[] = [];
  const events: CaseEvent[] = [];
  for (const event of fitting(life)) {
    const closed = [
      ...(waiting(event, life) ? OUTCOME_FACTS : []),
      ...(await withheldFacts(ctx, authorityId, event)),
    ];
    const openings = event.openings.filter((o) => !closed.includes(o.name));
    events.push({ ...event, openings });
    receipts.push(await receiptOf(ctx, authorityId, { index: event.index, openings }));
  }
  await assertGood(ctx, authorityId, receipts);
  return { text: formatReceiptBundle(receipts), events };
}

/** The receipt of one entry. */
export async function receiptOf(
  ctx: Context,
  authorityId: string,
  { index, openings }: Pick<CaseEvent, 'index' | 'openings'>,
): Promise<Receipt> {
  const [entry, proof] = await Promise.all([
    ctx.ledger.entry(authorityId, index),
    ctx.ledger.proof(authorityId, index),
  ]);
  return { entry, openings, proof };
}

async function assertGood(ctx: Context, authorityId: string, receipts: readonly Receipt[]): Promise<void> {
  const vkey = await ctx.ledger.vkeys(authorityId);
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

/**
 * The receipts of everything that was sealed of one decision, nothing closed: for a court that ordered what is withheld to
 * be opened. Whoever calls this has checked and recorded that it may be.
 */
export async function wholeReceipts(ctx: Context, authorityId: string, caseId: string, decisionId: string) {
  const life = await caseLife(ctx, authorityId, caseId);
  const receipts: Receipt[] = [];
  for (const event of life.filter((e) => e.decisionId === decisionId && e.facts.explanation !== undefined)) {
    receipts.push({
      entry: await ctx.ledger.entry(authorityId, event.index),
      openings: event.openings,
      proof: await ctx.ledger.proof(authorityId, event.index),
    });
  }
  await assertGood(ctx, authorityId, receipts);
  return formatReceiptBundle(receipts);
}

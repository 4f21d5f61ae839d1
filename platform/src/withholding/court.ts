import { z } from 'zod';
import { assertStillAllowed, logAccess } from '../access/index.ts';
import { recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { wholeReceipts } from '../notices/receipts.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import type { WithholdingTables } from './tables.ts';

/** The order of the competent judge, as it is sealed in the life of the case. */
export const courtOrder = z.strictObject({
  court: z.string().trim().min(3).max(200),
  number: z.string().trim().min(1).max(60),
  date: z.iso.date(),
});
export type CourtOrder = z.infer<typeof courtOrder>;

export interface AskedOpening {
  readonly authorityId: string;
  readonly decisionId: string;
  readonly order: unknown;
  readonly by: string;
}

/**
 * The first of two people: records that a court ordered what is withheld of a decision to be opened. Opens nothing.
 * Throws `not-found`, `forbidden`, `invalid-request`, `conflict` where nothing is withheld.
 */
export async function askOpening(
  ctx: Context,
  { authorityId, decisionId, order, by }: AskedOpening,
): Promise<{ openingId: string }> {
  const parsed = courtOrder.safeParse(order);
  if (!parsed.success) {
    throw new PlatformError('invalid-request', 'The court order is not complete.', {
      faults: parsed.error.issues.map((i) => ({
        where: `/${i.path.map(String).join('/')}`,
        what: i.message,
      })),
      mend: 'Give the court, the number and the date of its order.',
    });
  }
  const { withheld } = await readDecision(ctx, authorityId, decisionId);
  if (withheld === undefined) {
    throw new PlatformError(
      'conflict',
      'Nothing is withheld of this decision: its receipt opens everything.',
      {
        mend: 'Give the judge the receipt of the person.',
      },
    );
  }
  await assertStillAllowed(committed(ctx.store), authorityId, by, 'withheld.open');
  const openingId = newId('wop');
  await ctx.store.transact(async (tx) => {
    tx.append('withheld_openings', {
      authority_id: authorityId,
      opening_id: openingId,
      decision_id: decisionId,
      court_order: JSON.stringify(parsed.data),
      asked_by: by,
      asked_at: stamp(ctx.clock.now()),
      opened_by: null,
      opened_at: null,
    });
  });
  return { openingId };
}

/**
 * The second of two people: seals in the life of the case, where its person sees it, that what is withheld was opened
 * under this order, and gives the decision's receipts with everything open. The judge can check them against the public
 * log. Throws `not-found`, `forbidden`, `not-independent`, `conflict` when it was opened already.
 */
export async function carryOutOpening(
  ctx: Context,
  {
    authorityId,
    openingId,
    by,
  }: { readonly authorityId: string; readonly openingId: string; readonly by: string },
): Promise<string> {
  const row = await find(ctx.store.read, authorityId, openingId);
  if (row.asked_by === by) {
    throw new PlatformError('not-independent', 'Two different people open what is withheld.', {
      mend: 'Let a second person carry out the order.',
    });
  }
  const view = await readDecision(ctx, authorityId, row.decision_id);
  const order = courtOrder.parse(JSON.parse(row.court_order));
  await recordCaseEvent(ctx, {
    authorityId,
    caseId: view.row.case_id,
    systemId: view.row.system_id,
    decisionId: row.decision_id,
    type: 'withheld-opened',
    facts: { court_order: order, asked_by: row.asked_by, opened_by: by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'withheld.open');
      if ((await find(tx.db, authorityId, openingId)).opened_at !== null) throw openedBefore();
    },
    async write(tx, _index, at) {
      await typed<WithholdingTables>(tx.db)
        .updateTable('withheld_openings')
        .set({ opened_by: by, opened_at: at })
        .where('authority_id', '=', authorityId)
        .where('opening_id', '=', openingId)
        .execute();
    },
  });
  await logAccess(ctx, {
    authorityId,
    actor: by,
    action: 'withheld.open',
    caseId: view.row.case_id,
    purpose: 'court-order',
  });
  return wholeReceipts(ctx, authorityId, view.row.case_id, row.decision_id);
}

export type OpeningRow = WithholdingTables['withheld_openings'];

export function listOpenings(ctx: Context, authorityId: string): Promise<OpeningRow[]> {
  return typed<WithholdingTables>(ctx.store.read)
    .selectFrom('withheld_openings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('asked_at', 'desc')
    .execute();
}

async function find(db: Transaction['db'], authorityId: string, id: string): Promise<OpeningRow> {
  const row = await typed<WithholdingTables>(db)
    .selectFrom('withheld_openings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('opening_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', 'There is no such order in this authority.');
  return row;
}

function openedBefore(): PlatformError {
  return new PlatformError('conflict', 'This order was carried out already.', {
    mend: 'Use the receipts that were given then.',
  });
}

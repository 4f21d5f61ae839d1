import { assertStillAllowed, logAccess, type Staff } from '../access/index.ts';
import type { CaseRow } from '../cases/cases.ts';
import { recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { typed } from '../store/index.ts';
import type { CounterTables } from './tables.ts';

/** Kinds of identity document that an agent may have compared; never a number. */
export const DOCUMENTS = ['national-card', 'passport', 'residence-card', 'driving-licence', 'other'] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

export const PRESENT = ['person', 'representative'] as const;
export type Present = (typeof PRESENT)[number];

/** However long the person stays: after this the agent opens the file again. */
const LONGEST = Temporal.Duration.from({ minutes: 60 });

export interface Visit {
  readonly visitId: string;
  readonly authorityId: string;
  readonly caseId: string;
  readonly staffId: string;
}

export interface VisitRequest {
  readonly staff: Staff;
  readonly found: CaseRow;
  readonly document: DocumentKind;
  readonly present: Present;
}

/**
 * Opens a file in the presence of the person, after the agent compared an identity document. Sealed in the case as
 * *assisted*: an agent helps and decides nothing. Durable, and logged as an access, before anything is shown.
 */
export async function openVisit(
  ctx: Context,
  { staff, found, document, present }: VisitRequest,
): Promise<Visit> {
  const { authorityId, staffId } = staff;
  const { caseId, systemId } = found;
  const visitId = newId('ast');
  await logAccess(ctx, { authorityId, actor: staffId, action: 'case.read', caseId, purpose: 'counter' });
  await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId,
    type: 'assisted',
    facts: { visit: visitId, by: { staff: staffId }, document, present },
    check: (tx) => assertStillAllowed(tx, authorityId, staffId, 'counter.assist'),
    write(tx, _index, at) {
      tx.append('assistances', {
        authority_id: authorityId,
        assistance_id: visitId,
        case_id: caseId,
        staff_id: staffId,
        opened_at: at,
        ended_at: null,
      });
    },
  });
  return { visitId, authorityId, caseId, staffId };
}

/** The visit of this agent, while it lasts. Another agent's, an ended or an old one is undefined. */
export async function readVisit(ctx: Context, staff: Staff, visitId: string): Promise<Visit | undefined> {
  const row = await typed<CounterTables>(ctx.store.read)
    .selectFrom('assistances')
    .selectAll()
    .where('authority_id', '=', staff.authorityId)
    .where('assistance_id', '=', visitId)
    .where('staff_id', '=', staff.staffId)
    .where('ended_at', 'is', null)
    .where('opened_at', '>', stamp(ctx.clock.now().subtract(LONGEST)))
    .executeTakeFirst();
  return row && { visitId, authorityId: row.authority_id, caseId: row.case_id, staffId: row.staff_id };
}

export async function endVisit(ctx: Context, { authorityId, visitId }: Visit): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await typed<CounterTables>(tx.db)
      .updateTable('assistances')
      .set({ ended_at: stamp(ctx.clock.now()) })
      .where('authority_id', '=', authorityId)
      .where('assistance_id', '=', visitId)
      .execute();
  });
}

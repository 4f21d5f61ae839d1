import { assertStillAllowed, can, listStaff, type StaffMember } from '../access/index.ts';
import type { CaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import { assertCertified, competence, type Delegation } from '../training/index.ts';
import { decidingPermission } from './documents.ts';
import { notIndependent, obstacleTo } from './involvement.ts';
import { DECIDERS, type Kind } from './kinds.ts';
import type { ReviewTables } from './tables.ts';

/** A reviewer of the authority as a candidate for one request. */
export interface Candidate {
  readonly staff: StaffMember;
  /** Requests given to them that have no answer yet. */
  readonly load: number;
  /** Why they cannot take it: `not-independent`, `not-certified`, `not-competent`. Undefined: they can. */
  readonly obstacle: PlatformError | undefined;
}

/**
 * Throws unless the person works here in the role that decides this kind, is trained and may sign the answer for this
 * system:
 * `forbidden`, `not-certified`, `not-competent`. Asked before, and again inside the sealing transaction.
 */
export async function mayReview(
  tx: Transaction,
  asked: { authorityId: string; staffId: string; systemId: string; kind: Kind; at: string },
): Promise<Delegation> {
  const { authorityId, staffId, systemId, kind, at } = asked;
  await assertStillAllowed(tx, authorityId, staffId, decidingPermission(kind));
  await assertCertified(tx, authorityId, staffId, at);
  const act = DECIDERS[kind] === 'superior' ? 'decide-appeal' : 'decide-review';
  return competence(tx, { authorityId, staffId, systemId, act, at });
}

/** Everybody of the authority whose role decides this kind, with what keeps them from this request, those who can first, least busy first. */
export async function candidatesFor(
  ctx: Context,
  review: Pick<ReviewTables['reviews'], 'authority_id' | 'system_id' | 'decision_id'> & {
    readonly kind: Kind;
  },
  life: readonly CaseEvent[],
): Promise<Candidate[]> {
  const { authority_id: authorityId, system_id: systemId, kind } = review;
  const permission = decidingPermission(kind);
  const reviewers = (await listStaff(ctx, authorityId)).filter((s) => s.active && can(s, permission));
  const loads = await loadsOf(ctx, authorityId);
  const candidates = await Promise.all(
    reviewers.map(async (staff) => {
      const how = obstacleTo(review, life, staff.staffId);
      const at = ctx.clock.now().toString();
      const obstacle =
        how === undefined
          ? await mayReview(committed(ctx.store), {
              authorityId,
              staffId: staff.staffId,
              systemId,
              kind,
              at,
            }).then(() => undefined, refusal)
          : notIndependent(how);
      return { staff, load: loads.get(staff.staffId) ?? 0, obstacle };
    }),
  );
  const order = (c: Candidate) => (c.obstacle === undefined ? 0 : 1);
  return candidates.sort(
    (a, b) => order(a) - order(b) || a.load - b.load || a.staff.staffId.localeCompare(b.staff.staffId),
  );
}

function refusal(error: unknown): PlatformError {
  if (error instanceof PlatformError && error.status < 500) return error;
  throw error;
}

async function loadsOf(ctx: Context, authorityId: string): Promise<Map<string, number>> {
  const rows = await typed<ReviewTables>(ctx.store.read)
    .selectFrom('reviews')
    .select(({ fn }) => ['assigned_to', fn.countAll<number>().as('n')])
    .where('authority_id', '=', authorityId)
    .where('status', '=', 'assigned')
    .groupBy('assigned_to')
    .execute();
  return new Map(rows.flatMap((r) => (r.assigned_to === null ? [] : [[r.assigned_to, Number(r.n)]])));
}

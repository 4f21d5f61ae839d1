import { can, type Staff } from '../access/index.ts';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { committed } from '../store/index.ts';
import type { Closure } from './closed-page.tsx';
import { decidingPermission } from './documents.ts';
import { findReview, type ReviewRow } from './find.ts';
import { involvementOf, obstacleTo } from './involvement.ts';
import { qualificationsOf } from './qualify.ts';
import { mayReview } from './reviewers.ts';

/** What a member of staff may do with one request for review now. */
export type WayIn = { readonly row: ReviewRow; readonly life: readonly CaseEvent[] } & (
  | { readonly to: 'answer' }
  | { readonly to: 'answered' }
  | { readonly to: 'assign' }
  /** The desk says what the request is. */
  | { readonly to: 'qualify' }
  | { readonly to: 'closed'; readonly closure: Closure }
);

/**
 * Decides which page of a request somebody gets, before anything of the file is shown: the desk qualifies it, its
 * reviewer answers it, a supervisor gives it to somebody, everybody else learns why it is closed to them (I4).
 * Throws `not-found`, `erased`.
 */
export async function wayIn(ctx: Context, staff: Staff, reviewId: string): Promise<WayIn> {
  const { authorityId, staffId } = staff;
  const row = await findReview(ctx, authorityId, reviewId);
  const life = await caseLife(ctx, authorityId, row.case_id);
  const decides = row.kind !== null && can(staff, decidingPermission(row.kind));
  const mine = row.assigned_to === staffId && decides;
  const supervises = can(staff, 'review.assign');
  if (row.status === 'decided') {
    return mine || supervises
      ? { row, life, to: 'answered' }
      : { row, life, to: 'closed', closure: closureOf(life, staffId) };
  }
  if (row.kind === null || row.contested === 1) {
    if (!can(staff, 'request.qualify')) return { row, life, to: 'closed', closure: closureOf(life, staffId) };
    const own = row.contested === 1 && qualificationsOf(life, reviewId).at(-1)?.by === staffId;
    return own ? { row, life, to: 'closed', closure: { why: 'contested' } } : { row, life, to: 'qualify' };
  }
  if (mine) {
    const closure = await obstacle(ctx, row, life, staffId);
    return closure === undefined ? { row, life, to: 'answer' } : { row, life, to: 'closed', closure };
  }
  if (supervises) return { row, life, to: 'assign' };
  return { row, life, to: 'closed', closure: closureOf(life, staffId) };
}

function closureOf(life: readonly CaseEvent[], staffId: string): Closure {
  const how = involvementOf(life, staffId);
  return how === undefined ? { why: 'other' } : { why: 'involved', how };
}

async function obstacle(
  ctx: Context,
  row: ReviewRow,
  life: readonly CaseEvent[],
  staffId: string,
): Promise<Closure | undefined> {
  const how = obstacleTo(row, life, staffId);
  if (how !== undefined) return { why: 'involved', how };
  const { authority_id: authorityId, system_id: systemId, kind } = row;
  if (kind === null) return { why: 'other' };
  const at = stamp(ctx.clock.now());
  try {
    await mayReview(committed(ctx.store), { authorityId, staffId, systemId, kind, at });
    return undefined;
  } catch (error) {
    const code = error instanceof PlatformError ? error.code : undefined;
    if (code === 'not-certified' || code === 'not-competent') return { why: code };
    throw error;
  }
}

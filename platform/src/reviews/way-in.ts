import { can, type Staff } from '../access/index.ts';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { committed } from '../store/index.ts';
import type { Closure } from './closed-page.tsx';
import { findReview, type ReviewRow } from './find.ts';
import { involvementOf } from './involvement.ts';
import { mayReview } from './reviewers.ts';

/** What a member of staff may do with one request for review now. */
export type WayIn = { readonly row: ReviewRow; readonly life: readonly CaseEvent[] } & (
  | { readonly to: 'answer' }
  | { readonly to: 'answered' }
  | { readonly to: 'assign' }
  | { readonly to: 'closed'; readonly closure: Closure }
);

/**
 * Decides which page of a request somebody gets, before anything of the file is shown: its reviewer answers it, a
 * supervisor gives it to somebody, everybody else learns why it is closed to them (I4). Throws `not-found`, `erased`.
 */
export async function wayIn(ctx: Context, staff: Staff, reviewId: string): Promise<WayIn> {
  const { authorityId, staffId } = staff;
  const row = await findReview(ctx, authorityId, reviewId);
  const life = await caseLife(ctx, authorityId, row.case_id);
  const mine = row.assigned_to === staffId && can(staff, 'review.decide');
  const supervises = can(staff, 'review.assign');
  if (row.status === 'decided') {
    return mine || supervises
      ? { row, life, to: 'answered' }
      : { row, life, to: 'closed', closure: closureOf(life, staffId) };
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
  const how = involvementOf(life, staffId);
  if (how !== undefined) return { why: 'involved', how };
  const { authority_id: authorityId, system_id: systemId } = row;
  const at = stamp(ctx.clock.now());
  try {
    await mayReview(committed(ctx.store), { authorityId, staffId, systemId, at });
    return undefined;
  } catch (error) {
    const code = error instanceof PlatformError ? error.code : undefined;
    if (code === 'not-certified' || code === 'not-competent') return { why: code };
    throw error;
  }
}

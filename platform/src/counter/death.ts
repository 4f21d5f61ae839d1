import { assertStillAllowed } from '../access/index.ts';
import { findCase } from '../cases/cases.ts';
import { caseLife, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import { deathOf } from '../citizen/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Visit } from './visits.ts';

/** Kinds of document that show a death; never a number. */
export const DEATH_DOCUMENTS = ['death-certificate', 'family-booklet', 'court-order'] as const;
export type DeathDocument = (typeof DEATH_DOCUMENTS)[number];

const TIME_ZONE = 'Africa/Casablanca';

export interface Death {
  readonly document: DeathDocument;
  /** The day of the death, `YYYY-MM-DD`. */
  readonly on: string;
}

/**
 * Records that the person has died, on a document. Nothing closes: requests keep their clocks, and heirs go on with the
 * case. Nor is the person's own way in closed, because a death may be recorded wrongly of somebody alive.
 *
 * Throws `invalid-request`, `conflict` (recorded already), `forbidden`, `not-found`.
 */
export async function recordDeath(
  ctx: Context,
  visit: Visit,
  { document, on }: Death,
): Promise<RecordedEvent> {
  const today = ctx.clock.now().toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  if (
    !DEATH_DOCUMENTS.includes(document) ||
    Temporal.PlainDate.compare(Temporal.PlainDate.from(on), today) > 0
  ) {
    throw new PlatformError('invalid-request', 'This date is still to come.', {
      where: 'on',
      mend: 'Copy the date from the document.',
    });
  }
  return record(ctx, visit, { type: 'death-recorded', facts: { document, on }, dead: false });
}

/** Mends a record of a death that was wrong. Throws `conflict` where none is recorded, `forbidden`, `not-found`. */
export function correctDeath(ctx: Context, visit: Visit): Promise<RecordedEvent> {
  return record(ctx, visit, { type: 'death-corrected', facts: {}, dead: true });
}

async function record(
  ctx: Context,
  { authorityId, caseId, staffId }: Visit,
  event: { type: 'death-recorded' | 'death-corrected'; facts: Record<string, string>; dead: boolean },
): Promise<RecordedEvent> {
  const found = await findCase(ctx, authorityId, caseId);
  if (found === undefined) throw new PlatformError('not-found', 'There is no such case.');
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: found.systemId,
    type: event.type,
    facts: { ...event.facts, by: { staff: staffId } },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, staffId, 'counter.assist');
      const within: Context = { ...ctx, store: { ...ctx.store, read: tx.db } };
      if ((deathOf(await caseLife(within, authorityId, caseId)) !== undefined) !== event.dead) {
        throw new PlatformError('conflict', 'The record of a death is as you want it already.', {
          where: 'death',
        });
      }
    },
  });
}

import { assertStillAllowed } from '../access/index.ts';
import { findCase } from '../cases/cases.ts';
import { caseLife, type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import { deathOf, representativesOf } from '../citizen/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Visit } from './visits.ts';

export const CAPACITIES = ['representative', 'guardian', 'heir'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** Kinds of document that show the capacity; never a number. */
export const CAPACITY_DOCUMENTS = [
  'written-mandate',
  'notarial-mandate',
  'court-order',
  'family-booklet',
  'inheritance-deed',
  'other',
] as const;
export type CapacityDocument = (typeof CAPACITY_DOCUMENTS)[number];

const LONGEST_YEARS = 5;
const TIME_ZONE = 'Africa/Casablanca';

export interface NewRepresentative {
  readonly capacity: Capacity;
  /** As on the identity card. */
  readonly name: string;
  readonly document: CapacityDocument;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
}

async function systemOf(ctx: Context, { authorityId, caseId }: Visit): Promise<string> {
  const found = await findCase(ctx, authorityId, caseId);
  if (found === undefined) throw new PlatformError('not-found', 'There is no such case.');
  return found.systemId;
}

function refuse(where: string, what: string, mend: string): never {
  throw new PlatformError('invalid-request', what, { where, mend });
}

function checked(ctx: Context, wanted: NewRepresentative): NewRepresentative {
  const name = wanted.name.normalize('NFC').trim();
  if (name === '' || name.length > 200)
    refuse('name', 'The name is missing or too long.', 'Copy it from the card.');
  const today = ctx.clock.now().toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const until = Temporal.PlainDate.from(wanted.until);
  if (Temporal.PlainDate.compare(until, today) < 0)
    refuse('until', 'This date has passed.', 'Ask for a valid mandate.');
  if (Temporal.PlainDate.compare(until, today.add({ years: LONGEST_YEARS })) > 0) {
    refuse(
      'until',
      `A mandate is recorded for at most ${LONGEST_YEARS} years.`,
      'Give an earlier date and renew it.',
    );
  }
  return { ...wanted, name };
}

/**
 * Records that somebody may act for the person, in the person's presence or on a document that gives the capacity.
 * Sealed under the case's key. Throws `invalid-request`, `forbidden`, `not-found`.
 */
export async function recordRepresentative(
  ctx: Context,
  visit: Visit,
  wanted: NewRepresentative,
): Promise<RecordedEvent & { readonly representativeId: string }> {
  const { capacity, name, document, until } = checked(ctx, wanted);
  const representativeId = newId('rep');
  const { authorityId, caseId, staffId } = visit;
  const dead = deathOf(await caseLife(ctx, authorityId, caseId)) !== undefined;
  if ((capacity === 'heir') !== dead) {
    refuse(
      'capacity',
      dead
        ? 'The death of the person is recorded: heirs act now.'
        : 'There are heirs only of somebody who has died.',
      dead ? 'Record the heir, or mend the record of the death.' : 'Record the death first.',
    );
  }
  const recorded = await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: await systemOf(ctx, visit),
    type: 'representative-recorded',
    facts: { representative: representativeId, capacity, name, document, until, by: { staff: staffId } },
    check: (tx) => assertStillAllowed(tx, authorityId, staffId, 'counter.assist'),
  });
  return { ...recorded, representativeId };
}

/** Records that somebody may no longer act for the person. Throws `not-found` for who may not act now. */
export async function endRepresentative(
  ctx: Context,
  visit: Visit,
  representativeId: string,
): Promise<RecordedEvent> {
  const { authorityId, caseId, staffId } = visit;
  const active = representativesOf(await caseLife(ctx, authorityId, caseId), ctx.clock.now());
  if (!active.some((r) => r.representativeId === representativeId)) {
    throw new PlatformError('not-found', 'Nobody of this name may act for the person now.');
  }
  return recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: await systemOf(ctx, visit),
    type: 'representative-ended',
    facts: { representative: representativeId, by: { staff: staffId } },
    check: (tx) => assertStillAllowed(tx, authorityId, staffId, 'counter.assist'),
  });
}

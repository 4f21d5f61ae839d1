import { assertStillAllowed } from '../access/index.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { holdSystem, releaseSystem } from '../register/holds.ts';
import { type Localized, localized } from '../register/record.ts';
import { systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import { type Consultation, countComments, readConsultation } from './read.ts';
import type { ConsultationTables } from './tables.ts';

/** The platform's own policy: the public has at least two weeks, and at most half a year. */
export const OPEN_LEAST_DAYS = 14;
export const OPEN_MOST_DAYS = 183;
export interface Hand {
  readonly authorityId: string;
  readonly by: string;
}

export interface NewConsultation extends Hand {
  readonly systemId: string;
  /** What the administration asks the public, in at least one language. */
  readonly question: Localized;
  /** Last day for comments, `YYYY-MM-DD`. */
  readonly closesOn: string;
}

/**
 * Opens a system for public consultation, drafts included: its record can be read by everybody from then on, and it
 * does not go live before the consultation is over and every published comment is answered. Throws `not-found`,
 * `forbidden`, `invalid-request`, `conflict` while one is open.
 */
export async function openConsultation(
  ctx: Context,
  wanted: NewConsultation,
): Promise<{ consultationId: string }> {
  const { authorityId, systemId, by } = wanted;
  const question = parseText(wanted.question, 'question');
  const closesOn = parseLastDay(wanted.closesOn, legalDay(ctx.clock.now()));
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state === undefined) throw new PlatformError('not-found', `There is no system "${systemId}" here.`);
  if (state.status === 'retired')
    throw new PlatformError('conflict', `"${systemId}" is retired: there is nothing to consult about.`);
  const consultationId = newId('con');
  const { version } = state;
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'consultation-opened',
    facts: { consultation: consultationId, system: systemId, version, question, closes_on: closesOn, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'consultation.run');
      const open = await typed<ConsultationTables>(tx.db)
        .selectFrom('consultations')
        .select('consultation_id')
        .where('authority_id', '=', authorityId)
        .where('system_id', '=', systemId)
        .where('status', '=', 'open')
        .executeTakeFirst();
      if (open !== undefined) {
        throw new PlatformError('conflict', 'A consultation on this system is open already.', {
          where: 'system',
          mend: 'Close it first.',
        });
      }
    },
    async write(tx, index, at) {
      await typed<ConsultationTables>(tx.db)
        .insertInto('consultations')
        .values({
          authority_id: authorityId,
          consultation_id: consultationId,
          system_id: systemId,
          version,
          status: 'open',
          question: JSON.stringify(question),
          opened_at: at,
          opened_by: by,
          closes_on: closesOn,
          closed_at: null,
          log_index: index,
        })
        .execute();
      await holdSystem(tx, { authorityId, systemId }, 'consultation', at);
    },
  });
  return { consultationId };
}

function parseLastDay(text: string, today: string): string {
  let day: Temporal.PlainDate | undefined;
  try {
    day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : undefined;
  } catch {
    day = undefined;
  }
  const from = Temporal.PlainDate.from(today);
  const days = day === undefined ? -1 : from.until(day, { largestUnit: 'day' }).days;
  if (day !== undefined && days >= OPEN_LEAST_DAYS && days <= OPEN_MOST_DAYS) return day.toString();
  throw new PlatformError('invalid-request', 'The last day is not one that a consultation can have.', {
    where: 'closesOn',
    mend: `Give a day between ${from.add({ days: OPEN_LEAST_DAYS })} and ${from.add({ days: OPEN_MOST_DAYS })}.`,
  });
}

export function parseText(text: Localized, where: string): Localized {
  const parsed = localized(2_000).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-request', 'The text is missing or not valid.', {
    where,
    mend: 'Give it in at least one language, at most 2,000 characters.',
  });
}

/** Whether the public may still comment. */
export function takesComments({ status, closesOn }: Consultation, now: Temporal.Instant): boolean {
  return status === 'open' && legalDay(now) <= closesOn;
}

/** Closes a consultation whose last day has passed. Throws `not-found`, `forbidden`, `conflict`. */
export async function closeConsultation(
  ctx: Context,
  { authorityId, consultationId, by }: Hand & { consultationId: string },
): Promise<void> {
  const consultation = await readConsultation(ctx.store.read, authorityId, consultationId);
  if (takesComments(consultation, ctx.clock.now())) {
    throw new PlatformError('conflict', 'Its last day has not passed yet.', {
      mend: `It takes comments until ${consultation.closesOn}.`,
    });
  }
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'consultation-closed',
    facts: { consultation: consultationId, system: consultation.systemId, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'consultation.run'),
    async write(tx, _index, at) {
      const done = await typed<ConsultationTables>(tx.db)
        .updateTable('consultations')
        .set({ status: 'closed', closed_at: at })
        .where('authority_id', '=', authorityId)
        .where('consultation_id', '=', consultationId)
        .where('status', '=', 'open')
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n)
        throw new PlatformError('conflict', 'This consultation was closed before.');
      await settleHold(tx, authorityId, consultationId);
    },
  });
}

/** The system may go live once its consultations are closed, their comments read, and every published one answered. */
export async function settleHold(
  tx: Transaction,
  authorityId: string,
  consultationId: string,
): Promise<void> {
  const { systemId } = await readConsultation(tx.db, authorityId, consultationId);
  const all = await typed<ConsultationTables>(tx.db)
    .selectFrom('consultations')
    .select(['consultation_id', 'status'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .execute();
  for (const { consultation_id, status } of all) {
    const { waiting, unanswered } = await countComments(tx.db, {
      authorityId,
      consultationId: consultation_id,
    });
    if (status !== 'closed' || waiting > 0 || unanswered > 0) return;
  }
  await releaseSystem(tx, { authorityId, systemId }, 'consultation');
}

import { assertStillAllowed } from '../access/index.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { typed } from '../store/index.ts';
import type { ConformityTables } from './tables.ts';

/** A document that shows something of a system, as somebody recorded it. */
export interface RecordedDocument {
  /** Name of the need in the norm packs, such as `cndp.authorisation-or-declaration`. */
  readonly name: string;
  readonly date: string;
  /** Where it can be looked up: a public address, or the reference under which the administration keeps it. */
  readonly reference: string;
  readonly logIndex: number;
}

/** The documents recorded for a system, the latest first. */
export async function documentsOf(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<readonly RecordedDocument[]> {
  const rows = await typed<ConformityTables>(ctx.store.read)
    .selectFrom('conformity_documents')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('log_index', 'desc')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    date: row.dated,
    reference: row.reference,
    logIndex: Number(row.log_index),
  }));
}

export interface NewDocument {
  readonly authorityId: string;
  readonly systemId: string;
  readonly name: string;
  /** Day of the document, `YYYY-MM-DD`. */
  readonly date: string;
  readonly reference: string;
  readonly by: string;
  /** The names that the system's duties ask for: another one shows nothing. */
  readonly asked: readonly string[];
}

/**
 * Records that a document exists; sealed in the log and published with the duty that asks for it. It is not read or
 * judged here. Throws `forbidden`, `invalid-request`.
 */
export async function recordDocument(ctx: Context, wanted: NewDocument): Promise<void> {
  const { authorityId, systemId, name, by, asked } = wanted;
  const fault = (where: string, mend: string) =>
    new PlatformError('invalid-request', 'The document cannot be recorded.', { where, mend });
  if (!asked.includes(name)) throw fault('name', 'Choose a document that a duty of this system asks for.');
  const reference = wanted.reference.normalize('NFC').trim();
  if (reference.length < 3 || reference.length > 300)
    throw fault('reference', 'Give its address or reference, in 3 to 300 characters.');
  const date = parsePast(wanted.date, legalDay(ctx.clock.now()));
  if (date === undefined) throw fault('date', 'Give the day of the document, not one to come.');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'evidence-recorded',
    facts: { system: systemId, name, date, reference, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'evidence.record'),
    write(tx, index, at) {
      tx.append('conformity_documents', {
        authority_id: authorityId,
        log_index: index,
        system_id: systemId,
        name,
        dated: date,
        reference,
        recorded_by: by,
        recorded_at: at,
      });
    },
  });
}

function parsePast(text: string, today: string): string | undefined {
  try {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text).toString() : undefined;
    return day !== undefined && day <= today ? day : undefined;
  } catch {
    return undefined;
  }
}

import { assertActive, assertStillAllowed, BY_SETUP } from '../access/staff.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { CertificateKind } from './acts.ts';
import type { TrainingTables } from './tables.ts';
import {
  type At,
  changedIn,
  legalDay,
  parsePeriod,
  readOnce,
  type Standing,
  standingOf,
} from './validity.ts';

/** The platform's own policy: what was learnt about deciding with machines is refreshed at least every two years. */
export const CERTIFICATE_MOST = Temporal.Duration.from({ years: 2 });

export interface NewCertificate {
  readonly authorityId: string;
  readonly staffId: string;
  readonly kind?: CertificateKind;
  /** First day, `YYYY-MM-DD`; today unless said. */
  readonly from?: string;
  /** Last day, included. */
  readonly to: string;
  /** Staff id of whoever records it, never the person themselves. */
  readonly by?: string;
}

export interface Certificate {
  readonly certificateId: string;
  readonly staffId: string;
  readonly kind: CertificateKind;
  readonly from: string;
  readonly to: string;
  readonly grantedBy: string;
  readonly grantedAt: string;
  readonly standing: Standing;
}

/**
 * Records that a person was trained. Renewing is recording again. Throws `invalid-request` (a day, more than two years),
 * `not-found`, `forbidden`, `not-independent` for oneself.
 */
export async function grantCertificate(
  ctx: Context,
  wanted: NewCertificate,
): Promise<{ certificateId: string }> {
  const { authorityId, staffId, kind = 'human-review', by = BY_SETUP } = wanted;
  const today = legalDay(ctx.clock.now());
  const { from, to } = parsePeriod(wanted.from ?? today, wanted.to, today);
  const latest = Temporal.PlainDate.from(from).add(CERTIFICATE_MOST).toString();
  if (to > latest) {
    throw new PlatformError('invalid-request', 'A certificate is valid for two years at most.', {
      where: 'to',
      mend: `Give ${latest} or an earlier day.`,
    });
  }
  assertOther(staffId, by);
  const certificateId = newId('cer');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'certificate-granted',
    facts: { certificate: certificateId, staff: staffId, kind, from, to, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'certificate.grant');
      await assertActive(tx, authorityId, staffId);
    },
    write(tx, index, at) {
      tx.append('certificates', {
        authority_id: authorityId,
        certificate_id: certificateId,
        staff_id: staffId,
        kind,
        valid_from: from,
        valid_to: to,
        granted_by: by,
        granted_at: at,
        revoked_at: null,
        log_index: index,
      });
      changedIn(tx);
    },
  });
  return { certificateId };
}

/** Nobody records their own training or competence. */
export function assertOther(staffId: string, by: string): void {
  if (staffId !== by) return;
  throw new PlatformError('not-independent', 'Nobody records their own certificate or delegation.', {
    mend: 'Ask another supervisor of the authority.',
  });
}

/** Takes a certificate away, from now on. Throws `not-found`, or `conflict` when it was revoked before. */
export async function revokeCertificate(
  ctx: Context,
  { authorityId, certificateId, by }: { authorityId: string; certificateId: string; by: string },
): Promise<void> {
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'certificate-revoked',
    facts: { certificate: certificateId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'certificate.grant');
      const row = await typed<TrainingTables>(tx.db)
        .selectFrom('certificates')
        .select('revoked_at')
        .where('authority_id', '=', authorityId)
        .where('certificate_id', '=', certificateId)
        .executeTakeFirst();
      if (row === undefined)
        throw new PlatformError('not-found', 'There is no such certificate in this authority.');
      if (row.revoked_at !== null)
        throw new PlatformError('conflict', 'This certificate was revoked before.');
    },
    async write(tx, _index, at) {
      await typed<TrainingTables>(tx.db)
        .updateTable('certificates')
        .set({ revoked_at: at })
        .where('authority_id', '=', authorityId)
        .where('certificate_id', '=', certificateId)
        .execute();
      changedIn(tx);
    },
  });
}

/**
 * For use inside a sealing transaction: the person works here and holds a certificate that is valid at `at`. Throws
 * `not-certified` and says how to renew, `forbidden` or `not-found` for who does not work here.
 */
export async function assertCertified(
  tx: Transaction,
  authorityId: string,
  staffId: string,
  at: At,
  kind: CertificateKind = 'human-review',
): Promise<void> {
  await assertActive(tx, authorityId, staffId);
  const rows = await readOnce(tx, `certificates/${authorityId}/${staffId}`, () =>
    typed<TrainingTables>(tx.db)
      .selectFrom('certificates')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('staff_id', '=', staffId)
      .execute(),
  );
  const held = rows.filter((row) => row.kind === kind);
  if (held.some((row) => standingOf(row, at) === 'valid')) return;
  throw new PlatformError('not-certified', reasonOf(held, at), {
    where: staffId,
    mend: 'Pass the quizzes of the three modules on the page "Training": the certificate is issued at once.',
  });
}

function reasonOf(held: readonly TrainingTables['certificates'][], at: At): string {
  const last = held.toSorted((a, b) => (a.valid_to < b.valid_to ? 1 : -1))[0];
  if (last === undefined) return "You hold no certificate for deciding on a machine's proposals.";
  const standing = standingOf(last, at);
  if (standing === 'future') return `Your certificate is valid from ${last.valid_from} only.`;
  if (standing === 'revoked') return 'Your certificate was revoked.';
  return `Your certificate expired on ${last.valid_to}.`;
}

/** The certificates of an authority, or of one person, latest expiry first, with where each stands now. */
export async function listCertificates(
  ctx: Context,
  authorityId: string,
  { staffId }: { staffId?: string } = {},
): Promise<Certificate[]> {
  let query = typed<TrainingTables>(ctx.store.read)
    .selectFrom('certificates')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('valid_to', 'desc')
    .orderBy('log_index', 'desc');
  if (staffId !== undefined) query = query.where('staff_id', '=', staffId);
  const now = ctx.clock.now();
  return (await query.execute()).map((row) => ({
    certificateId: row.certificate_id,
    staffId: row.staff_id,
    kind: row.kind as CertificateKind,
    from: row.valid_from,
    to: row.valid_to,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at,
    standing: standingOf(row, now),
  }));
}

import { randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { newReference } from '../ids.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { CaseKey } from '../vault/vault.ts';
import type { CaseTables } from './tables.ts';

export interface NewCase {
  readonly caseId: string;
  readonly reference: string;
  readonly key: CaseKey;
  readonly subjectMac: Uint8Array;
}

/** Prepares a case: an identifier and a reference without meaning, and a key of its own. */
export function newCase(ctx: Context, authorityId: string, systemId: string, subject: string): NewCase {
  const { caseId, key } = ctx.vault.takeCase(authorityId);
  const subjectMac = subjectMacOf(ctx, authorityId, systemId, subject);
  return { caseId, reference: newReference(), key, subjectMac };
}

/** Appends the case's row, with the event that opens the case. */
export function appendCase(
  tx: Transaction,
  { authorityId, systemId }: { readonly authorityId: string; readonly systemId: string },
  { caseId, reference, subjectMac }: Omit<NewCase, 'key'>,
  at: string,
): void {
  tx.append('cases', {
    authority_id: authorityId,
    case_id: caseId,
    system_id: systemId,
    reference,
    subject_mac: subjectMac,
    opened_at: at,
  });
}

function subjectMacOf(ctx: Context, authorityId: string, systemId: string, subject: string): Uint8Array {
  return ctx.vault.keyring.mac('subject', authorityId, systemId, subject);
}

export interface CaseRow {
  readonly authorityId: string;
  readonly caseId: string;
  readonly systemId: string;
  readonly reference: string;
  readonly openedAt: string;
}

const columns = ['authority_id', 'case_id', 'system_id', 'reference', 'opened_at'] as const;

function toCase(row: Pick<CaseTables['cases'], (typeof columns)[number]>): CaseRow {
  return {
    authorityId: row.authority_id,
    caseId: row.case_id,
    systemId: row.system_id,
    reference: row.reference,
    openedAt: row.opened_at,
  };
}

export async function findCase(
  ctx: Context,
  authorityId: string,
  caseId: string,
): Promise<CaseRow | undefined> {
  const row = await ctx.store.lookup('cases', { authority_id: authorityId, case_id: caseId });
  return row && toCase(row as CaseTables['cases']);
}

export async function findCaseByReference(ctx: Context, reference: string): Promise<CaseRow | undefined> {
  const row = await typed<CaseTables>(ctx.store.read)
    .selectFrom('cases')
    .select(columns)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row && toCase(row);
}

/** Within an erasure: the row no longer tells whose case it was, not even to who has the keys. */
export async function forgetSubject(tx: Transaction, authorityId: string, caseId: string): Promise<void> {
  await typed<CaseTables>(tx.db)
    .updateTable('cases')
    .set({ subject_mac: randomBytes(32) })
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .execute();
}

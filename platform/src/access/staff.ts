import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Transaction, typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import { hashPassword } from './password.ts';
import { assertCan, type Permission, parseRoles, type Role } from './permissions.ts';
import type { AccessTables } from './tables.ts';

/** Issuer of the accounts that this platform keeps itself, in a demonstration only. */
export const LOCAL_ISSUER = 'local';

/** Who recorded something without being a member of staff: the program that sets an authority up. */
export const BY_SETUP = 'setup';

export interface NewStaff {
  readonly authorityId: string;
  /** `local` unless an identity provider vouches for the person. */
  readonly issuer?: string;
  /** The person's name at the issuer; for a local account what they sign in with. */
  readonly subject: string;
  /** As on the identity card. Sealed at rest; shown to colleagues and in decisions, never in register or log. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** For local accounts. */
  readonly password?: string;
  /** Staff id of whoever adds the person. */
  readonly by?: string;
}

export interface StaffMember {
  readonly authorityId: string;
  readonly staffId: string;
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly since: string;
}

/** Local accounts exist for demonstrations: a production store takes staff from its identity provider. */
export function refuseLocalInProduction(ctx: Context): void {
  if (ctx.kind !== 'production') return;
  throw new PlatformError('forbidden', 'Local accounts are refused by a production store.', {
    mend: "Sign in through the authority's identity provider.",
  });
}

export function subjectMac(ctx: Context, authorityId: string, issuer: string, subject: string): Buffer {
  const known = issuer === LOCAL_ISSUER ? subject.normalize('NFKC').trim().toLowerCase() : subject;
  return ctx.vault.keyring.mac('staff-subject', authorityId, issuer, known);
}

const place = (authorityId: string, staffId: string) => `staff/${authorityId}/${staffId}`;

/**
 * Adds a member of staff; the addition is an entry of the authority's log, without name or subject. Throws `conflict`
 * when the issuer's subject is already known, `forbidden` for a local account in production.
 */
export async function createStaff(ctx: Context, staff: NewStaff): Promise<{ staffId: string }> {
  const { authorityId, issuer = LOCAL_ISSUER, by = BY_SETUP } = staff;
  if (issuer === LOCAL_ISSUER) refuseLocalInProduction(ctx);
  const name = staff.name.normalize('NFC').trim();
  const subject = staff.subject.trim();
  if (name === '' || name.length > 200 || subject === '' || subject.length > 200) {
    throw new PlatformError(
      'invalid-request',
      'A member of staff needs a name and a subject of 1 to 200 characters.',
      {
        where: name === '' || name.length > 200 ? 'name' : 'subject',
      },
    );
  }
  const roles = parseRoles(staff.roles);
  const mac = subjectMac(ctx, authorityId, issuer, subject);
  const password =
    staff.password === undefined ? undefined : await hashPassword(staff.password, ctx.passwordCost);
  const staffId = newId('stf');
  const sealed = sealBytes(
    ctx.vault.newKey(authorityId, staffId),
    place(authorityId, staffId),
    JSON.stringify({ name, subject }),
  );
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'staff-added',
    facts: { staff: staffId, roles: [...roles], by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'staff.manage');
      const known = await typed<AccessTables>(tx.db)
        .selectFrom('staff')
        .select('staff_id')
        .where('authority_id', '=', authorityId)
        .where('issuer', '=', issuer)
        .where('subject_mac', '=', mac)
        .executeTakeFirst();
      if (known !== undefined) {
        throw new PlatformError('conflict', 'This account is already a member of staff of the authority.', {
          where: 'subject',
          mend: `Change the roles of ${known.staff_id} instead.`,
        });
      }
    },
    write(tx, _index, at) {
      tx.append('staff', {
        authority_id: authorityId,
        staff_id: staffId,
        issuer,
        subject_mac: mac,
        sealed,
        roles: roles.join(' '),
        status: 'active',
        created_at: at,
      });
      if (password !== undefined) {
        tx.append('local_accounts', {
          authority_id: authorityId,
          staff_id: staffId,
          password,
          changed_at: at,
        });
      }
    },
  });
  return { staffId };
}

/** Reads a stored row. The person's key may be erased: then the name is empty and the row still stands. */
export function openStaff(ctx: Context, row: AccessTables['staff']): StaffMember {
  const { authority_id: authorityId, staff_id: staffId } = row;
  return {
    authorityId,
    staffId,
    ...openIdentity(ctx, row),
    issuer: row.issuer,
    roles: parseRoles(row.roles.split(' ')),
    active: row.status === 'active',
    since: row.created_at,
  };
}

function openIdentity(ctx: Context, row: AccessTables['staff']): { name: string; subject: string } {
  const { authority_id: authorityId, staff_id: staffId } = row;
  let key: Buffer;
  try {
    key = ctx.vault.caseKey(authorityId, staffId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'erased') return { name: '', subject: '' };
    throw error;
  }
  return JSON.parse(openBytes(key, place(authorityId, staffId), row.sealed).toString());
}

export async function staffRow(
  from: Pick<Transaction, 'lookup'>,
  authorityId: string,
  staffId: string,
): Promise<AccessTables['staff'] | undefined> {
  const row = await from.lookup('staff', { authority_id: authorityId, staff_id: staffId });
  return row as AccessTables['staff'] | undefined;
}

/** One member of staff, present or past. Throws `not-found`. */
export async function findStaff(ctx: Context, authorityId: string, staffId: string): Promise<StaffMember> {
  const row = await staffRow(ctx.store, authorityId, staffId);
  if (row === undefined) throw notFound();
  return openStaff(ctx, row);
}

/** Everybody who works or worked for the authority, by name. */
export async function listStaff(ctx: Context, authorityId: string): Promise<StaffMember[]> {
  const rows = await typed<AccessTables>(ctx.store.read)
    .selectFrom('staff')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .execute();
  return rows.map((row) => openStaff(ctx, row)).sort((a, b) => a.name.localeCompare(b.name, 'fr'));
}

/** For use inside a sealing transaction: throws `not-found` or `forbidden` unless the person works here now. */
export async function assertActive(tx: Transaction, authorityId: string, staffId: string): Promise<void> {
  const row = await staffRow(tx, authorityId, staffId);
  if (row === undefined) throw notFound();
  if (row.status === 'active') return;
  throw new PlatformError('forbidden', 'This person no longer works for the authority.', {
    where: staffId,
    mend: 'Choose a member of staff who does.',
  });
}

/**
 * For use inside a sealing transaction: who does it still works here and still holds the permission. The program that
 * sets an authority up passes.
 */
export async function assertStillAllowed(
  tx: Transaction,
  authorityId: string,
  by: string,
  permission: Permission,
): Promise<void> {
  if (by === BY_SETUP) return;
  await assertActive(tx, authorityId, by);
  const row = await staffRow(tx, authorityId, by);
  assertCan({ roles: parseRoles(row?.roles.split(' ') ?? []) }, permission);
}

export interface StaffChange {
  readonly authorityId: string;
  readonly staffId: string;
  /** Staff id of whoever changes it; nobody changes their own standing. */
  readonly by: string;
}

/** Gives a person other roles. Effective with the next request of every session of theirs. */
export async function changeRoles(
  ctx: Context,
  change: StaffChange & { roles: readonly Role[] },
): Promise<void> {
  const roles = parseRoles(change.roles);
  await changeStanding(ctx, change, 'staff-roles-changed', { roles: [...roles] }, { roles: roles.join(' ') });
}

/** Ends a person's work for the authority: every session of theirs ends, their past acts stay theirs. */
export async function endStaff(ctx: Context, change: StaffChange): Promise<void> {
  await changeStanding(ctx, change, 'staff-left', {}, { status: 'left' });
}

async function changeStanding(
  ctx: Context,
  { authorityId, staffId, by }: StaffChange,
  type: string,
  facts: Record<string, string[]>,
  set: { roles: string } | { status: 'left' },
): Promise<void> {
  if (by === staffId) {
    throw new PlatformError('not-independent', 'Nobody changes their own roles.', {
      mend: 'Ask another supervisor of the authority.',
    });
  }
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type,
    facts: { staff: staffId, by, ...facts },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'staff.manage');
      await assertActive(tx, authorityId, staffId);
    },
    async write(tx) {
      const db = typed<AccessTables>(tx.db);
      await db
        .updateTable('staff')
        .set(set)
        .where('authority_id', '=', authorityId)
        .where('staff_id', '=', staffId)
        .execute();
      if ('status' in set) {
        await db
          .deleteFrom('staff_sessions')
          .where('authority_id', '=', authorityId)
          .where('staff_id', '=', staffId)
          .execute();
      }
    },
  });
}

function notFound(): PlatformError {
  return new PlatformError('not-found', 'There is no such member of staff in this authority.');
}

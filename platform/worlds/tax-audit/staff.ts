import { createStaff, type Role } from '../../src/access/index.ts';
import type { Context } from '../../src/context.ts';
import { type Act, grantCertificate, grantDelegation } from '../../src/training/index.ts';
import type { Random } from '../random.ts';
import { dateOf } from '../soutien-menages/calendar.ts';
import { AUTHORITY_ID } from './record.ts';

export interface Account {
  readonly staffId: string;
  readonly account: string;
  readonly password: string;
  readonly role: Role;
}

/** Invented people. */
const PEOPLE: readonly { account: string; name: string; role: Role }[] = [
  { account: 'meryem', name: 'Meryem Spécimen', role: 'reviewer' },
  { account: 'tarik', name: 'Tarik Spécimen', role: 'reviewer' },
  { account: 'houda', name: 'Houda Spécimen', role: 'reviewer' },
  { account: 'rachid', name: 'Rachid Spécimen', role: 'supervisor' },
  { account: 'amina', name: 'Amina Spécimen', role: 'supervisor' },
  { account: 'ilyas', name: 'Ilyas Spécimen', role: 'counter' },
  { account: 'dounia', name: 'Dounia Spécimen', role: 'auditor' },
  { account: 'badr', name: 'Badr Spécimen', role: 'dpo' },
  { account: 'sanae', name: 'Sanae Spécimen', role: 'registrar' },
];

/** The reviewer of the tour's case: the first in the start table, so that the second may review it. */
export const SHOWCASE_ACCOUNT = 'meryem';

const ACTS_OF: Readonly<Partial<Record<Role, readonly Act[]>>> = {
  reviewer: ['confirm-adverse', 'decide-review'],
  supervisor: ['confirm-adverse', 'decide-appeal'],
};

function passwordOf(random: Random): string {
  const words = ['cedre', 'safran', 'thuya', 'lin', 'menthe', 'laurier', 'jasmin', 'figuier'];
  return `${random.pick(words)}-${random.pick(words)}-${random.whole(100, 999)}`;
}

/** Makes the staff with their certificates and delegations of signature, valid from `at` on. */
export async function makeStaff(ctx: Context, random: Random, at: Temporal.Instant): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const { account, name, role } of PEOPLE) {
    const password = passwordOf(random);
    const { staffId } = await createStaff(ctx, {
      authorityId: AUTHORITY_ID,
      subject: account,
      name,
      roles: [role],
      password,
    });
    accounts.push({ staffId, account, password, role });
  }
  for (const signer of accounts.filter(({ role }) => role in ACTS_OF)) await certify(ctx, signer, at);
  return accounts;
}

/** A certificate and the delegations of the role for a year and a half from `at`. */
async function certify(ctx: Context, { staffId, role }: Account, at: Temporal.Instant): Promise<void> {
  const from = dateOf(at);
  const to = Temporal.PlainDate.from(from).add({ months: 18 }).toString();
  await grantCertificate(ctx, { authorityId: AUTHORITY_ID, staffId, from, to });
  for (const act of ACTS_OF[role] ?? []) {
    await grantDelegation(ctx, {
      authorityId: AUTHORITY_ID,
      staffId,
      act,
      scope: 'all',
      from,
      to,
      instrument: `Décision spécimen n° F${staffId.slice(4, 8)}-${from}`,
    });
  }
}

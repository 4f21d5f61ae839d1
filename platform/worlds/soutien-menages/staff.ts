import { createStaff, type Role } from '../../src/access/index.ts';
import type { Context } from '../../src/context.ts';
import { type Act, grantCertificate, grantDelegation } from '../../src/training/index.ts';
import type { Random } from '../random.ts';
import { dateOf, WORLD_START } from './calendar.ts';
import { AUTHORITY_ID } from './record.ts';

export interface Account {
  readonly staffId: string;
  readonly account: string;
  readonly password: string;
  readonly role: Role;
}

/** Invented people. `hasty` is the one who agrees in four seconds, unless the world is clean. */
const PEOPLE: readonly { account: string; name: string; role: Role }[] = [
  { account: 'nadia', name: 'Nadia Exemple', role: 'reviewer' },
  { account: 'karim', name: 'Karim Exemple', role: 'reviewer' },
  { account: 'samira', name: 'Samira Exemple', role: 'reviewer' },
  { account: 'hicham', name: 'Hicham Exemple', role: 'reviewer' },
  { account: 'leila', name: 'Leila Exemple', role: 'supervisor' },
  { account: 'omar', name: 'Omar Exemple', role: 'supervisor' },
  { account: 'zineb', name: 'Zineb Exemple', role: 'counter' },
  { account: 'anas', name: 'Anas Exemple', role: 'auditor' },
  { account: 'salwa', name: 'Salwa Exemple', role: 'dpo' },
];

export const HASTY_ACCOUNT = 'hicham';
/** The reviewer of the tour's case: the first in the start table, so that the second may review it. */
export const SHOWCASE_ACCOUNT = 'nadia';

function passwordOf(random: Random): string {
  const words = ['olivier', 'cedre', 'thuya', 'palmier', 'figuier', 'safran', 'laurier', 'jasmin'];
  return `${random.pick(words)}-${random.pick(words)}-${random.whole(100, 999)}`;
}

/** Adds one invented person, who holds nothing yet. */
export async function makePerson(
  ctx: Context,
  random: Random,
  { account, name, role }: (typeof PEOPLE)[number],
): Promise<Account> {
  const password = passwordOf(random);
  const { staffId } = await createStaff(ctx, {
    authorityId: AUTHORITY_ID,
    subject: account,
    name,
    roles: [role],
    password,
  });
  return { staffId, account, password, role };
}

/** Makes the staff with their certificates and delegations of signature, valid on the first day. */
export async function makeStaff(ctx: Context, random: Random): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const person of PEOPLE) accounts.push(await makePerson(ctx, random, person));
  for (const signer of accounts.filter(({ role }) => role in ACTS_OF)) await renew(ctx, signer, WORLD_START);
  return accounts;
}

/** What each role signs: reviewers decide, the supervision decides appeals to the superior. */
const ACTS_OF: Readonly<Partial<Record<Role, readonly Act[]>>> = {
  reviewer: ['confirm-adverse', 'decide-review'],
  supervisor: ['confirm-adverse', 'decide-appeal'],
};

/** A certificate and the delegations of the role for a year and a half from `at`. */
export async function renew(ctx: Context, { staffId, role }: Account, at: Temporal.Instant): Promise<void> {
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
      instrument: `Décision spécimen n° ${staffId.slice(4, 8)}-${from}`,
    });
  }
}

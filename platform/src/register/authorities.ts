import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Store, typed } from '../store/index.ts';
import type { HumanContact, Localized } from './record.ts';
import type { RegisterTables } from './tables.ts';

/** A public body that runs systems here. */
export interface AuthorityProfile {
  readonly name: Localized;
  /** How to reach a human there: shown on every page of the authority. */
  readonly humanContact: HumanContact;
}

const known = new WeakMap<Store, Map<string, AuthorityProfile>>();

/** Reads the authorities of this platform into memory; they are few and rarely change. */
export async function loadAuthorities({ store }: Pick<Context, 'store'>): Promise<void> {
  const rows = await typed<RegisterTables>(store.read)
    .selectFrom('authorities')
    .select(['authority_id', 'profile'])
    .orderBy('authority_id')
    .execute();
  known.set(store, new Map(rows.map((r) => [r.authority_id, JSON.parse(r.profile) as AuthorityProfile])));
}

/** The authorities by id, in the order of their ids. */
export function authorities({ store }: Pick<Context, 'store'>): ReadonlyMap<string, AuthorityProfile> {
  return known.get(store) ?? new Map();
}

/** Adds an authority and opens its log. */
export async function addAuthority(
  ctx: Context,
  authorityId: string,
  profile: AuthorityProfile,
): Promise<void> {
  await ctx.store.transact(async (tx) =>
    tx.append('authorities', {
      authority_id: authorityId,
      profile: JSON.stringify(profile),
      created_at: stamp(ctx.clock.now()),
    }),
  );
  await ctx.ledger.open(authorityId);
  await loadAuthorities(ctx);
}
